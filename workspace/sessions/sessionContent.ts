/**
 * What a profile's session holds, while nobody has it open: which sites have what, cookies in and out, one
 * site forgotten. What is written takes the place of what the browser's folder has when it opens next.
 */
import { contentOf, readWhole } from '../blobs/blobStore.ts';
import type { Contents } from '../contents.ts';
import { type Cookie, mergeCookies, type OriginState, siteOf } from '../model/cookies.ts';
import { FailureError } from '../model/failure.ts';

export interface SessionContent {
  readonly cookies: readonly Cookie[];
  readonly origins: readonly OriginState[];
  readonly tabs?: readonly string[];
}

export interface SiteRow {
  readonly site: string;
  readonly cookies: number;
  /** Characters of what its storage holds, as JSON. */
  readonly storage: number;
}

const nothing: SessionContent = { cookies: [], origins: [] };

type Held = Pick<Contents, 'vault' | 'blobs' | 'sessions'>;

/** @throws FailureError `vaultDamaged` when it can not be read. */
export async function readSession(
  { blobs, sessions }: Held,
  profileId: string,
): Promise<SessionContent> {
  const stateBlob = sessions.stateOf(profileId);
  if (stateBlob === null) return nothing;
  const bytes = await readWhole(blobs.read(stateBlob));
  const {
    cookies = [],
    origins = [],
    tabs = [],
  } = JSON.parse(bytes.toString()) as Partial<SessionContent>;
  return { cookies, origins, tabs };
}

/** @throws FailureError `profileBusy` while it is open. */
async function writeSession(
  { vault, blobs, sessions }: Held,
  { id, name }: { readonly id: string; readonly name: string },
  content: SessionContent,
): Promise<void> {
  const before = sessions.stateOf(id);
  const refuseOpen = () => {
    if (sessions.isOpen(id)) throw new FailureError({ code: 'profileBusy', name });
  };
  refuseOpen();
  const kept = await blobs.put(contentOf(Buffer.from(JSON.stringify(content))), 'application/json');
  await vault.store.commit(() => {
    refuseOpen();
    sessions.adoptState(id, kept.id, vault.store.clock.tick());
    vault.store.touch('profile', id);
  });
  if (before !== null && before !== kept.id) await blobs.collect([before]);
}

/** @returns the sites of a session, those with the most cookies first. */
export function sitesOf({ cookies, origins }: SessionContent): SiteRow[] {
  const rows = new Map<string, { site: string; cookies: number; storage: number }>();
  const row = (site: string) => {
    const known = rows.get(site) ?? { site, cookies: 0, storage: 0 };
    rows.set(site, known);
    return known;
  };
  for (const { domain } of cookies) row(siteOf(domain)).cookies += 1;
  for (const { origin, ...rest } of origins)
    row(siteOf(origin)).storage += JSON.stringify(rest).length;
  return [...rows.values()].sort(
    (a, b) => b.cookies - a.cookies || b.storage - a.storage || (a.site < b.site ? -1 : 1),
  );
}

/** @param replace whether what was there goes. @returns how many cookies there are then. */
export async function addToSession(
  held: Held,
  profile: { readonly id: string; readonly name: string },
  more: Pick<SessionContent, 'cookies' | 'origins'>,
  replace: boolean,
): Promise<number> {
  const before = replace ? nothing : await readSession(held, profile.id);
  const arriving = new Set(more.origins.map(({ origin }) => origin));
  const cookies = mergeCookies(before.cookies, more.cookies);
  const origins = [
    ...before.origins.filter(({ origin }) => !arriving.has(origin)),
    ...more.origins,
  ];
  await writeSession(held, profile, { ...before, cookies, origins });
  return cookies.length;
}

/** Forgets what one site left, subdomains included. @returns whether there was anything. */
export async function clearSite(
  held: Held,
  profile: { readonly id: string; readonly name: string },
  site: string,
): Promise<boolean> {
  const before = await readSession(held, profile.id);
  const isIts = (host: string) => host === site || host.endsWith(`.${site}`);
  const cookies = before.cookies.filter(({ domain }) => !isIts(siteOf(domain)));
  const origins = before.origins.filter(({ origin }) => !isIts(siteOf(origin)));
  const isSame =
    cookies.length === before.cookies.length && origins.length === before.origins.length;
  if (isSame) return false;
  await writeSession(held, profile, { ...before, cookies, origins });
  return true;
}
