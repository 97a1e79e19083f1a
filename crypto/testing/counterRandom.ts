/** Randomness that is the same at every run: block n is BLAKE2b-256 of the label and n. */
import { concat, uint, utf8 } from '../bytes.ts';
import { digest } from '../digest.ts';
import type { RandomBytes } from '../random.ts';

export function counterRandom(label: string): RandomBytes {
  let count = 0;
  const block = () => digest(32, 'warren/test-stream/v1', utf8(label), uint('count', count++, 8));
  return (length) => {
    const blocks = Array.from({ length: Math.ceil(length / 32) }, block);
    return concat(...blocks).slice(0, length);
  };
}
