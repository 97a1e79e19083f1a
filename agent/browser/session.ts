/** The session of a profile: put back before the first step, captured before the browser closes. */
import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { StepError } from '../steps/definition.ts';
import type { StorageState, TaskSpec } from '../worker/protocol.ts';
import { within } from './within.ts';

type Cookies = Awaited<ReturnType<BrowserContext['cookies']>>;

/** What of a task's kept state is newer than its folder. */
export function newerIn(
  { stateReplaces, cookiesNewer }: Pick<TaskSpec, 'stateReplaces' | 'cookiesNewer'>,
  fresh: boolean,
): 'everything' | 'cookies' | 'nothing' {
  if (fresh || stateReplaces) return 'everything';
  return cookiesNewer ? 'cookies' : 'nothing';
}

/** True when the folder has never been a browser's, so that the kept state is all there is. */
export function isFreshFolder(userDataDir: string): boolean {
  return !existsSync(userDataDir) || readdirSync(userDataDir).length === 0;
}

/** Where Chromium keeps what sites store, beside their cookies. */
const siteData = [
  'File System',
  'IndexedDB',
  'Local Storage',
  'Service Worker',
  'Session Storage',
  'WebStorage',
];

/**
 * Takes away what sites stored, before the browser starts: Playwright replaces the storage of the
 * origins that a state names, and knows of no others that the folder has.
 */
export async function clearSiteData(userDataDir: string): Promise<void> {
  for (const name of siteData) {
    await rm(join(userDataDir, 'Default', name), { recursive: true, force: true });
  }
}

/**
 * Puts the kept session back. A fresh folder gets all of it; one that has been used keeps its own and
 * gets the cookies it lost: those that end with the browser, and those it had not written yet.
 *
 * @param newer what of the state is newer than the folder: `everything`, which replaces whatever is there,
 *   where the folder is fresh or older than the state; `cookies` where the browser did not end in order.
 * @throws StepError `sessionUnreadable`
 */
export async function restoreSession(
  context: BrowserContext,
  kept: StorageState | null,
  newer: 'everything' | 'cookies' | 'nothing',
): Promise<void> {
  if (!kept) return;
  try {
    await (newer === 'everything'
      ? restoreAll(context, kept)
      : restoreCookies(context, kept, newer === 'cookies'));
  } catch (error) {
    // Playwright's words could have a cookie's value in them.
    const kind = error instanceof Error ? error.name : 'error';
    throw new StepError('sessionUnreadable', `the kept session could not be put back (${kind})`);
  }
}

async function restoreAll(context: BrowserContext, kept: StorageState): Promise<void> {
  // The kept state came from Playwright in its own format; the protocol only carries it.
  const { cookies, origins } = kept;
  const state = { cookies, origins };
  await context.setStorageState(state as unknown as Parameters<typeof context.setStorageState>[0]);
}

async function restoreCookies(
  context: BrowserContext,
  kept: StorageState,
  replace: boolean,
): Promise<void> {
  const there = new Set(replace ? [] : (await context.cookies()).map(keyOf));
  const now = Date.now() / 1_000;
  const lost = cookiesOf(kept).filter(
    (cookie) => !there.has(keyOf(cookie)) && (cookie.expires < 0 || cookie.expires > now),
  );
  if (lost.length > 0) await context.addCookies(lost);
}

/**
 * The session as it is now. Storage that can not be read in time (a page that hangs) is taken from the
 * state before, and so are the origins that this run has not visited.
 * @param bound milliseconds
 * @returns null when not even the cookies could be read
 */
export async function captureSession(
  context: BrowserContext,
  before: StorageState | null,
  bound: number,
): Promise<StorageState | null> {
  const [whole, cookies] = await Promise.all([
    within(bound, context.storageState({ indexedDB: true })),
    within(bound, context.cookies()),
  ]);
  const captured = (whole ?? (cookies && { cookies, origins: [] })) as StorageState | null;
  if (!captured) return null;
  const origins = boundOrigins(mergeOrigins(captured.origins, before?.origins));
  return { ...captured, origins };
}

/** Characters of what is captured of one origin, and of all of them together. */
const mostCaptured = { origin: 8_000_000, all: 32_000_000 } as const;

/**
 * Leaves out what is too much to be handed on: of an origin first its databases, then all of it, and the
 * last ones where there are too many. It stays in the browser's folder, with which it comes back on this
 * device; what travels to others is without it.
 */
export function boundOrigins(
  origins: StorageState['origins'],
  most: { readonly origin: number; readonly all: number } = mostCaptured,
): StorageState['origins'] {
  let left = most.all;
  return origins.flatMap((origin) => {
    const { indexedDB: _databases, ...rest } = origin as typeof origin & { indexedDB?: unknown };
    for (const candidate of [origin, rest as typeof origin]) {
      const size = JSON.stringify(candidate).length;
      if (size > most.origin || size > left) continue;
      left -= size;
      return [candidate];
    }
    return [];
  });
}

/** The cookies alone, which costs one message; the origins stay as they were. */
export async function captureCookies(
  context: BrowserContext,
  before: StorageState | null,
  bound: number,
): Promise<StorageState | null> {
  const cookies = await within(bound, context.cookies());
  return cookies && ({ cookies, origins: before?.origins ?? [] } as unknown as StorageState);
}

function mergeOrigins(
  captured: StorageState['origins'],
  before: StorageState['origins'] = [],
): StorageState['origins'] {
  const visited = new Set(captured.map(({ origin }) => origin));
  return [...captured, ...before.filter(({ origin }) => !visited.has(origin))];
}

function cookiesOf(state: StorageState): Cookies {
  return state.cookies as unknown as Cookies;
}

function keyOf({ name, domain, path }: Cookies[number]): string {
  return JSON.stringify([name, domain, path]);
}
