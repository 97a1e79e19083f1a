/** The surroundings that a device really has: the system's clocks and timers, and sockets. */
import { dialRelay } from '../../sync-relay/client/webSocketClient.ts';
import type { Dial, Surroundings } from './relayLink.ts';

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
