/** Process entry: the vault host of the served shell, with the web server that windows reach it by. */
import type { Socket } from 'node:net';
import { createHost } from '../host/host.ts';
import type { HostProcessMessage, SupervisorMessage } from './protocol.ts';
import { createWebServer, type WebServer } from './webServer.ts';

let web: WebServer | null = null;

const tell = (message: HostProcessMessage) => process.send?.(message);

function start(message: Extract<SupervisorMessage, { type: 'start' }>): void {
  const host = createHost({
    vaultDir: message.vaultDir,
    shell: 'served',
    log: (line) => console.error(line),
    onLocked: () => process.exit(0),
  });
  web = createWebServer({
    host,
    port: message.port,
    access: message.access,
    onLinkUsed: (session) => tell({ type: 'linkUsed', session }),
  });
  process.on('SIGTERM', () => void host.lock());
  // Ctrl-C reaches the whole group; the supervisor says what is to happen.
  process.on('SIGINT', () => undefined);
  process.on('disconnect', () => void host.lock());
  process.on('message', (next: SupervisorMessage) => {
    if (next.type === 'stop') void host.lock();
  });
  tell({ type: 'ready' });
}

process.on('message', (message: SupervisorMessage, handle?: Socket) => {
  if (message.type === 'start') start(message);
  if (message.type === 'access') web?.setAccess(message.access);
  if (message.type === 'connection' && handle) web?.accept(handle);
});
