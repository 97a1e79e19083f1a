/** Vectors of what makes keys from something, wraps them and writes them down. */
import { concat, utf8 } from '../bytes.ts';
import { deriveKey } from '../derivedKey.ts';
import { toHex } from '../hex.ts';
import { wrapKey } from '../keyWrap.ts';
import { derivePassphraseKey, minimumKdf } from '../passphraseKey.ts';
import { openRecoveryKeys } from '../recoveryKeys.ts';
import { recoveryKeyToWords } from '../recoveryWords.ts';
import { counterRandom } from '../testing/counterRandom.ts';
import { flipBit, overwrite, wrapUnder } from '../testing/craft.ts';
import { bad, good, type VectorFile } from './vectorFile.ts';

export function passphraseKeyVectors(): VectorFile {
  const random = counterRandom('passphraseKey');
  const salt = random(16);
  const input = { passphrase: 'mật khẩu dài', salt: toHex(salt), memory: 64, passes: 3 };
  const key = derivePassphraseKey(input.passphrase, salt, minimumKdf);
  const decomposed = { ...input, passphrase: input.passphrase.normalize('NFD') };
  return {
    operation: 'Argon2id of the NFKC form of the passphrase; memory in mebibytes',
    described: ['passphraseKey.ts'],
    cases: [
      good('the least that is allowed', input, { key: toHex(key) }),
      good('the same typing in another normal form', decomposed, { key: toHex(key) }),
      bad('little memory', 'less than 64 MiB is weak', { ...input, memory: 63 }),
      bad('few passes', 'fewer than 3 passes are weak', { ...input, passes: 2 }),
      bad('much memory', 'more than 2 GiB denies service', { ...input, memory: 2_049 }),
      bad('many passes', 'more than 64 passes deny service', { ...input, passes: 65 }),
      bad('half a mebibyte', 'memory is a whole number', { ...input, memory: 64.5 }),
      bad('half a pass', 'passes is a whole number', { ...input, passes: 3.5 }),
      bad('short salt', 'a salt has 16 bytes', { ...input, salt: toHex(salt.subarray(1)) }),
    ],
  };
}

export function derivedKeyVectors(): VectorFile {
  const random = counterRandom('derivedKey');
  const parent = random(32);
  const one = (name: string, domain: string, ...context: Uint8Array[]) =>
    good(
      name,
      { parent: toHex(parent), domain, context: context.map(toHex) },
      { key: toHex(deriveKey(parent, domain, ...context)) },
    );
  const domain = 'warren/example/v1';
  return {
    operation: 'BLAKE2b-256 keyed with the parent over the length-prefixed domain and context',
    described: ['derivedKey.ts', 'bytes.ts (encodeParts)'],
    cases: [
      one('no context', domain),
      one('an empty context differs from none', domain, new Uint8Array()),
      one('one context', domain, utf8('ab')),
      one('the same bytes in two parts differ', domain, utf8('a'), utf8('b')),
      one('a domain beyond ASCII', 'warren/thí dụ/v1', random(40)),
      bad('short parent', 'a parent has 32 bytes', {
        parent: toHex(parent.subarray(1)),
        domain,
        context: [],
      }),
      bad('long parent', 'a parent has 32 bytes', {
        parent: toHex(concat(parent, parent)),
        domain,
        context: [],
      }),
    ],
  };
}

export function keyWrapVectors(): VectorFile {
  const random = counterRandom('keyWrap');
  const [by, other, key, context] = [random(32), random(32), random(32), utf8('header')];
  const wrapped = wrapKey(by, key, context, random);
  const head = wrapped.subarray(0, 57);
  const otherHead = concat(head.subarray(0, 25), deriveKey(other, 'warren/commitment/v1'));
  const input = (it: Uint8Array, wrappingKey = by, about = context) => ({
    wrappingKey: toHex(wrappingKey),
    context: toHex(about),
    wrapped: toHex(it),
  });
  const longKey = random(64);
  const long = wrapKey(by, longKey, new Uint8Array(), random);
  const secondVersion = wrapUnder(by, overwrite(head, 0, 2), context, key);
  return {
    operation: 'open a wrapped key',
    described: ['keyWrap.ts'],
    cases: [
      good('32 bytes', input(wrapped), { key: toHex(key) }),
      good('one byte', input(wrapUnder(by, head, context, Uint8Array.of(7))), { key: '07' }),
      good('64 bytes, empty context', input(long, by, new Uint8Array()), {
        key: toHex(longKey),
      }),
      bad('another version', 'only version 1 is known', input(secondVersion)),
      bad('nothing inside', 'a key is not empty', input(wrapUnder(by, head, context, utf8('')))),
      bad('another commitment', 'it commits to another key than the one it is encrypted under', {
        ...input(wrapUnder(by, otherHead, context, key), by),
      }),
      bad(
        'another key, rightly committed',
        'it is encrypted under another key than it commits to',
        {
          ...input(wrapUnder(by, otherHead, context, key), other),
        },
      ),
      bad('another wrapping key', 'it was wrapped under another key', input(wrapped, other)),
      bad('another context', 'it is bound to its context', input(wrapped, by, utf8('Header'))),
      bad('a changed nonce', 'any bit counts', input(flipBit(wrapped, 8))),
      bad('a changed commitment', 'any bit counts', input(flipBit(wrapped, 25 * 8))),
      bad('a changed ciphertext', 'any bit counts', input(flipBit(wrapped, 57 * 8))),
      bad('a changed tag', 'any bit counts', input(flipBit(wrapped, wrapped.length * 8 - 1))),
      bad('cut short', 'the tag is not whole', input(wrapped.subarray(0, -1))),
      bad('only a head', 'there is no ciphertext', input(head)),
      bad('empty', 'there is no head', input(new Uint8Array())),
    ],
  };
}

export function recoveryWordsVectors(): VectorFile {
  const key = counterRandom('recoveryWords')(32);
  const words = recoveryKeyToWords(key);
  const numbered = words.map((word, at) => `${at + 1}. ${word.toUpperCase()}`).join('\n');
  const zeros = recoveryKeyToWords(new Uint8Array(32));
  const swapped = [words[1], words[0], ...words.slice(2)];
  return {
    operation: 'read a recovery key from what somebody typed',
    described: ['recoveryWords.ts', 'BIP-39, English list'],
    cases: [
      good('as written', { typed: words.join(' ') }, { key: toHex(key) }),
      good('numbered, in capitals, in lines', { typed: numbered }, { key: toHex(key) }),
      good('all zeros', { typed: zeros.join(' ') }, { key: '00'.repeat(32) }),
      bad('two words swapped', 'the checksum differs', { typed: swapped.join(' ') }),
      bad('a word missing', 'a key has 24 words', { typed: words.slice(1).join(' ') }),
      bad('a shorter key', 'twelve words are a key of 128 bits, rightly checksummed', {
        typed: `${'abandon '.repeat(11)}about`,
      }),
      bad('a word too many', 'a key has 24 words', { typed: [...words, 'zoo'].join(' ') }),
      bad('an unknown word', 'it is not in the list', {
        typed: ['warren', ...words.slice(1)].join(' '),
      }),
      bad('nothing', 'a key has 24 words', { typed: '' }),
    ],
  };
}

export function recoveryKeysVectors(): VectorFile {
  const key = counterRandom('recoveryKeys')(32);
  const { box, signer } = openRecoveryKeys(key);
  const output = { box: toHex(box.publicKey), signing: toHex(signer.publicKey) };
  return {
    operation: 'derive the public keys of a recovery key',
    described: ['recoveryKeys.ts'],
    cases: [
      good('both keys', { recoveryKey: toHex(key) }, output),
      bad('short', 'a recovery key has 32 bytes', { recoveryKey: toHex(key.subarray(1)) }),
    ],
  };
}
