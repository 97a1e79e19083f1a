/** Cookies of many profiles at once, out to one file and in from one. */
import { parseBoundedJson } from '../../workspace/model/boundedJson.ts';
import {
  type CookieListFormat,
  type NamedCookies,
  readCookieList,
  writeCookieList,
} from '../../workspace/model/cookieList.ts';
import { FailureError } from '../../workspace/model/failure.ts';
import type { Profile } from '../../workspace/model/profile.ts';
import { formatPath } from '../../workspace/model/validation.ts';
import { addToSession, readSession } from '../../workspace/sessions/sessionContent.ts';
import type { CookieListReport } from '../ipc/contract.ts';
import type { Services } from './services.ts';

export interface CookiePlan {
  readonly items: readonly { readonly profile: Profile; readonly content: NamedCookies }[];
  readonly report: CookieListReport;
}

interface Work {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
}

/** @param references ids or names. @throws FailureError `notFound`, `vaultDamaged`. */
export async function exportCookieList(
  services: Services,
  references: readonly string[],
  format: CookieListFormat,
  { signal, onProgress }: Work,
): Promise<string> {
  const all: NamedCookies[] = [];
  for (const [index, reference] of references.entries()) {
    signal.throwIfAborted();
    const { id, name } = services.profiles.get(reference);
    const { cookies, origins } = await readSession(services, id);
    all.push({ name, cookies, origins });
    onProgress(index + 1, references.length);
  }
  return writeCookieList(format, all);
}

/**
 * Reads a list and finds its profiles; stores nothing.
 *
 * @throws FailureError `importRefused`; `notFound`, `ambiguousName`, `profileBusy` naming a profile;
 *   `invalid` for one that is named twice.
 */
export function planCookieList(services: Services, text: string): CookiePlan {
  const path = 'cookies';
  const read = readCookieList(parseBoundedJson(Buffer.from(text), path));
  if (!read) throw new FailureError({ code: 'importRefused', path, reason: 'notCookies' });
  const seen = new Map<string, number>();
  const items = read.map((content, index) => {
    const profile = services.profiles.get(content.name);
    const { id, name } = profile;
    if (services.sessions.isOpen(id)) throw new FailureError({ code: 'profileBusy', name });
    const first = seen.get(id);
    if (first !== undefined) {
      const message = `is the same as that of item ${first}`;
      const issues = [{ path: formatPath([index, 'name']), message }];
      throw new FailureError({ code: 'invalid', issues });
    }
    seen.set(id, index);
    return { profile, content };
  });
  const sum = (counts: readonly number[]) => counts.reduce((all, one) => all + one, 0);
  return {
    items,
    report: {
      profiles: items.length,
      read: sum(read.map(({ cookies }) => cookies.length)),
      refusedCount: sum(read.map(({ refusedCount }) => refusedCount)),
    },
  };
}

/** One after the other; what was taken in before it is cancelled stays. @throws FailureError `profileBusy`. */
export async function takeCookieList(
  services: Services,
  { items }: CookiePlan,
  replace: boolean,
  tellOthers: (profileId: string) => Promise<void>,
  { signal, onProgress }: Work,
): Promise<void> {
  for (const [index, { profile, content }] of items.entries()) {
    signal.throwIfAborted();
    await addToSession(services, profile, content, replace);
    await tellOthers(profile.id);
    onProgress(index + 1, items.length);
  }
}
