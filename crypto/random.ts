/** Randomness as a dependency, so that tests and the simulator can replay it. */
import { randomFillSync } from 'node:crypto';
import { sodium } from './sodium.ts';

/** @returns `length` fresh bytes. */
export type RandomBytes = (length: number) => Uint8Array;

/** The operating system's generator, through libsodium. */
export const systemRandom: RandomBytes = (length) => sodium.randombytes_buf(length);

/** The same generator through Node, which fills much at once far faster. */
const filledByNode: RandomBytes = (length) => randomFillSync(new Uint8Array(length));

const poolBytes = 16_384;

/**
 * For hot paths: asks for 16 KiB at a time, since asking for each nonce costs far more than sealing does.
 * Each byte is given out once and wiped from the pool, so no later reader of this memory finds it.
 *
 * @param source where the pool is filled from.
 * @throws RangeError when asked for a length that is not a whole number.
 */
export function pooledRandom(source: RandomBytes = filledByNode): RandomBytes {
  let pool: Uint8Array = new Uint8Array();
  let at = 0;
  return (length) => {
    if (!Number.isSafeInteger(length) || length < 0) {
      throw new RangeError('length must be a whole number');
    }
    if (length > poolBytes) return source(length);
    if (at + length > pool.length) {
      pool.fill(0);
      pool = source(poolBytes);
      at = 0;
    }
    const given = pool.slice(at, at + length);
    pool.fill(0, at, at + length);
    at += length;
    return given;
  };
}
