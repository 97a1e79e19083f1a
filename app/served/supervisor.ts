/**
 * The served shell's outer process: it owns the loopback port and keeps a vault host alive behind it.
 * It reads no byte of what passes. When a host ends, by locking or by accident, the next connection
 * gets a fresh one.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { hostFlags } from '../host/processFlags.ts';
import type { HostProcessMessage, SupervisorMessage, WindowAccess } from './protocol.ts';

export interface ServedOptions {
  readonly vaultDir: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly log: (line: string) => void;
}

export interface ServedShell {
  readonly port: number;
  /** A link that opens one window, once; a new one each time. */
  newLink(): string;
  /** Locks, ends the host and closes the port. */
  stop(): Promise<void>;
}

/** Milliseconds that a host gets to write everything back before it is ended. */
const stopGrace = 10_000;

const newToken = (): string => randomBytes(32).toString('base64url');

/** @throws an error with code `EADDRINUSE` when the port is taken. */
export async function startServedShell(options: ServedOptions): Promise<ServedShell> {
  let access: WindowAccess = { linkToken: newToken(), sessions: [] };
  let host: ChildProcess | null = null;
  let ready = false;
  let stopping = false;
  let waiting: Socket[] = [];

  const server = createServer({ pauseOnConnect: true }, (socket) => {
    waiting.push(socket);
    socket.on('error', () => socket.destroy());
    if (!host) startHost();
    handOver();
  });
  server.listen(options.port, '127.0.0.1');
  await new Promise<void>((done, refuse) => {
    server.once('listening', done);
    server.once('error', refuse);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : options.port;

  const tell = (message: SupervisorMessage, handle?: Socket) => {
    if (host?.connected) host.send(message, handle, {}, () => undefined);
  };

  function handOver(): void {
    if (!ready) return;
    for (const socket of waiting) tell({ type: 'connection' }, socket);
    waiting = [];
  }

  function startHost(): void {
    const child = fork(fileURLToPath(new URL('./hostEntry.ts', import.meta.url)), [], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: [...process.execArgv, ...hostFlags],
    });
    host = child;
    child.on('message', (message: HostProcessMessage) => {
      if (message.type === 'ready') {
        ready = true;
        handOver();
      } else {
        access = { linkToken: newToken(), sessions: [...access.sessions, message.session] };
        tell({ type: 'access', access });
      }
    });
    child.once('exit', (code, signal) => {
      host = null;
      ready = false;
      if (code !== 0 && !stopping) {
        options.log(
          `The vault host ended (${signal ?? code}). The vault is locked; unlock it to go on.`,
        );
      }
      if (waiting.length > 0 && !stopping) startHost();
    });
    tell({ type: 'start', vaultDir: options.vaultDir, port, access });
  }

  startHost();

  return {
    port,
    newLink() {
      access = { ...access, linkToken: newToken() };
      tell({ type: 'access', access });
      return `http://127.0.0.1:${port}/#${access.linkToken}`;
    },
    async stop() {
      stopping = true;
      server.close();
      const child = host;
      if (!child) return;
      const ended = new Promise<void>((done) => child.once('exit', () => done()));
      tell({ type: 'stop' });
      const timer = setTimeout(() => child.kill('SIGKILL'), stopGrace);
      await ended;
      clearTimeout(timer);
    },
  };
}
