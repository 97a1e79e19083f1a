/**
 * Several clients on one browser's DevTools pipe. Whoever launched the browser keeps the connection as it
 * is; each further client has a browser session of its own, and sees that and what follows from it.
 *
 * Messages are JSON, each followed by a zero byte. Source: Chrome DevTools Protocol, domain Target,
 * `attachToBrowserTarget` and flat sessions; Chromium, `--remote-debugging-pipe`.
 */
import { PassThrough, type Readable, type Writable } from 'node:stream';

export interface Multiplexer {
  /** In the place of the browser's own pipes, for whoever launched it. */
  readonly toBrowser: Writable;
  readonly fromBrowser: Readable;
  /** @throws when the browser is gone. */
  attach(client: AttachedClient): Promise<ClientEnd>;
}

export interface AttachedClient {
  /** A message for it, as JSON. */
  send(message: string): void;
  /** The browser is gone. */
  closed(): void;
}

export interface ClientEnd {
  /** A message from it, untrusted. */
  receive(text: string): void;
  detach(): void;
}

interface Message {
  id?: number;
  method?: string;
  params?: Record<string, unknown>;
  sessionId?: string;
  result?: Record<string, unknown>;
  error?: { readonly code: number; readonly message: string };
}

interface Client {
  readonly to: AttachedClient;
  /** Its browser session. */
  root: string;
  /** That and all that were attached through it. */
  readonly sessions: Set<string>;
}

/** Above what any launcher counts to in a browser's life. */
const firstId = 1_000_000_000;
const noSession = { code: -32001, message: 'Session with given id not found.' };

/**
 * @param onClose called when a client asks for the browser's end, which is its owner's to bring about.
 * @param amend what the owner says, before it is sent.
 */
export function createMultiplexer(
  write: Writable,
  read: Readable,
  onClose: () => void,
  amend: (message: Buffer) => Buffer,
): Multiplexer {
  const toBrowser = new PassThrough();
  const fromBrowser = new PassThrough();
  const clients = new Set<Client>();
  const owners = new Map<string, Client>();
  const asked = new Map<number, { readonly done: (answer: Message) => void }>();
  let nextId = firstId;

  const tell = (message: Message) => write.write(`${JSON.stringify(message)}\0`);

  function ask(message: Message, done: (answer: Message) => void): void {
    const id = nextId++;
    asked.set(id, { done });
    tell({ ...message, id });
  }

  // Whole messages only, so that nobody's comes in the middle of another's.
  eachMessage(toBrowser, (bytes) => void write.write(amend(bytes)));
  eachMessage(read, (bytes) => {
    if (clients.size === 0 && asked.size === 0) fromBrowser.write(bytes);
    else route(JSON.parse(bytes.subarray(0, -1).toString()) as Message, bytes);
  });
  read.on('close', () => {
    for (const { to } of clients) to.closed();
    clients.clear();
    for (const { done } of asked.values()) done({ error: { code: -32000, message: 'closed' } });
    asked.clear();
    fromBrowser.destroy();
  });
  read.on('error', () => undefined);
  write.on('error', () => undefined);

  function route(message: Message, bytes: Buffer): void {
    if (message.id !== undefined && message.id >= firstId) {
      const waiting = asked.get(message.id);
      asked.delete(message.id);
      waiting?.done(message);
      return;
    }
    const owner = message.sessionId === undefined ? undefined : owners.get(message.sessionId);
    if (!owner) {
      fromBrowser.write(bytes);
      return;
    }
    const child = String(message.params?.sessionId ?? '');
    if (message.method === 'Target.attachedToTarget') own(owner, child);
    if (message.method === 'Target.detachedFromTarget') disown(owner, child);
    owner.to.send(JSON.stringify(asSeenBy(owner, message)));
  }

  function own(client: Client, sessionId: string): void {
    client.sessions.add(sessionId);
    owners.set(sessionId, client);
  }

  function disown(client: Client, sessionId: string): void {
    client.sessions.delete(sessionId);
    owners.delete(sessionId);
  }

  /** To a client its browser session is the connection itself. */
  function asSeenBy({ root }: Client, { sessionId, ...message }: Message): Message {
    return sessionId === undefined || sessionId === root ? message : { ...message, sessionId };
  }

  function receive(client: Client, text: string): void {
    const message = parse(text);
    if (message?.id === undefined || typeof message.method !== 'string') return;
    const { id, method } = message;
    const sessionId = message.sessionId ?? client.root;
    const refuse = (error: Message['error']) =>
      client.to.send(JSON.stringify({ id, error, ...(message.sessionId ? { sessionId } : {}) }));
    if (!client.sessions.has(sessionId)) {
      refuse(noSession);
      return;
    }
    if (method === 'Browser.close') {
      client.to.send(JSON.stringify({ id, result: {} }));
      onClose();
      return;
    }
    const { params = {} } = message;
    ask({ method, params, sessionId }, (answer) => {
      const { result, error } = answer;
      // Attached by hand: its events are this client's from now on.
      if (method === 'Target.attachToTarget' && result) own(client, String(result.sessionId));
      const said = { id, ...(error ? { error } : { result: result ?? {} }) };
      client.to.send(JSON.stringify(asSeenBy(client, { ...said, sessionId })));
    });
  }

  function detach(client: Client): void {
    if (!clients.delete(client)) return;
    for (const sessionId of [...client.sessions]) disown(client, sessionId);
    const params = { sessionId: client.root };
    ask({ method: 'Target.detachFromTarget', params }, () => undefined);
  }

  return {
    toBrowser,
    fromBrowser,
    attach: (to) =>
      new Promise((resolve, reject) => {
        ask({ method: 'Target.attachToBrowserTarget', params: {} }, ({ result }) => {
          if (!result) return reject(new Error('the browser is gone'));
          const client: Client = { to, root: String(result.sessionId), sessions: new Set() };
          own(client, client.root);
          clients.add(client);
          resolve({ receive: (text) => receive(client, text), detach: () => detach(client) });
        });
      }),
  };
}

/** @param found the bytes of each message with the zero byte that ends it. */
function eachMessage(stream: Readable, found: (bytes: Buffer) => void): void {
  let parts: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let end = chunk.indexOf(0); end >= 0; end = chunk.indexOf(0, from)) {
      const last = chunk.subarray(from, end + 1);
      found(parts.length === 0 ? last : Buffer.concat([...parts, last]));
      parts = [];
      from = end + 1;
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  });
}

function parse(text: string): Message | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Message) : null;
  } catch {
    return null;
  }
}
