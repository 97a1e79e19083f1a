/** A client of a relay over WebSocket. */
import { WebSocket } from 'ws';
import { limits } from '../protocol/limits.ts';
import {
  type ClientOptions,
  ConnectionError,
  createRelayClient,
  type RelayClient,
} from './relayClient.ts';

export interface DialOptions extends Omit<ClientOptions, 'name'> {
  /** `ws://` or `wss://`, with the host and port that the relay calls itself. */
  readonly url: string;
  /** Where the relay has another name than the address that is dialed, as on a local network. */
  readonly name?: string;
}

/** Milliseconds that connecting may take. */
const dialing = 10_000;

/**
 * @returns the address as it is dialed: `ws`, `wss`, no credentials, no path beyond the host's own.
 * @throws TypeError when it is none.
 */
export function relayAddress(text: string): URL {
  const url = new URL(/^[a-z]+:\/\//i.test(text) ? text : `ws://${text}`);
  if (url.protocol === 'http:') url.protocol = 'ws:';
  if (url.protocol === 'https:') url.protocol = 'wss:';
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:') throw new TypeError('not a relay address');
  if (url.username || url.password || url.search || url.hash || !url.hostname) {
    throw new TypeError('not a relay address');
  }
  return url;
}

/** What a relay at this address calls itself: host and port, the port always written out. */
export function relayName(url: URL): string {
  return `${url.hostname}:${url.port || (url.protocol === 'wss:' ? '443' : '80')}`;
}

/** @throws ConnectionError when it can not be reached or is not what was dialed. */
export async function dialRelay(options: DialOptions): Promise<RelayClient> {
  const url = relayAddress(options.url);
  const socket = new WebSocket(url, {
    perMessageDeflate: false,
    maxPayload: limits.frame,
    handshakeTimeout: dialing,
    followRedirects: false,
  });
  const end = createRelayClient(
    { send: (frame) => socket.send(frame, { binary: true }), close: () => socket.close() },
    { ...options, name: options.name ?? relayName(url) },
  );
  let connected = false;
  socket.on('open', () => {
    connected = true;
  });
  socket.on('message', (data, binary) => {
    if (!binary || !Buffer.isBuffer(data)) return socket.close(1003);
    end.receive(new Uint8Array(data.buffer, data.byteOffset, data.length));
  });
  return new Promise((resolve, reject) => {
    socket.on('error', () => {
      if (!connected) reject(new ConnectionError('unreachable'));
      socket.terminate();
    });
    socket.once('close', () => end.closed());
    end.ready.then(resolve, reject);
  });
}
