/**
 * Whether a proxy lets anything through, and where it comes out: one request through it, on the very way
 * that a profile's pages take, to an address that answers with the address it was asked from.
 */
import { once } from 'node:events';
import { request } from 'node:http';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { startForwarder } from './forwarder.ts';
import type { Upstream, UpstreamProblem } from './upstream.ts';

export interface UpstreamCheck {
  /** Milliseconds from asking to the answer's first byte; null when none came. */
  readonly latency: number | null;
  /** The address that the far end was seen under; null when the answer names none. */
  readonly exit: string | null;
  readonly problem: UpstreamProblem | null;
}

/** Milliseconds for all of it. */
const patience = 20_000;
const longestAnswer = 64 * 1024;

/** @param address `http://` or `https://`, of a page that answers with the asker's address. */
export async function checkUpstream(
  upstream: Upstream,
  address: string,
  signal: AbortSignal,
): Promise<UpstreamCheck> {
  const forwarder = await startForwarder({
    upstream: () => upstream,
    allowsLocal: false,
    allowsBrowserCalls: true,
  });
  const bounded = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
  const asked = performance.now();
  try {
    let latency: number | null = null;
    const text = await answerOf(forwarder, new URL(address), bounded, () => {
      latency = Math.round(performance.now() - asked);
    });
    return { latency, exit: addressIn(text), problem: null };
  } catch {
    signal.throwIfAborted();
    const problem = forwarder.problem() ?? (bounded.aborted ? 'timeout' : 'failed');
    return { latency: null, exit: null, problem };
  } finally {
    await forwarder.close();
  }
}

/** @throws when nothing came through. */
async function answerOf(
  forwarder: { readonly server: string; readonly username: string; readonly password: string },
  url: URL,
  signal: AbortSignal,
  onResponse: () => void,
): Promise<string> {
  const isSecure = url.protocol === 'https:';
  const port = url.port || (isSecure ? '443' : '80');
  const login = Buffer.from(`${forwarder.username}:${forwarder.password}`).toString('base64');
  const opening = request(forwarder.server, {
    method: 'CONNECT',
    path: `${url.hostname}:${port}`,
    headers: { 'proxy-authorization': `Basic ${login}` },
    signal,
  });
  opening.end();
  const [{ statusCode }, tunnel] = (await once(opening, 'connect')) as [
    { statusCode: number },
    Socket,
  ];
  if (statusCode !== 200) {
    tunnel.destroy();
    throw new Error('not let through');
  }
  const socket = isSecure
    ? connectTls({ socket: tunnel, servername: url.hostname, ALPNProtocols: ['http/1.1'] })
    : tunnel;
  try {
    if (isSecure) await once(socket, 'secureConnect', { signal });
    const asking = request(url, {
      createConnection: () => socket,
      headers: { accept: 'application/json, text/plain', 'user-agent': 'warren' },
      signal,
    });
    asking.end();
    const [response] = (await once(asking, 'response', { signal })) as [
      AsyncIterable<Buffer> & { statusCode: number },
    ];
    onResponse();
    let text = '';
    for await (const chunk of response) {
      text += chunk.toString();
      if (text.length > longestAnswer) break;
    }
    if (response.statusCode >= 400) throw new Error('the answer is an error');
    return text;
  } finally {
    socket.destroy();
    tunnel.destroy();
  }
}

/** @returns the first address that an answer of whatever shape names. */
function addressIn(text: string): string | null {
  const words = text.match(/[0-9a-f:.]{3,45}/gi) ?? [];
  return words.find((word) => isIP(word) !== 0) ?? null;
}
