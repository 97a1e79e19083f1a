/** Who is at the other end of a connection to the host, as far as the host has to know. */
import type { Push } from '../ipc/contract.ts';

export interface Caller {
  /**
   * A window or an in-process command may act as soon as the vault is unlocked. A process that came in
   * over the local socket may act only after it has given the passphrase itself: an unlocked app is not
   * an open door for every program of the same user.
   */
  trusted: boolean;
  /** Until when, in milliseconds since 1970, its last proof that the person is there counts; 0 for none. */
  provenUntil: number;
  push(push: Push): void;
  /** The last sequence pushed of each run that it watches. */
  readonly watching: Map<string, number>;
}

export function createCaller(trusted: boolean, push: (push: Push) => void): Caller {
  return { trusted, provenUntil: 0, push, watching: new Map() };
}
