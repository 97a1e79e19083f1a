/**
 * Passphrase to key: Argon2id (RFC 9106, version 0x13, one lane) through libsodium `crypto_pwhash`.
 * The key wraps other keys; nothing is encrypted under it directly.
 */
import { requireBytes } from './bytes.ts';
import { keyBytes } from './derivedKey.ts';
import { sodium } from './sodium.ts';

/** Cost of a derivation; stored beside the salt and authenticated by what the key wraps. */
export interface KdfParameters {
  readonly algorithm: 'argon2id';
  /** Mebibytes of memory. */
  readonly memory: number;
  /** Passes over that memory. */
  readonly passes: number;
}

export const saltBytes = 16;

/** Outside these, a header is refused: below is weak, above is a denial of service. */
export const kdfBounds = {
  memory: { min: 64, max: 2_048 },
  passes: { min: 3, max: 64 },
} as const;

export const minimumKdf: KdfParameters = { algorithm: 'argon2id', memory: 64, passes: 3 };

/** @returns whether the parameters are whole numbers inside {@link kdfBounds}. */
export function kdfAllowed(parameters: KdfParameters): boolean {
  const { memory, passes } = parameters;
  return (
    parameters.algorithm === 'argon2id' &&
    Number.isInteger(memory) &&
    Number.isInteger(passes) &&
    memory >= kdfBounds.memory.min &&
    memory <= kdfBounds.memory.max &&
    passes >= kdfBounds.passes.min &&
    passes <= kdfBounds.passes.max
  );
}

/**
 * @param passphrase any Unicode; normalized (NFKC) so that the same typing gives the same bytes on
 *   every system.
 * @param salt 16 bytes.
 * @returns 32 bytes. Takes the memory and time that `parameters` ask for, blocking its thread.
 * @throws RangeError when the parameters are out of bounds.
 */
export function derivePassphraseKey(
  passphrase: string,
  salt: Uint8Array,
  parameters: KdfParameters,
): Uint8Array {
  requireBytes('salt', salt, saltBytes);
  if (!kdfAllowed(parameters)) throw new RangeError('key derivation parameters are out of bounds');
  return sodium.crypto_pwhash(
    keyBytes,
    passphrase.normalize('NFKC'),
    salt,
    parameters.passes,
    // One mebibyte short of 2 GiB is what a 32-bit WebAssembly memory can still address.
    Math.min(parameters.memory * 1024 * 1024, 0x7fffffff),
    sodium.crypto_pwhash_ALG_ARGON2ID13,
  );
}

/** Memory steps tried by {@link chooseKdf}, in mebibytes. */
const memorySteps = [1_024, 512, 256, 128, 64] as const;

/**
 * Chooses parameters that take about `target` milliseconds: most memory first, then passes.
 *
 * @param costOfMinimum measured milliseconds of one derivation with {@link minimumKdf}.
 * @param target milliseconds; a derivation is meant to take between 0.5 and 1 second.
 * @returns parameters never below {@link minimumKdf}, however slow the machine is.
 */
export function chooseKdf(costOfMinimum: number, target = 900): KdfParameters {
  const perUnit = costOfMinimum / (minimumKdf.memory * minimumKdf.passes);
  const budget = target / perUnit;
  const memory =
    memorySteps.find((step) => step * minimumKdf.passes <= budget) ?? minimumKdf.memory;
  const passes = Math.floor(budget / memory);
  return {
    algorithm: 'argon2id',
    memory,
    passes: Math.min(Math.max(passes, minimumKdf.passes), 8),
  };
}
