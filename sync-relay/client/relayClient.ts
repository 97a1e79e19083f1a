/** A client of a relay, over any transport: requests with answers, and what the relay tells unasked. */
import type { Signer } from '../../crypto/signing.ts';
import { decodeFrame, encodeFrame } from '../protocol/frame.ts';
import { protocolVersion } from '../protocol/limits.ts';
import {
  type Answers,
  answerSchemas,
  type Events,
  errorSchema,
  eventSchemas,
  RelayError,
  type RequestName,
  type Requests,
} from '../protocol/messages.ts';
import { provesIdentity, signOpen, signRotate } from '../protocol/proofs.ts';

export interface ClientTransport {
  send(frame: Uint8Array): void;
  close(): void;
}

export type RelayEvent = {
  [Name in Exclude<keyof Events, 'hello'>]: { readonly name: Name; readonly body: Events[Name] };
}[Exclude<keyof Events, 'hello'>];

/** What keeps a client from a relay: it can not be reached, or is not what was dialed. */
export class ConnectionError extends Error {
  readonly code:
    | 'unreachable'
    | 'closed'
    | 'wrongName'
    | 'wrongDevice'
    | 'unknownVersion'
    | 'badFrame'
    | 'timeout';
  constructor(code: ConnectionError['code']) {
    super(`the relay can not be used: ${code}`);
    this.code = code;
  }
}

export interface RelayClient {
  /** 16 bytes: another one means that cursors of before are to be checked. */
  readonly incarnation: Uint8Array;
  /** Proves the channel's key. @throws RelayError `rotated` with what followed, `unknownChannel`, … */
  open(channel: Uint8Array, signer: Signer, create: boolean): Promise<Answers['open']>;
  rotate(
    channel: Uint8Array,
    signer: Signer,
    next: Uint8Array,
    notice: Uint8Array,
  ): Promise<Answers['rotate']>;
  /**
   * Whether the other end holds the secret half of a key, in a channel that is open.
   *
   * @param nonce 32 random bytes.
   * @throws RelayError `noIdentity` when it has no key at all, as relays do.
   */
  identifies(channel: Uint8Array, key: Uint8Array, nonce: Uint8Array): Promise<boolean>;
  /** @throws RelayError as the relay refuses; ConnectionError when the connection ends before. */
  ask<Name extends Exclude<RequestName, 'open' | 'rotate' | 'identify'>>(
    name: Name,
    body: Requests[Name],
  ): Promise<Answers[Name]>;
  close(): void;
}

export interface ClientOptions {
  /** What the relay must call itself: the host and port that were dialed. */
  readonly name: string;
  readonly onEvent: (event: RelayEvent) => void;
  readonly onClosed: () => void;
  /** Milliseconds that an answer may take. */
  readonly patience?: number;
  readonly setTimer?: (work: () => void, after: number) => () => void;
}

/** What a transport hands to the client. */
export interface ClientEnd {
  receive(frame: Uint8Array): void;
  closed(): void;
  /** Resolves after the relay said hello. */
  readonly ready: Promise<RelayClient>;
}

const defaultPatience = 20_000;

const withTimeout = (work: () => void, after: number): (() => void) => {
  const timer = setTimeout(work, after);
  return () => clearTimeout(timer);
};

interface Waiting {
  readonly name: RequestName;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
  readonly stopTimer: () => void;
}

export function createRelayClient(transport: ClientTransport, options: ClientOptions): ClientEnd {
  const { onEvent, patience = defaultPatience, setTimer = withTimeout } = options;
  const waiting = new Map<number, Waiting>();
  let number = 0;
  let ended = false;
  let settleReady: { resolve(client: RelayClient): void; reject(error: Error): void };
  const ready = new Promise<RelayClient>((resolve, reject) => {
    settleReady = { resolve, reject };
  });
  ready.catch(() => undefined);
  const stopHelloTimer = setTimer(() => end(new ConnectionError('timeout')), patience);

  function end(error: ConnectionError): void {
    if (ended) return;
    ended = true;
    stopHelloTimer();
    settleReady.reject(error);
    for (const { reject, stopTimer } of waiting.values()) {
      stopTimer();
      reject(error);
    }
    waiting.clear();
    transport.close();
    options.onClosed();
  }

  function request<Name extends RequestName>(
    name: Name,
    body: Requests[Name],
  ): Promise<Answers[Name]> {
    if (ended) return Promise.reject(new ConnectionError('closed'));
    number = (number % (2 ** 32 - 1)) + 1;
    const mine = number;
    return new Promise((resolve, reject) => {
      const stopTimer = setTimer(() => end(new ConnectionError('timeout')), patience);
      waiting.set(mine, { name, resolve: resolve as (answer: never) => void, reject, stopTimer });
      transport.send(encodeFrame(name, mine, body));
    });
  }

  function hello(body: unknown): void {
    const parsed = eventSchemas.hello.safeParse(body);
    if (!parsed.success) end(new ConnectionError('badFrame'));
    else if (parsed.data.version !== protocolVersion) end(new ConnectionError('unknownVersion'));
    // Signing for another name would let this relay use the proof there.
    else if (parsed.data.name !== options.name) end(new ConnectionError('wrongName'));
    else welcomed(parsed.data);
  }

  function welcomed({ name, incarnation, challenge }: Events['hello']): void {
    stopHelloTimer();
    settleReady.resolve({
      incarnation: incarnation.slice(),
      open: (channel, signer, create) =>
        request('open', {
          channel,
          key: signer.publicKey,
          signature: signOpen(signer, { relay: name, challenge, channel }),
          create,
        }),
      rotate: (channel, signer, next, notice) =>
        request('rotate', {
          channel,
          key: signer.publicKey,
          next,
          notice,
          signature: signRotate(signer, { relay: name, channel, next, notice }),
        }),
      async identifies(channel, key, nonce) {
        const { signature } = await request('identify', { channel, nonce });
        return provesIdentity(key, { relay: name, challenge, channel, nonce }, signature);
      },
      ask: request,
      close: () => end(new ConnectionError('closed')),
    });
  }

  function answered(number: number, name: 'ok' | 'error', body: unknown): void {
    const found = waiting.get(number);
    if (!found) return;
    waiting.delete(number);
    found.stopTimer();
    const answer = name === 'ok' ? answerSchemas[found.name].safeParse(body) : null;
    const refusal = name === 'error' ? errorSchema.safeParse(body) : null;
    if (answer?.success) found.resolve(answer.data as never);
    else if (refusal?.success) found.reject(new RelayError(refusal.data));
    else {
      found.reject(new ConnectionError('badFrame'));
      end(new ConnectionError('badFrame'));
    }
  }

  function told(name: string, body: unknown): void {
    const event = name as RelayEvent['name'];
    const parsed = eventSchemas[event].safeParse(body);
    if (parsed.success) onEvent({ name: event, body: parsed.data } as RelayEvent);
    else end(new ConnectionError('badFrame'));
  }

  return {
    ready,
    receive(bytes) {
      if (ended) return;
      const frame = decodeFrame(bytes);
      if (!frame) end(new ConnectionError('badFrame'));
      else if (frame.name === 'ok' || frame.name === 'error') {
        answered(frame.number, frame.name, frame.body);
      } else if (frame.name === 'hello') hello(frame.body);
      // An event that this version does not know is none of its business.
      else if (Object.hasOwn(eventSchemas, frame.name)) told(frame.name, frame.body);
    },
    closed: () => end(new ConnectionError('closed')),
  };
}
