/** Which proxy of a pool a profile leaves by. */
import { utf8 } from '../../crypto/bytes.ts';
import { digest, hashBytes } from '../../crypto/digest.ts';
import { toHex } from '../../crypto/hex.ts';
import type { ProxyPool } from '../../workspace/model/profile.ts';
import type { Services } from './services.ts';

export interface ProxyPools {
  /**
   * Begins a use of a pool.
   *
   * @returns what tells the proxy's id each time that one is wanted; null where the pool has none.
   */
  draw(profileId: string, pool: ProxyPool): () => string | null;
}

/** More than that in one pool are not looked at. */
const mostMembers = 10_000;

export function createProxyPools(
  { proxies, proxyChecks }: Pick<Services, 'proxies' | 'proxyChecks'>,
  now: () => number,
): ProxyPools {
  /** By tag: the one that was given out last. */
  const lastGiven = new Map<string, string>();

  /** Those that work as far as this device knows; all of them where none does. By id. */
  function membersOf(tag: string): string[] {
    const query = { search: '', sort: 'name', filter: { tag }, limit: mostMembers } as const;
    const ids = proxies.list(query).rows.map(({ id }) => id);
    const checks = proxyChecks.latest(ids);
    const working = ids.filter((id) => !checks.get(id)?.problem);
    return (working.length > 0 ? working : ids).sort();
  }

  function next(tag: string): string | null {
    const members = membersOf(tag);
    const before = lastGiven.get(tag);
    const chosen = members.find((id) => before !== undefined && id > before) ?? members[0] ?? null;
    if (chosen !== null) lastGiven.set(tag, chosen);
    return chosen;
  }

  return {
    draw(profileId, { tag, rotation, minutes }) {
      if (rotation !== 'timed') {
        const chosen = rotation === 'sticky' ? favourite(membersOf(tag), profileId) : next(tag);
        return () => chosen;
      }
      let slot = Number.NaN;
      let chosen: string | null = null;
      return () => {
        const current = Math.floor(now() / (minutes * 60_000));
        if (current !== slot || chosen === null) {
          const before = chosen;
          const others = membersOf(tag).filter((id) => id !== before);
          chosen = favourite(others, `${profileId} ${current}`) ?? before;
          slot = current;
        }
        return chosen;
      };
    },
  };
}

/**
 * The same for the same members; when one comes or goes, only those change whose favourite it is or was.
 *
 * Source: rendezvous hashing (Thaler, Ravishankar: A name-based mapping scheme for rendezvous, 1996).
 */
function favourite(members: readonly string[], of: string): string | null {
  let best: { id: string; weight: string } | null = null;
  for (const id of members) {
    const weight = toHex(digest(hashBytes, 'warren/pool-favourite/v1', utf8(of), utf8(id)));
    if (best === null || weight > best.weight) best = { id, weight };
  }
  return best?.id ?? null;
}
