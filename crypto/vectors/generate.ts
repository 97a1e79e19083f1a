/**
 * All files of vectors, made from counted randomness: the same at every run, byte for byte. A test
 * compares them with the files that are checked in, so that no format changes unnoticed;
 * `node crypto/testing/writeVectors.ts` writes them where it was meant to.
 */
import {
  envelopeVectors,
  paddedLengthVectors,
  paddingVectors,
  sealedBlobVectors,
  sealedStreamVectors,
} from './contentVectors.ts';
import {
  derivedKeyVectors,
  keyWrapVectors,
  passphraseKeyVectors,
  recoveryKeysVectors,
  recoveryWordsVectors,
} from './keyVectors.ts';
import {
  boxVectors,
  deviceCertificateVectors,
  deviceKeysetVectors,
  epochKeysVectors,
  epochVectors,
  signingKeyVectors,
  signingVectors,
} from './publicKeyVectors.ts';
import type { VectorFile } from './vectorFile.ts';

/** @returns the files by their name without `.json`. */
export async function makeVectors() {
  return {
    passphraseKey: passphraseKeyVectors(),
    derivedKey: derivedKeyVectors(),
    keyWrap: keyWrapVectors(),
    recoveryWords: recoveryWordsVectors(),
    recoveryKeys: recoveryKeysVectors(),
    paddedLength: paddedLengthVectors(),
    padding: paddingVectors(),
    sealedBlob: await sealedBlobVectors(),
    sealedStream: await sealedStreamVectors(),
    signingKey: signingKeyVectors(),
    signing: signingVectors(),
    box: boxVectors(),
    deviceKeyset: deviceKeysetVectors(),
    deviceCertificate: deviceCertificateVectors(),
    epoch: epochVectors(),
    epochKeys: epochKeysVectors(),
    envelope: envelopeVectors(),
  };
}

export type VectorName = keyof Awaited<ReturnType<typeof makeVectors>>;

/** @returns the text of a file; short lists on one line, as the formatter has them. */
export function vectorText(file: VectorFile): string {
  const lists = /^( *)(".*": )\[\n((?: +(?:"[^"]*"|\d+),?\n)+) *\](,?)$/gm;
  const text = JSON.stringify(file, null, 2).replace(lists, (list, indent, name, items, comma) => {
    const line = `${indent}${name}[${items.trim().replace(/,\n +/g, ', ')}]${comma}`;
    return line.length > 100 ? list : line;
  });
  return `${text}\n`;
}
