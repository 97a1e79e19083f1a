/** The browser that profiles are opened with: the one that they or a person name, else the first installed. */
import { accessSync, constants } from 'node:fs';
import { FailureError } from '../../workspace/model/failure.ts';
import type { Profile } from '../../workspace/model/profile.ts';

export type BrowserChoice =
  | { readonly found: true; readonly path: string }
  | { readonly found: false; readonly looked: readonly string[] };

/**
 * @param configured a path from the settings; when it can not be used, no other browser takes its place,
 *   so that the mistake is seen.
 * @param profile may name another one; where it has extensions, a Chromium is looked for, since Chrome and
 *   Edge load none from a folder.
 */
export async function chooseBrowser(
  configured: string | null,
  profile?: Pick<Profile, 'browser' | 'extensions'>,
): Promise<BrowserChoice> {
  const named = profile?.browser ?? null;
  if (configured !== null && named === null) {
    return runnable(configured)
      ? { found: true, path: configured }
      : { found: false, looked: [configured] };
  }
  // Loaded when asked for: it brings Playwright along, which a start to the list does not need.
  const { findBrowser } = await import('../../agent/browser/findBrowser.ts');
  const wanted = named ?? (profile && profile.extensions.length > 0 ? 'chromium' : null);
  const { found, looked } = findBrowser(undefined, wanted);
  return found ? { found: true, path: found.executablePath } : { found: false, looked };
}

/**
 * As {@link chooseBrowser}, where there is no going on without one.
 *
 * @returns its path.
 * @throws FailureError `browserMissing`.
 */
export async function requireBrowser(...asked: Parameters<typeof chooseBrowser>): Promise<string> {
  const choice = await chooseBrowser(...asked);
  if (!choice.found) throw new FailureError({ code: 'browserMissing', looked: choice.looked });
  return choice.path;
}

/** @returns whether a window could be shown on this machine. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
