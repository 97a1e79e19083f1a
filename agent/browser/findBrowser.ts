/** Finds an installed browser that Playwright's Chromium driver can use. */
import { accessSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { BrowserName } from '../../workspace/model/profileChoices.ts';

export interface FoundBrowser {
  readonly executablePath: string;
  readonly kind: 'given' | 'chrome' | 'edge' | 'chromium' | 'managed';
}

export interface BrowserSearch {
  readonly found: FoundBrowser | null;
  /** Every place that was looked at, in order. */
  readonly looked: readonly string[];
}

export interface SearchSurroundings {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  usable(path: string): boolean;
}

const thisDevice: SearchSurroundings = {
  platform: process.platform,
  environment: process.env,
  home: homedir(),
  usable,
};

/**
 * Looks at `WARREN_BROWSER` first; when that is set and can not be used, nothing else is tried, so that
 * a mistake in it is seen. Then Chrome, Edge and Chromium where each platform installs them, then the
 * browser that Playwright manages, which is a Chromium.
 *
 * @param wanted only this one; null for any. What `WARREN_BROWSER` names is taken for whatever is wanted.
 */
export function findBrowser(
  device: SearchSurroundings = thisDevice,
  wanted: BrowserName | null = null,
): BrowserSearch {
  const looked: string[] = [];
  const fits = ({ kind }: FoundBrowser) =>
    wanted === null ||
    kind === 'given' ||
    kind === wanted ||
    (kind === 'managed' && wanted === 'chromium');
  for (const candidate of candidates(device)) {
    if (!fits(candidate)) continue;
    looked.push(candidate.executablePath);
    if (device.usable(candidate.executablePath)) return { found: candidate, looked };
  }
  return { found: null, looked };
}

function* candidates(device: SearchSurroundings): Generator<FoundBrowser> {
  const given = device.environment.WARREN_BROWSER;
  if (given) {
    yield { executablePath: given, kind: 'given' };
    return;
  }
  yield* installed(device);
  yield* managed();
}

function installed(device: SearchSurroundings): FoundBrowser[] {
  if (device.platform === 'win32') return onWindows(device);
  if (device.platform === 'darwin') return onMac(device);
  return onLinux(device);
}

function onLinux({ environment }: SearchSurroundings): FoundBrowser[] {
  const names = [
    ['google-chrome-stable', 'chrome'],
    ['google-chrome', 'chrome'],
    ['microsoft-edge-stable', 'edge'],
    ['microsoft-edge', 'edge'],
    ['chromium', 'chromium'],
    ['chromium-browser', 'chromium'],
  ] as const;
  const usual = ['/usr/bin', '/usr/local/bin', '/snap/bin'];
  const dirs = new Set([...usual, ...(environment.PATH ?? '').split(':').filter(Boolean)]);
  return names.flatMap(([name, kind]) =>
    [...dirs].map((dir) => ({ executablePath: join(dir, name), kind })),
  );
}

function onMac({ home }: SearchSurroundings): FoundBrowser[] {
  const apps = [
    ['Google Chrome', 'chrome'],
    ['Microsoft Edge', 'edge'],
    ['Chromium', 'chromium'],
  ] as const;
  return apps.flatMap(([name, kind]) =>
    ['/Applications', `${home}/Applications`].map((dir) => ({
      executablePath: `${dir}/${name}.app/Contents/MacOS/${name}`,
      kind,
    })),
  );
}

function onWindows({ environment }: SearchSurroundings): FoundBrowser[] {
  const apps = [
    ['Google\\Chrome\\Application\\chrome.exe', 'chrome'],
    ['Microsoft\\Edge\\Application\\msedge.exe', 'edge'],
    ['Chromium\\Application\\chrome.exe', 'chromium'],
  ] as const;
  const dirs = [
    environment.PROGRAMFILES,
    environment['PROGRAMFILES(X86)'],
    environment.LOCALAPPDATA,
  ].filter((dir) => dir !== undefined);
  return apps.flatMap(([path, kind]) =>
    dirs.map((dir) => ({ executablePath: `${dir}\\${path}`, kind })),
  );
}

function managed(): FoundBrowser[] {
  // Loaded only when nothing else was found: it takes longer than the whole search.
  const load = createRequire(import.meta.url);
  const { chromium }: typeof import('playwright-core') = load('playwright-core');
  const executablePath = chromium.executablePath();
  return executablePath ? [{ executablePath, kind: 'managed' }] : [];
}

function usable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Absent or not ours to run: either way not a browser for us.
    return false;
  }
}
