/** What a device has around it, and what that really is: the system's clocks and timers, and sockets. */
import type { RelayClient, RelayEvent } from '../../sync-relay/client/relayClient.ts';
import { dialRelay } from '../../sync-relay/client/webSocketClient.ts';

/** Time and chance, so that the simulator can replay them. */
export interface Surroundings {
  /** @returns what takes the timer back. */
  setTimer(work: () => void, after: number): () => void;
  /** 0 (inclusive) to 1. */
  chance(): number;
  now(): number;
  /** Milliseconds that only go forward, whatever is done to the clock. */
  monotonic(): number;
  /** Lets everything else have its turn. */
  pause(): Promise<void>;
}

/** @throws ConnectionError when it can not be reached. */
export type Dial = (
  url: string,
  on: { readonly event: (event: RelayEvent) => void; readonly closed: () => void },
) => Promise<RelayClient>;

export const dial: Dial = (url, on) => dialRelay({ url, onEvent: on.event, onClosed: on.closed });

export const systemSurroundings: Surroundings = {
  setTimer(work, after) {
    const timer = setTimeout(work, after);
    return () => clearTimeout(timer);
  },
  chance: Math.random,
  now: Date.now,
  monotonic: () => performance.now(),
  pause: () => new Promise((resolve) => setImmediate(resolve)),
};
