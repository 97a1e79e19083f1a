/** The page that a browser is measured on: on loopback, and only for who knows its address. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pageScript, readScript, workerScript } from './script.ts';

/** Loopback counts as secure, so that pages there are told all that others are. */
export const siteNames = ['127.0.0.1', 'localhost'] as const;

export interface MeasuringSite {
  readonly pageUrl: string;
  /** The same machine under another name: to a browser it is another site. */
  readonly frameUrl: string;
  /** What came with the request for `page`, `frame`, or from the `worker`. */
  headersOf(part: string): IncomingHttpHeaders;
  close(): Promise<void>;
}

/** A phone lays out what says that it is made for it; without this its page is wider than its screen. */
const head = '<!doctype html><meta name="viewport" content="width=device-width, initial-scale=1">';
const html = (scripts: string) => ['text/html', `${head}<title>Warren</title>${scripts}`] as const;
const script = (text: string) => ['text/javascript', text] as const;

const files: Readonly<Record<string, readonly [type: string, text: string]>> = {
  'sent/page': html('<script src="../read.js"></script><script src="../page.js"></script>'),
  'sent/frame': html('<script src="../read.js"></script>'),
  'sent/worker': ['text/plain', ''],
  'read.js': script(readScript),
  'page.js': script(pageScript),
  'worker.js': script(workerScript),
};

export async function startMeasuringSite(): Promise<MeasuringSite> {
  const folder = `/${randomBytes(16).toString('hex')}/`;
  const seen = new Map<string, IncomingHttpHeaders>();
  const server = createServer(({ url = '', headers }, response) => {
    const name = url.startsWith(folder) ? url.slice(folder.length) : '';
    const file = Object.hasOwn(files, name) ? files[name] : undefined;
    if (!file) return void response.writeHead(404).end();
    seen.set(name.replace('sent/', ''), headers);
    const [type, text] = file;
    response.writeHead(200, { 'content-type': `${type}; charset=utf-8` }).end(text);
  });
  server.listen(0, siteNames[0]);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const at = (host: string, part: string) => `http://${host}:${port}${folder}sent/${part}`;
  return {
    pageUrl: at(siteNames[0], 'page'),
    frameUrl: at(siteNames[1], 'frame'),
    headersOf: (part) => seen.get(part) ?? {},
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
