/**
 * A 256-bit recovery key as 24 words. Source: BIP-39 (English list, 8 bits of checksum); only its
 * encoding is used, not its derivation of wallet seeds.
 */
import { entropyToMnemonic, mnemonicToEntropy } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { requireBytes } from './bytes.ts';
import { keyBytes } from './derivedKey.ts';

export const recoveryWordCount = 24;

export function recoveryKeyToWords(key: Uint8Array): string[] {
  requireBytes('key', key, keyBytes);
  return entropyToMnemonic(key, wordlist).split(' ');
}

/**
 * Forgiving about case, spacing and numbering, strict about words and checksum.
 *
 * @returns 32 bytes, or null when the text is not 24 words of the list with a right checksum.
 */
export function wordsToRecoveryKey(text: string): Uint8Array | null {
  const words =
    text
      .normalize('NFKD')
      .toLowerCase()
      .match(/[a-z]+/g) ?? [];
  if (words.length !== recoveryWordCount) return null;
  try {
    return mnemonicToEntropy(words.join(' '), wordlist);
  } catch {
    return null;
  }
}
