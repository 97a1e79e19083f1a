/** Real relays on loopback for tests, with clients that wait for what they are told. */
import { createSigner } from '../../crypto/signing.ts';
import type { ConnectionError, RelayClient, RelayEvent } from '../client/relayClient.ts';
import { dialRelay } from '../client/webSocketClient.ts';
import {
  type RelayServer,
  type RelayServerOptions,
  startRelayServer,
} from '../server/relayServer.ts';
import type { Quotas } from '../store/relayStore.ts';
import { createSqliteStore } from '../store/sqliteStore.ts';

export interface TestRelay extends RelayServer {
  readonly url: string;
}

export async function startTestRelay(
  options: Partial<RelayServerOptions> & { readonly dir?: string; readonly quotas?: Quotas } = {},
): Promise<TestRelay> {
  const { dir = null, quotas, ...rest } = options;
  const store = createSqliteStore({ dir, ...(quotas ? { quotas } : {}) });
  const server = await startRelayServer({ store, host: '127.0.0.1', port: 0, ...rest });
  return { ...server, url: `ws://127.0.0.1:${server.port}` };
}

export interface TestClient extends RelayClient {
  readonly events: RelayEvent[];
  readonly ended: Promise<void>;
  /** Resolves with the next event that fits, those of before included. */
  next<Name extends RelayEvent['name']>(
    name: Name,
  ): Promise<Extract<RelayEvent, { name: Name }>['body']>;
}

/** @throws {@link ConnectionError} */
export async function dial(url: string, name?: string): Promise<TestClient> {
  const events: RelayEvent[] = [];
  const waiting: { name: string; resolve: (body: never) => void }[] = [];
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const client = await dialRelay({
    url,
    ...(name ? { name } : {}),
    onEvent(event) {
      const at = waiting.findIndex((one) => one.name === event.name);
      const [found] = at < 0 ? [] : waiting.splice(at, 1);
      if (found) found.resolve(event.body as never);
      else events.push(event);
    },
    onClosed: () => end(),
  });
  return {
    ...client,
    events,
    ended,
    next(name) {
      const at = events.findIndex((event) => event.name === name);
      const [found] = at < 0 ? [] : events.splice(at, 1);
      if (found) return Promise.resolve(found.body as never);
      return new Promise((resolve) => waiting.push({ name, resolve }));
    },
  };
}

export type { ConnectionError };
export const signerOf = (n: number) => createSigner(new Uint8Array(32).fill(n));
export const channelOf = (n: number) => new Uint8Array(16).fill(n);
