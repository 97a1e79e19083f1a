/** The browser and the page that benchmarks run on. */
import { createServer } from 'node:http';
import { type BrowserContext, chromium } from 'playwright-core';
import { chooseBrowser } from '../app/host/browser.ts';
import { freshFolder } from './vaults.ts';

/** A persistent context as Playwright starts it, with nothing of ours. */
export async function bareContext(): Promise<BrowserContext> {
  const browser = await chooseBrowser(null);
  if (!browser.found) throw new Error('no browser is installed; see "npx warren doctor"');
  return chromium.launchPersistentContext(freshFolder(), {
    executablePath: browser.path,
    headless: true,
    chromiumSandbox: process.getuid?.() !== 0,
  });
}

export interface BenchSite {
  readonly url: string;
  close(): Promise<void>;
}

/** One page with a button and a field, and an address that never answers. */
export async function startBenchSite(): Promise<BenchSite> {
  const server = createServer((request, response) => {
    if (request.url === '/hang') return;
    response
      .writeHead(200, { 'Content-Type': 'text/html' })
      .end('<!doctype html><title>Bench</title><button id="b">Press</button><input id="i">');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}
