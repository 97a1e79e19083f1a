/** The browser that workflows run in: the one that a person set, else the first that is installed. */
import { accessSync, constants } from 'node:fs';

export type BrowserChoice =
  | { readonly found: true; readonly path: string }
  | { readonly found: false; readonly looked: readonly string[] };

/**
 * @param configured a path from the settings; when it can not be used, no other browser takes its place,
 *   so that the mistake is seen.
 */
export async function chooseBrowser(configured: string | null): Promise<BrowserChoice> {
  if (configured !== null) {
    return runnable(configured)
      ? { found: true, path: configured }
      : { found: false, looked: [configured] };
  }
  // Loaded when asked for: it brings Playwright along, which a start to the list does not need.
  const { findBrowser } = await import('../../agent/browser/findBrowser.ts');
  const { found, looked } = findBrowser();
  return found ? { found: true, path: found.executablePath } : { found: false, looked };
}

function runnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
