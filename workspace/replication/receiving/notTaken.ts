/** Why an envelope is not taken in: it cannot be believed, or something else has to come first. */

/** A part that cannot be believed; the envelope is refused and nothing of it is kept. */
export class UnbelievableError extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

/** What an envelope needs first. */
export class WaitingError extends Error {
  readonly wants: string;
  constructor(wants: string) {
    super('waits');
    this.wants = wants;
  }
}

/** @throws UnbelievableError when nothing could be decoded. */
export function readable<T>(decoded: T | null): T {
  if (decoded === null) throw new UnbelievableError('malformed');
  return decoded;
}

export const isUnreadable = (error: unknown): boolean =>
  error instanceof RangeError || error instanceof TypeError || error instanceof SyntaxError;
