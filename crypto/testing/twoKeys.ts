/**
 * The attack that key commitments are there for: a ciphertext that XChaCha20-Poly1305 opens under two
 * keys at once. Its tag is a polynomial of the ciphertext's blocks, so for two known keys one block can be
 * solved for such that both tags are equal (Len, Grubbs, Ristenpart 2021, section 3).
 */
import { xchacha20 } from '@noble/ciphers/chacha.js';

const prime = (1n << 130n) - 5n;
const block = 1n << 128n;

interface OneTimeKey {
  readonly r: bigint;
  readonly s: bigint;
}

/**
 * @param blocks how many blocks of 16 bytes the ciphertext has, 2 or more.
 * @returns them and a tag that decrypt, to something, under either key.
 */
export function openUnderBoth(
  keys: readonly [Uint8Array, Uint8Array],
  nonce: Uint8Array,
  associated: Uint8Array,
  blocks = 2,
): Uint8Array {
  const first = oneTimeKey(keys[0], nonce);
  const second = oneTimeKey(keys[1], nonce);
  for (let varied = 0n; ; varied++) {
    const ciphertextWith = (free: bigint) => [
      ...Array.from({ length: blocks - 1 }, () => varied),
      free,
    ];
    const authenticated = (free: bigint) => message(associated, ciphertextWith(free));
    const solved = solve(first, second, authenticated);
    if (solved === null) continue;
    const tag = poly1305(first, authenticated(solved));
    return Buffer.concat([...ciphertextWith(solved), tag].map(little));
  }
}

/** RFC 8439 section 2.6: the first bytes of the key stream are the key of the tag. */
function oneTimeKey(key: Uint8Array, nonce: Uint8Array): OneTimeKey {
  const stream = xchacha20(key, nonce, new Uint8Array(32));
  const clamp = 0x0ffffffc0ffffffc0ffffffc0fffffffn;
  return { r: number(stream.subarray(0, 16)) & clamp, s: number(stream.subarray(16)) };
}

/** RFC 8439 section 2.8: what the tag is of, as blocks, each with the bit above it. */
function message(associated: Uint8Array, ciphertext: readonly bigint[]): bigint[] {
  const blocks: bigint[] = [];
  for (let at = 0; at < associated.length; at += 16) {
    blocks.push(block + number(associated.subarray(at, at + 16)));
  }
  const lengths = BigInt(associated.length) + (BigInt(16 * ciphertext.length) << 64n);
  return [...blocks, ...[...ciphertext, lengths].map((value) => block + value)];
}

function accumulate({ r }: OneTimeKey, blocks: readonly bigint[]): bigint {
  return blocks.reduce((sum, value) => ((sum + value) * r) % prime, 0n);
}

function poly1305(key: OneTimeKey, blocks: readonly bigint[]): bigint {
  return (accumulate(key, blocks) + key.s) % block;
}

/** The last block of the ciphertext counts with r squared; carries beyond 2^128 are tried out. */
function solve(
  first: OneTimeKey,
  second: OneTimeKey,
  blocksWith: (free: bigint) => bigint[],
): bigint | null {
  const without = accumulate(second, blocksWith(0n)) - accumulate(first, blocksWith(0n));
  const slope = modulo(first.r ** 2n - second.r ** 2n);
  for (let carry = -4n; carry <= 4n; carry++) {
    const wanted = modulo(without + second.s - first.s + carry * block);
    const free = (wanted * inverse(slope)) % prime;
    const [one, other] = [first, second].map((key) => poly1305(key, blocksWith(free)));
    if (free < block && one === other) return free;
  }
  return null;
}

const modulo = (value: bigint): bigint => ((value % prime) + prime) % prime;

/** Fermat: value ^ (prime - 2). */
function inverse(value: bigint): bigint {
  let result = 1n;
  let power = value;
  for (let exponent = prime - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * power) % prime;
    power = (power * power) % prime;
  }
  return result;
}

const number = (bytes: Uint8Array): bigint =>
  BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`);

const little = (value: bigint): Buffer =>
  Buffer.from(value.toString(16).padStart(32, '0'), 'hex').reverse();
