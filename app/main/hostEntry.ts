/** Process entry: the vault host inside Electron, reached by windows over message ports. */
import { createCaller } from '../host/caller.ts';
import { parseRequest } from '../host/endpoint.ts';
import { createHost, type Host } from '../host/host.ts';
import type { KeychainAnswer, KeychainRequest, ToHost } from './keychainProtocol.ts';

/** As much of Electron's message port as is used here. */
interface WindowPort {
  postMessage(frame: string): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  start(): void;
}

/** What Electron gives a utility process to talk to the shell by. */
interface ParentPort {
  on(
    event: 'message',
    listener: (event: { data: ToHost; ports: readonly WindowPort[] }) => void,
  ): void;
  postMessage(message: KeychainRequest): void;
}

const { parentPort } = process as unknown as { parentPort: ParentPort };
const vaultDir = process.argv[2];
if (!vaultDir) throw new Error('the vault host was started without a folder');

/** Questions to the shell that wait for their answer. */
const questions = new Map<number, (answer: KeychainAnswer) => void>();
let nextQuestion = 1;

const host = createHost({
  vaultDir,
  shell: 'electron',
  log: (line) => console.error(line),
  onLocked: () => process.exit(0),
  keychain: {
    available: async () => (await askShell({ ask: 'available' })) === true,
    keep: async (key) => void (await askShell({ ask: 'keep', key })),
    async read() {
      const key = await askShell({ ask: 'read' });
      return key instanceof Uint8Array ? key : null;
    },
    forget: async () => void (await askShell({ ask: 'forget' })),
  },
});

parentPort.on('message', ({ data, ports: [port] }) => {
  if (data.type === 'lock') void host.lock();
  if (data.type === 'window' && port) converse(port, host);
  if (data.type === 'keychain') answered(data);
});

function askShell(
  request:
    | { readonly ask: 'available' | 'read' | 'forget' }
    | { readonly ask: 'keep'; readonly key: Uint8Array },
): Promise<KeychainAnswer['value']> {
  const id = nextQuestion++;
  return new Promise((resolve, reject) => {
    questions.set(id, ({ ok, value }) =>
      ok ? resolve(value) : reject(new Error('the keychain refused')),
    );
    parentPort.postMessage({ type: 'keychain', id, ...request });
  });
}

function answered(answer: KeychainAnswer): void {
  questions.get(answer.id)?.(answer);
  questions.delete(answer.id);
}

function converse(port: WindowPort, host: Host): void {
  const send = (frame: unknown) => port.postMessage(JSON.stringify(frame));
  const caller = createCaller(true, (push) => send({ push }));
  host.attach(caller);
  port.on('close', () => host.detach(caller));
  port.on('message', async ({ data }) => {
    const frame = typeof data === 'string' ? parseRequest(data) : null;
    if (frame) send({ id: frame.id, result: await host.call(frame.method, frame.params, caller) });
  });
  port.start();
}
