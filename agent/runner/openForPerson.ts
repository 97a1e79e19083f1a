/** A browser that a person uses: its tabs are brought back, and it stays until it is closed. */
import { existsSync, mkdirSync } from 'node:fs';
import { join, parse } from 'node:path';
import type { BrowserContext, Download, Page } from 'playwright-core';
import { type AttachServer, startAttachServer } from '../attach/attachServer.ts';
import type { LaunchedBrowser } from '../browser/launch.ts';
import { newerIn, restoreSession } from '../browser/session.ts';
import { within } from '../browser/within.ts';
import type { PersonSpec } from '../worker/protocol.ts';
import { closeBrowser, keepSession } from './keepSession.ts';
import type { Body, End } from './runTask.ts';
import { untilStopped } from './stop.ts';

/** Milliseconds between two looks at cookies and tabs: what a crash may cost. */
const lookEvery = 15_000;
/** Tabs brought back at most. */
const mostTabs = 50;

export async function openForPerson(
  { task, signal, reporter, person, send }: Body,
  { startPages, downloadsDir }: PersonSpec,
  browser: LaunchedBrowser,
  fresh: boolean,
): Promise<End> {
  const { context } = browser;
  const ended = new Promise<void>((resolve) => {
    context.on('close', () => resolve());
    person.once('close', () => resolve());
  });
  const show = async () => context.pages().at(-1)?.bringToFront();
  person.on('show', () => void show().catch(() => undefined));
  const servers: AttachServer[] = [];
  const attach = async (token: string) => {
    if (!browser.multiplexer) return;
    const server = await startAttachServer(browser.multiplexer, token, browser.version);
    servers.push(server);
    const { wsEndpoint, httpEndpoint } = server;
    send({ type: 'endpoint', wsEndpoint, httpEndpoint });
  };
  // Without a listening port there is nothing to tell; the browser is the person's and stays.
  person.on('attach', (token) => void attach(token).catch(() => undefined));
  // Left to the person, who sees them; without a listener they would be dismissed.
  context.on('dialog', () => undefined);

  const session = keepSession(task.storageState, send, browser, () => tabsOf(context));
  const attend = (page: Page) => {
    saveDownloads(page, downloadsDir);
    // A login is worth keeping at once: whoever closes the last window leaves no time for it.
    page.on('load', session.look).on('close', session.look);
  };
  for (const page of context.pages()) attend(page);
  context.on('page', attend);
  const newer = newerIn(task, fresh);
  try {
    await untilStopped(signal, 30_000, restoreSession(context, task.storageState, newer));
    session.begin();
    session.look();
    await openTabs(context, task.storageState?.tabs ?? [], startPages);
    reporter.started(browser.version);
    const looking = setInterval(session.look, lookEvery);
    await untilStopped(signal, null, ended).finally(() => clearInterval(looking));
    return { status: 'succeeded' };
  } finally {
    for (const server of servers) await server.stop();
    await closeBrowser(session, browser, signal);
  }
}

/** In the order in which they were; a page that does not load is shown with the browser's own words. */
async function openTabs(
  context: BrowserContext,
  tabs: readonly string[],
  startPages: readonly string[],
): Promise<void> {
  // Another device may have written them: no page of this machine's files, no script.
  const kept = tabs.filter(isPage);
  const wanted = (kept.length > 0 ? kept : startPages).slice(0, mostTabs);
  const [first = await context.newPage()] = context.pages();
  const pages = [first];
  while (pages.length < wanted.length) pages.push(await context.newPage());
  // Not waited for: a person sees them load.
  for (const [n, url] of wanted.entries()) void pages[n]?.goto(url).catch(() => undefined);
  await within(1_000, first.bringToFront());
}

const tabsOf = (context: BrowserContext): string[] =>
  context
    .pages()
    .map((page) => page.url())
    .filter(isPage)
    .slice(0, mostTabs);

const isPage = (url: unknown): url is string => typeof url === 'string' && /^https?:/i.test(url);

/** Where a person looks for them; Playwright would take them away with the browser. */
function saveDownloads(page: Page, dir: string): void {
  page.on('download', (download: Download) => {
    void keepDownload(dir, download).catch(() => undefined);
  });
}

async function keepDownload(dir: string, download: Download): Promise<void> {
  mkdirSync(dir, { recursive: true });
  await download.saveAs(freePath(dir, download));
}

/** What a site calls it, without any way out of the folder, never hidden, and never in the place of another. */
function freePath(dir: string, download: Download): string {
  const { name, ext } = parse(
    download
      .suggestedFilename()
      .replace(/[/\\\0]/g, '_')
      .slice(-150)
      .replace(/^\.+/, '') || 'download',
  );
  for (let number = 1; ; number++) {
    const path = join(dir, number === 1 ? `${name}${ext}` : `${name} (${number})${ext}`);
    if (!existsSync(path)) return path;
  }
}
