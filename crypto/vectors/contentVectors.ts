/** Vectors of padding, blobs and envelopes. */
import { type Attestation, encodeAttestation } from '../attestation.ts';
import { concat, encodeParts, uint, utf8 } from '../bytes.ts';
import { deriveKey } from '../derivedKey.ts';
import { openDeviceKeyset } from '../deviceKeyset.ts';
import { hash } from '../digest.ts';
import { sealEnvelope } from '../envelope.ts';
import { blindedTag, createEpoch, epochTag } from '../epoch.ts';
import { toHex } from '../hex.ts';
import { pad, padmeLength } from '../padding.ts';
import type { RandomBytes } from '../random.ts';
import { createSigner } from '../signing.ts';
import { counterRandom } from '../testing/counterRandom.ts';
import { blobOf, envelopeOf, flipBit, overwrite, padAs } from '../testing/craft.ts';
import { modules } from '../testing/modules.ts';
import { openersOf } from '../testing/ours.ts';
import { bad, good, type VectorCase, type VectorFile } from './vectorFile.ts';

export function paddedLengthVectors(): VectorFile {
  const lengths = [0, 1, 255, 256, 257, 264, 265, 511, 512, 513, 1_000, 65_535, 65_537, 1_000_001];
  const one = (length: number) =>
    good(`${length} bytes`, { length }, { padded: padmeLength(length) });
  return {
    operation: 'the Padmé length, at least 256',
    described: ['padding.ts'],
    cases: [
      ...lengths.map(one),
      one(2 ** 40 + 1),
      bad('below zero', 'a length is 0 or more', { length: -1 }),
      bad('half a byte', 'a length is a whole number', { length: 0.5 }),
      bad('beyond 2^53', 'a double does not hold it exactly', { length: 2 ** 53 }),
    ],
  };
}

export function paddingVectors(): VectorFile {
  const content = counterRandom('padding')(300);
  const one = (name: string, length: number) => {
    const it = content.subarray(0, length);
    return good(name, { padded: toHex(pad(it)) }, { content: toHex(it) });
  };
  const input = (padded: Uint8Array) => ({ padded: toHex(padded) });
  const short = content.subarray(0, 10);
  return {
    operation: 'take the content out of its padded form',
    described: ['padding.ts'],
    cases: [
      one('nothing', 0),
      one('a few bytes', 10),
      one('exactly the smallest', 252),
      one('one more', 253),
      one('300 bytes', 300),
      bad('a last byte that is not zero', 'padding is zeros', input(overwrite(pad(short), 255, 1))),
      bad('a first byte that is not zero', 'padding is zeros', input(padAs(9, short))),
      bad('all of it not zero', 'padding is zeros', input(padAs(10, short, 255))),
      bad('longer than it says', 'the padded length is the one of the content', {
        padded: toHex(concat(pad(short), new Uint8Array(8))),
      }),
      bad('not padded', 'the padded length is the one of the content', {
        padded: toHex(concat(uint('length', 10, 4), short)),
      }),
      bad('a length beyond the end', 'the content is not whole', input(padAs(253, short))),
      bad('the largest length', 'the content is not whole', input(padAs(2 ** 32 - 1, short))),
      bad('three bytes', 'there is no length', input(new Uint8Array(3))),
      bad('empty', 'there is no length', input(new Uint8Array())),
    ],
  };
}

export async function sealedBlobVectors(): Promise<VectorFile> {
  const random = counterRandom('sealedBlob');
  const [root, salt] = [random(32), random(32)];
  const open = openersOf(modules).sealedBlob;
  const header = concat(utf8('WRNB'), Uint8Array.of(1), salt);
  const plainOf = (length: number, content: string) =>
    concat(uint('length', length, 8), utf8(content), new Uint8Array(248 - content.length));
  const small = (head: Uint8Array, plain: Uint8Array) => ({
    root: toHex(root),
    sealed: toHex(blobOf(root, head, plain)),
  });
  const hello = blobOf(root, header, plainOf(5, 'hello'));
  const altered = (sealed: Uint8Array, by = root) => ({ root: toHex(by), sealed: toHex(sealed) });
  const chunks = (contentLength: number, ...order: number[]) => ({
    root: toHex(root),
    salt: toHex(salt),
    contentLength,
    order,
  });
  const accepted = async (name: string, input: Parameters<typeof open>[0]): Promise<VectorCase> => {
    const output = await open(input);
    if (!output) throw new Error(`${name} was refused`);
    return good(name, input, output);
  };
  const two = 100_000;
  return {
    operation: 'open a sealed blob; hashes are BLAKE2b-256',
    described: ['blobChunks.ts', 'sealedBlob.ts'],
    cases: [
      await accepted('five bytes', altered(hello)),
      await accepted('nothing', chunks(0, 0)),
      await accepted('filling its chunk to the last byte', chunks(65_528, 0)),
      await accepted('two chunks', chunks(two, 0, 1)),
      await accepted('three chunks', chunks(150_000, 0, 1, 2)),
      bad('another magic', 'it is no blob', small(overwrite(header, 0, 119), plainOf(5, 'hello'))),
      bad(
        'another version',
        'only version 1 is known',
        small(overwrite(header, 4, 2), plainOf(5, 'hello')),
      ),
      bad(
        'a length beyond the end',
        'the content is not whole',
        small(header, plainOf(249, 'hello')),
      ),
      bad(
        'a length beyond 2^53',
        'a double does not hold it exactly',
        small(header, overwrite(plainOf(5, 'hello'), 1, 32)),
      ),
      bad('no length', 'the first chunk begins with 8 bytes', small(header, utf8('1234567'))),
      bad('an empty chunk', 'the first chunk begins with 8 bytes', small(header, utf8(''))),
      bad('only a header', 'a blob has a chunk', altered(header)),
      bad('half a header', 'the header is not whole', altered(header.subarray(0, 20))),
      bad('empty', 'there is no header', altered(new Uint8Array())),
      bad('another root', 'it was sealed under another key', altered(hello, random(32))),
      bad('a changed salt', 'any bit counts', altered(flipBit(hello, 5 * 8))),
      bad('a changed ciphertext', 'any bit counts', altered(flipBit(hello, 37 * 8))),
      bad('a changed tag', 'any bit counts', altered(flipBit(hello, hello.length * 8 - 1))),
      bad('a byte too many', 'any bit counts', altered(concat(hello, Uint8Array.of(0)))),
      bad('a byte too few', 'any bit counts', altered(hello.subarray(0, -1))),
      bad('chunks swapped', 'chunks are numbered', chunks(150_000, 1, 0, 2)),
      bad('the last chunk missing', 'the last one is marked', chunks(two, 0)),
      bad('the first chunk missing', 'chunks are numbered', chunks(two, 1)),
      bad('a chunk doubled', 'chunks are numbered', chunks(two, 0, 0, 1)),
      bad('the last chunk doubled', 'only the last one is marked', chunks(two, 0, 1, 1)),
    ],
  };
}

export async function sealedStreamVectors(): Promise<VectorFile> {
  const random = counterRandom('sealedStream');
  const [root, salt] = [random(32), random(32)];
  const open = openersOf(modules).sealedStream;
  const header = concat(utf8('WRNB'), Uint8Array.of(1), salt);
  const small = (content: string, by = deriveKey(root, 'warren/stream/v1'), head = header) => ({
    root: toHex(root),
    sealed: toHex(blobOf(by, head, utf8(content))),
  });
  const chunks = (contentLength: number, ...order: number[]) => ({
    root: toHex(root),
    salt: toHex(salt),
    contentLength,
    order,
  });
  const accepted = async (name: string, input: Parameters<typeof open>[0]): Promise<VectorCase> => {
    const output = await open(input);
    if (!output) throw new Error(`${name} was refused`);
    return good(name, input, output);
  };
  return {
    operation: 'open a sealed stream; hashes are BLAKE2b-256',
    described: ['blobChunks.ts', 'sealedStream.ts'],
    cases: [
      await accepted('five bytes', small('hello')),
      await accepted('nothing', small('')),
      await accepted('filling its chunk to the last byte', chunks(65_536, 0)),
      await accepted('two chunks', chunks(65_537, 0, 1)),
      bad('a blob', 'the key of a stream is another', small('hello', root)),
      bad(
        'another version',
        'only version 1 is known',
        small('hello', undefined, overwrite(header, 4, 2)),
      ),
      bad('the last chunk missing', 'the last one is marked', chunks(65_537, 0)),
      bad('only a header', 'a stream has a chunk', chunks(65_537)),
    ],
  };
}

function attestationOf(random: RandomBytes, device: string): Attestation {
  return {
    device,
    deviceSequence: 7,
    previous: random(32),
    membershipHeads: [random(32), random(32)],
    actorNonce: random(16),
    sequenceFrom: 3,
    sequenceTo: 9,
    lastChange: random(32),
    seenDigest: random(32),
  };
}

export function envelopeVectors(): VectorFile {
  const random = counterRandom('envelope');
  const device = openDeviceKeyset({ signingSeed: random(32), boxSeed: random(32) });
  const [epoch, otherEpoch] = [createEpoch(random, []), createEpoch(random, [])];
  const [channel, otherChannel] = [random(16), random(16)];
  const documentTag = blindedTag(epoch.key, random(16));
  const attestation = attestationOf(random, device.id);
  const content = {
    kind: 1,
    channel,
    documentTag,
    epochTag: epochTag(epoch.id),
    epochKey: epoch.key,
    attestation,
    body: utf8('a change'),
    signer: device.signer,
    random,
  };
  const known = {
    channel: toHex(channel),
    epochs: {
      [toHex(epochTag(epoch.id))]: toHex(epoch.key),
      [toHex(epochTag(otherEpoch.id))]: toHex(otherEpoch.key),
    },
    devices: { [device.id]: toHex(device.publicKeys.signing) },
  };
  const input = (envelope: Uint8Array, over: Partial<typeof known> = {}) => ({
    ...known,
    ...over,
    envelope: toHex(envelope),
  });
  const ours = openersOf(modules).envelope;
  const opens = (name: string, envelope: Uint8Array): VectorCase => {
    const output = ours(input(envelope));
    if ('refused' in output) throw new Error(`${name} was refused: ${output.refused}`);
    return good(name, input(envelope), output);
  };
  const refuses = (name: string, refused: string, reason: string, it: ReturnType<typeof input>) =>
    bad(name, reason, it, { refused });
  const envelope = sealEnvelope(content);
  const header = envelope.subarray(0, 106);
  const commitment = (key: Uint8Array, ...place: Uint8Array[]) =>
    deriveKey(key, 'warren/envelope-commitment/v1', ...place);
  const signedAs = (
    stated: Uint8Array,
    over: { head?: Uint8Array; body?: string; by?: typeof device.signer; in?: string } = {},
  ) => {
    const body = utf8(over.body ?? 'a change');
    const message = encodeParts(over.head ?? header, stated, hash(body));
    const signature = (over.by ?? device.signer).sign(over.in ?? 'warren/envelope/v1', message);
    return concat(uint('length', stated.length, 2), stated, signature, utf8('a change'));
  };
  const crafted = (plain: Uint8Array, head = header, key = epoch.key) =>
    input(envelopeOf(key, head, pad(plain)));
  const stated = encodeAttestation(attestation);
  const changed = (at: number, ...values: number[]) => signedAs(overwrite(stated, at, ...values));
  const heads = stated.subarray(145);
  const manyHeads = Array.from({ length: 65 }, (_, at) => uint('head', at + 1, 8)).map((end) =>
    concat(new Uint8Array(24), end),
  );
  const swappedHeads = concat(heads.subarray(32), heads.subarray(0, 32));
  const otherTag = overwrite(header, 34, ...epochTag(otherEpoch.id));
  const otherDocument = overwrite(header, 18, ...random(16));
  const otherKeys = overwrite(header, 74, ...commitment(otherEpoch.key, channel, documentTag));
  const right = signedAs(stated);
  const stranger = createSigner(random(32));
  return {
    operation: 'open an envelope',
    described: ['envelope.ts', 'outerHeader.ts', 'attestation.ts', 'padding.ts', 'signing.ts'],
    cases: [
      opens('a change', envelope),
      opens('made by hand', envelopeOf(epoch.key, header, pad(right))),
      opens(
        "a batch in an epoch's channel, a device's first, no heads",
        sealEnvelope({
          ...content,
          kind: 255,
          documentTag: new Uint8Array(16),
          body: random(600),
          attestation: {
            ...attestation,
            deviceSequence: 0,
            previous: new Uint8Array(32),
            membershipHeads: [],
            sequenceFrom: 0,
            sequenceTo: 0,
          },
        }),
      ),
      opens(
        'numbers and heads at their largest, no body',
        sealEnvelope({
          ...content,
          body: new Uint8Array(),
          attestation: {
            ...attestation,
            deviceSequence: 2 ** 53 - 1,
            sequenceFrom: 2 ** 32 - 1,
            sequenceTo: 2 ** 32 - 1,
            membershipHeads: manyHeads.slice(1),
          },
        }),
      ),
      refuses(
        'another version',
        'unknownVersion',
        'only version 1 is known',
        crafted(signedAs(stated, { head: overwrite(header, 0, 2) }), overwrite(header, 0, 2)),
      ),
      refuses(
        'kind 0',
        'malformed',
        'kinds are 1 to 255',
        crafted(signedAs(stated, { head: overwrite(header, 1, 0) }), overwrite(header, 1, 0)),
      ),
      refuses('too short', 'malformed', 'no padded content fits', input(envelope.subarray(0, 377))),
      refuses('only a header', 'malformed', 'no padded content fits', input(header)),
      refuses('empty', 'malformed', 'there is no version', input(new Uint8Array())),
      refuses(
        'found in another channel',
        'wrongChannel',
        'it says which channel it is for',
        input(envelope, { channel: toHex(otherChannel) }),
      ),
      refuses(
        'moved to another channel',
        'wrongKey',
        'the key is of this channel',
        input(overwrite(envelope, 2, ...otherChannel), { channel: toHex(otherChannel) }),
      ),
      refuses(
        'moved to another document',
        'wrongKey',
        'the key is of this document',
        input(overwrite(envelope, 18, ...otherDocument.subarray(18, 34))),
      ),
      refuses(
        'moved to another epoch',
        'wrongKey',
        'the key is of this epoch',
        input(overwrite(envelope, 34, ...epochTag(otherEpoch.id))),
      ),
      refuses(
        'an unknown epoch',
        'unknownEpoch',
        'nobody has given the key',
        input(envelope, { epochs: {} }),
      ),
      refuses(
        'another key for the epoch',
        'wrongKey',
        'it commits to another key',
        input(envelope, { epochs: { [toHex(content.epochTag)]: toHex(otherEpoch.key) } }),
      ),
      refuses(
        'another commitment',
        'wrongKey',
        'it commits to another key than the one it is encrypted under',
        crafted(signedAs(stated, { head: otherKeys }), otherKeys),
      ),
      refuses('a changed kind', 'notAuthentic', 'any bit counts', input(overwrite(envelope, 1, 2))),
      refuses(
        'a changed nonce',
        'notAuthentic',
        'any bit counts',
        input(flipBit(envelope, 50 * 8)),
      ),
      refuses(
        'a changed commitment',
        'wrongKey',
        'any bit counts',
        input(flipBit(envelope, 74 * 8)),
      ),
      refuses(
        'a changed ciphertext',
        'notAuthentic',
        'any bit counts',
        input(flipBit(envelope, 106 * 8)),
      ),
      refuses(
        'a changed tag',
        'notAuthentic',
        'any bit counts',
        input(flipBit(envelope, envelope.length * 8 - 1)),
      ),
      refuses(
        'a byte too many',
        'notAuthentic',
        'any bit counts',
        input(concat(envelope, Uint8Array.of(0))),
      ),
      refuses(
        'a byte too few',
        'notAuthentic',
        'any bit counts',
        input(sealEnvelope({ ...content, body: random(300) }).subarray(0, -1)),
      ),
      refuses(
        'padding that is not zero',
        'badPadding',
        'padding is zeros',
        input(envelopeOf(epoch.key, header, overwrite(pad(right), pad(right).length - 1, 1))),
      ),
      refuses(
        'padded further',
        'badPadding',
        'there is one padded form',
        input(envelopeOf(epoch.key, header, concat(pad(right), new Uint8Array(16)))),
      ),
      refuses(
        'a length beyond the end',
        'badPadding',
        'the content is not whole',
        input(envelopeOf(epoch.key, header, padAs(2 ** 20, right))),
      ),
      refuses('no attestation', 'badAttestation', 'it begins with one', crafted(new Uint8Array())),
      refuses(
        'an attestation beyond the end',
        'badAttestation',
        'it is not whole',
        crafted(overwrite(right, 0, 255, 255)),
      ),
      refuses(
        'no signature',
        'badAttestation',
        'it is not whole',
        crafted(right.subarray(0, 2 + stated.length + 63)),
      ),
      refuses(
        'a shorter attestation',
        'badAttestation',
        'heads are missing',
        crafted(signedAs(stated.subarray(0, -32))),
      ),
      refuses(
        'a longer attestation',
        'badAttestation',
        'nothing follows the heads',
        crafted(signedAs(concat(stated, Uint8Array.of(0)))),
      ),
      refuses(
        'a head more than there are',
        'badAttestation',
        'heads are missing',
        crafted(changed(144, 3)),
      ),
      refuses(
        'heads out of order',
        'badAttestation',
        'they ascend',
        crafted(changed(145, ...swappedHeads)),
      ),
      refuses(
        'a head named twice',
        'badAttestation',
        'they ascend strictly',
        crafted(changed(145, ...heads.subarray(32), ...heads.subarray(32))),
      ),
      refuses(
        '65 heads',
        'badAttestation',
        'they are 64 at most',
        crafted(signedAs(concat(stated.subarray(0, 144), Uint8Array.of(65), ...manyHeads))),
      ),
      refuses(
        'a sequence that runs backwards',
        'badAttestation',
        'from is not above to',
        crafted(changed(72, 0, 0, 0, 10)),
      ),
      refuses(
        'a device sequence of 2^53',
        'badAttestation',
        'a double does not hold it exactly',
        crafted(changed(16, 0, 32, 0, 0, 0, 0, 0, 0)),
      ),
      refuses(
        'an unknown device',
        'unknownDevice',
        'nobody has named it',
        input(envelope, { devices: {} }),
      ),
      refuses(
        'signed by another device',
        'badSignature',
        'the key is not that device',
        crafted(signedAs(stated, { by: stranger })),
      ),
      refuses(
        'signed in another domain',
        'badSignature',
        'it was signed as something else',
        crafted(signedAs(stated, { in: 'warren/example/v1' })),
      ),
      refuses(
        'signed for another body',
        'badSignature',
        'the body is signed',
        crafted(signedAs(stated, { body: 'b change' })),
      ),
      refuses(
        'another attestation signed',
        'badSignature',
        'the attestation is signed',
        crafted(overwrite(right, 2 + 23, 8)),
      ),
      refuses(
        'a changed signature',
        'badSignature',
        'any bit counts',
        crafted(overwrite(right, 2 + stated.length, 0)),
      ),
      refuses(
        'signed for another epoch and sealed again',
        'badSignature',
        'the outer header is signed',
        crafted(
          right,
          overwrite(otherTag, 74, ...commitment(otherEpoch.key, channel, documentTag)),
          otherEpoch.key,
        ),
      ),
      refuses(
        'signed for another document and sealed again',
        'badSignature',
        'the outer header is signed',
        crafted(
          right,
          overwrite(
            otherDocument,
            74,
            ...commitment(epoch.key, channel, otherDocument.subarray(18, 34)),
          ),
        ),
      ),
    ],
  };
}
