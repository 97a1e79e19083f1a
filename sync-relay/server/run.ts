/** A relay of its own, from the words of a command line until somebody stops it. */
import { createSqliteStore } from '../store/sqliteStore.ts';
import { startRelayServer } from './relayServer.ts';

export interface RunOptions {
  /** Host and port to listen at; port 0 takes a free one. */
  readonly listen: string;
  /** Folder of its data, made when there is none. */
  readonly data: string;
  /** What devices dial, host and port, where that is another address. */
  readonly name?: string;
  /** The data was put back from a backup: devices upload again what it lacks. */
  readonly restored?: boolean;
}

/** One JSON object a line. Channels are shortened by whoever logs them; nothing else names anybody. */
export function logLine(event: string, fields: Readonly<Record<string, string | number>> = {}) {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), event, ...fields })}\n`);
}

/** @throws TypeError when `listen` is no address; what the system refuses. */
export async function runRelay({ listen, data, name, restored }: RunOptions): Promise<void> {
  const address = /^\[?(.+?)\]?:(\d{1,5})$/.exec(listen);
  const [, host, port] = address ?? [];
  if (!host || Number(port) > 65_535) throw new TypeError('not an address to listen at');
  const server = await startRelayServer({
    store: createSqliteStore({ dir: data, restored: restored ?? false }),
    host,
    port: Number(port),
    ...(name ? { name } : {}),
    log: logLine,
  });
  await new Promise<void>((done) => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
  });
  await server.stop();
}
