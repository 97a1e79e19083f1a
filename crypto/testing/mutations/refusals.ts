/**
 * What this room has to refuse and has to accept, asked of any copy of it. Throws at the first thing that
 * is accepted and must not be, or refused and must not be. Most of it is in the files of vectors; here is
 * what they can not say: arguments, ranges of blobs and what sealing refuses.
 */
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { VectorName } from '../../vectors/generate.ts';
import type { VectorFile } from '../../vectors/vectorFile.ts';
import { counterRandom } from '../counterRandom.ts';
import { blobOf, overwrite } from '../craft.ts';
import type { Modules } from '../modules.ts';
import { openersOf } from '../ours.ts';

export async function refusals(modules: Modules, file: string): Promise<void> {
  for (const check of [bounds, argumentsOfKeys, argumentsOfContent, sealing, epochs, small]) {
    check(modules);
  }
  await ranges(modules);
  await blobs(modules);
  for (const name of vectorNames) {
    // Argon2id is slow on purpose, and nothing else depends on it.
    if (name !== 'passphraseKey' || file === 'passphraseKey.ts') await vectors(modules, name);
  }
}

const vectorNames: readonly VectorName[] = [
  'derivedKey',
  'keyWrap',
  'recoveryWords',
  'recoveryKeys',
  'paddedLength',
  'padding',
  'signingKey',
  'signing',
  'box',
  'deviceKeyset',
  'deviceCertificate',
  'epochKeys',
  'epoch',
  'envelope',
  'sealedBlob',
  'sealedStream',
  'passphraseKey',
];

const vectorFiles = new Map(
  vectorNames.map((name): [VectorName, VectorFile] => {
    const url = new URL(`../../vectors/${name}.json`, import.meta.url);
    return [name, JSON.parse(readFileSync(url, 'utf8'))];
  }),
);

async function vectors(modules: Modules, name: VectorName): Promise<void> {
  const open = openersOf(modules)[name] as (input: object) => unknown;
  for (const one of vectorFiles.get(name)?.cases ?? []) {
    same(await open(one.input), one.output, `${name}: ${one.name}`);
  }
}

function same(actual: unknown, expected: unknown, what: string): void {
  if (!isDeepStrictEqual(actual, expected)) throw new Error(`${what}: not as it must be`);
}

/** Requires an error that begins with the name of the argument, or more of what it must be. */
function refusesArgument(argument: string, call: () => unknown): void {
  const message = messageOf(call);
  if (!message.startsWith(`${argument} `)) throw new Error(`${argument}: ${message}`);
}

function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return error.message;
    throw error;
  }
  return 'was accepted';
}

async function rejection(iterable: AsyncIterable<Uint8Array>): Promise<string> {
  try {
    await joined(iterable);
  } catch (error) {
    if (error instanceof Error) return `${error.name}: ${error.message}`;
  }
  return 'was accepted';
}

async function joined(iterable: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of iterable) parts.push(part);
  return Buffer.concat(parts);
}

const random = counterRandom('refusals');
const [key, short, text] = [random(32), random(31), 'text' as unknown as Uint8Array];

function argumentsOfKeys(modules: Modules): void {
  const { boxKeys, bytes, derivedKey, deviceKeyset, keyWrap, recoveryKeys, recoveryWords } =
    modules;
  const { passphraseKey, signing } = modules;
  const pair = boxKeys.boxKeyPair(key);
  const publicKeys = { signing: key, box: key };
  refusesArgument('key', () => bytes.requireBytes('key', text, 4));
  refusesArgument('parent', () => derivedKey.deriveKey(short, 'domain'));
  refusesArgument('wrappingKey', () => keyWrap.wrapKey(short, key, key, random));
  refusesArgument('key', () => keyWrap.wrapKey(key, new Uint8Array(), key, random));
  refusesArgument('wrappingKey', () => keyWrap.unwrapKey(short, key, key));
  refusesArgument('key', () => recoveryWords.recoveryKeyToWords(random(16)));
  refusesArgument('recoveryKey', () => recoveryKeys.openRecoveryKeys(short));
  refusesArgument('salt', () =>
    passphraseKey.derivePassphraseKey('x', key, passphraseKey.minimumKdf),
  );
  refusesArgument('seed', () => signing.createSigner(short));
  refusesArgument('secretSeed', () => signing.sign(short, 'domain', key));
  refusesArgument('message', () => signing.sign(key, 'domain', text));
  refusesArgument('seed', () => boxKeys.boxKeyPair(short));
  refusesArgument('publicKey must be 32', () => boxKeys.sealTo(short, key, key, random));
  refusesArgument('publicKey', () => boxKeys.sealTo(new Uint8Array(32), key, key, random));
  refusesArgument('plain', () => boxKeys.sealTo(pair.publicKey, text, key, random));
  refusesArgument('context', () => boxKeys.sealTo(pair.publicKey, key, text, random));
  refusesArgument('keyPair.secretKey', () =>
    boxKeys.openSealed({ ...pair, secretKey: short }, Uint8Array.of(1), key),
  );
  refusesArgument('keyPair.publicKey', () =>
    boxKeys.openSealed({ ...pair, publicKey: short }, Uint8Array.of(1), key),
  );
  const seeds = { signingSeed: key, boxSeed: key };
  refusesArgument('signingSeed', () =>
    deviceKeyset.openDeviceKeyset({ ...seeds, signingSeed: short }),
  );
  refusesArgument('boxSeed', () => deviceKeyset.openDeviceKeyset({ ...seeds, boxSeed: short }));
  for (const name of ['signing', 'box']) {
    const wrong = { ...publicKeys, [name]: short };
    refusesArgument(`publicKeys.${name}`, () => deviceKeyset.deviceId(wrong));
    refusesArgument(`publicKeys.${name}`, () => deviceKeyset.certifyDevice(key, wrong, 1));
  }
  refusesArgument('accountRoot', () => deviceKeyset.certifyDevice(short, publicKeys, 1));
  refusesArgument('at', () => deviceKeyset.certifyDevice(key, publicKeys, -1));
  refusesArgument('at', () => deviceKeyset.certifyDevice(key, publicKeys, 0.5));
  refusesArgument('accountPublicKey', () => deviceKeyset.verifyCertificate(short, random(137)));
}

const attestation = {
  device: '07'.repeat(16),
  deviceSequence: 1,
  previous: random(32),
  membershipHeads: [random(32), random(32)],
  actorNonce: random(16),
  sequenceFrom: 1,
  sequenceTo: 2,
  lastChange: random(32),
  seenDigest: random(32),
};

function argumentsOfContent(modules: Modules): void {
  const { attestation: statements, digest, epoch, hex, outerHeader, padding } = modules;
  refusesArgument('bytes', () => digest.hash(text));
  refusesArgument('id', () => hex.fromHex('id', '0g', 1));
  refusesArgument('id', () => hex.fromHex('id', '000', 1));
  refusesArgument('id', () => hex.fromHex('id', 'AB', 1));
  refusesArgument('content', () => padding.pad(text));
  refusesArgument('content', () => padding.pad(new Uint8Array(16 * 1024 * 1024 + 1)));
  refusesArgument('key', () => epoch.epochId(short, []));
  refusesArgument('epochKey', () => epoch.documentKey(short, key));
  refusesArgument('documentId', () => epoch.documentKey(key, text));
  refusesArgument('epochKey', () => epoch.blindedTag(short, key));
  refusesArgument('documentId', () => epoch.blindedTag(key, text));
  for (const field of ['previous', 'actorNonce', 'lastChange', 'seenDigest']) {
    refusesArgument(field, () => statements.encodeAttestation({ ...attestation, [field]: short }));
  }
  const heads = (membershipHeads: Uint8Array[]) => () =>
    statements.encodeAttestation({ ...attestation, membershipHeads });
  const [one, other] = attestation.membershipHeads;
  if (!one || !other) throw new Error('two heads');
  refusesArgument('membershipHeads', heads([short]));
  refusesArgument('membershipHeads', heads([one, other, one]));
  refusesArgument(
    'membershipHeads',
    heads(Array.from({ length: 65 }, (_, at) => new Uint8Array(32).fill(at))),
  );
  same(heads([one, other])(), heads([other, one])(), 'one encoding');
  refusesArgument('sequenceFrom', () =>
    statements.encodeAttestation({ ...attestation, sequenceFrom: 3 }),
  );
  for (const field of ['channel', 'documentTag', 'epochTag', 'nonce', 'keyCommitment']) {
    refusesArgument(field, () => outerHeader.encodeOuterHeader({ ...header, [field]: short }));
  }
  for (const kind of [0, 256]) {
    refusesArgument('kind', () => outerHeader.encodeOuterHeader({ ...header, kind }));
  }
}

const header = {
  kind: 1,
  channel: random(16),
  documentTag: random(16),
  epochTag: random(16),
  nonce: random(24),
  keyCommitment: random(32),
};

function sealing(modules: Modules): void {
  const { envelope, signing } = modules;
  const signer = signing.createSigner(key);
  const content = { ...header, epochKey: key, attestation, body: key, signer, random };
  const sealed = envelope.sealEnvelope(content);
  const expected = { channel: header.channel };
  const open = (bytes: Uint8Array, place = expected, epochKey = key) =>
    envelope.openEnvelope(
      bytes,
      () => epochKey,
      () => signer.publicKey,
      place,
    );
  refusesArgument('body', () => envelope.sealEnvelope({ ...content, body: text }));
  refusesArgument('epochKey', () => envelope.sealEnvelope({ ...content, epochKey: short }));
  refusesArgument('envelope', () => open(text));
  refusesArgument('expected.channel', () => open(sealed, { channel: short }));
  refusesArgument('epochKey', () => open(sealed, expected, short));
  const opened = open(sealed);
  if (!opened.ok) throw new Error(opened.reason);
  const reopen = (epochKey: Uint8Array | null) =>
    envelope.reopenEnvelope(sealed, () => epochKey, expected);
  same(reopen(key)?.body, key, 'reopened');
  same(reopen(null), null, 'reopened without its key');
  const { signed } = opened;
  const holds = envelope.verifySignedAttestation;
  same(holds(signer.publicKey, signed), true, 'carried along');
  same(holds(signer.publicKey, { ...signed, bodyHash: key }), false, 'carried with another body');
  same(envelope.readOuterHeader(sealed.subarray(0, 377)).ok, false, 'a short envelope');
}

function epochs(modules: Modules): void {
  const { boxKeys, epoch } = modules;
  const [first, second] = [epoch.createEpoch(random, []), epoch.createEpoch(random, [])];
  const child = epoch.createEpoch(random, [first, second, first]);
  const { publicKey } = boxKeys.boxKeyPair(key);
  const seal = (parents: (typeof first)[], recipients: Uint8Array[], context = key) =>
    epoch.sealEpoch(child, parents, recipients, context, random);
  same(child.parents, [first.id, second.id].sort(), 'parents once each, ascending');
  same(epoch.readSealedEpoch(seal([first, second], [publicKey]))?.recipients, [publicKey], 'read');
  same(epoch.readSealedEpoch(seal([second, first], [publicKey]).subarray(0, 80)), null, 'cut');
  const sealed = seal([first, second], [publicKey]);
  const parentsBy = (by: Uint8Array) => epoch.openEpochParents(sealed, by, key);
  same(
    parentsBy(child.key)?.map(({ id }) => id),
    child.parents,
    'parents by the key itself',
  );
  same(parentsBy(first.key), null, "parents by another epoch's key");
  const renamed = epoch.sealEpoch(
    { ...child, id: first.id },
    [first, second],
    [publicKey],
    key,
    random,
  );
  same(epoch.openEpochParents(renamed, child.key, key), null, 'parents under another id');
  refusesArgument('key', () => parentsBy(short));
  refusesArgument('parents', () => seal([first], [publicKey]));
  refusesArgument('parents', () => seal([first, second, child], [publicKey]));
  refusesArgument('parents', () => seal([first, child], [publicKey]));
  refusesArgument('recipients', () => seal([first, second], []));
  refusesArgument('recipients', () => seal([first, second], [publicKey, publicKey]));
  refusesArgument('recipients', () => seal([first, second], [short]));
  refusesArgument('context', () => seal([first, second], [publicKey], text));
}

/** First of all, so that nothing is derived at a cost that is out of bounds. */
function bounds({ passphraseKey, padding }: Modules): void {
  const allowed = (memory: number, passes: number, algorithm = 'argon2id') =>
    passphraseKey.kdfAllowed({ algorithm: algorithm as 'argon2id', memory, passes });
  for (const [memory, passes] of [
    [64, 3],
    [2_048, 64],
  ] as const) {
    same(allowed(memory, passes), true, 'parameters at their bounds');
  }
  for (const [memory, passes] of [
    [63, 3],
    [2_049, 3],
    [64, 2],
    [64, 65],
    [64.5, 3],
    [64, 3.5],
  ] as const) {
    same(allowed(memory, passes), false, 'parameters out of bounds');
  }
  same(allowed(64, 3, 'argon2i'), false, 'another algorithm');
  const largest = new Uint8Array(padding.largestPaddedContent);
  same(padding.pad(largest).length, padding.padmeLength(largest.length + 4), 'the largest content');
}

function small(modules: Modules): void {
  const { blobChunks, bytes, padding, random: randomness, reader } = modules;
  for (const length of [-1, 0.5, Number.NaN]) {
    refusesArgument('length', () => randomness.pooledRandom()(length));
  }
  same(randomness.pooledRandom()(0), new Uint8Array(), 'no bytes at all');
  same(blobChunks.contentLength(new Uint8Array(8)), 0, 'the shortest');
  const most = 2 ** 53 - 9;
  same(blobChunks.contentLength(bytes.uint('most', most, 8)), most, 'the longest');
  same(padding.unpad(padding.pad(new Uint8Array())), new Uint8Array(), 'nothing, padded');
  for (const value of [-1, 0.5, 256]) refusesArgument('value', () => bytes.uint('value', value, 1));
  refusesArgument('value', () => bytes.uint('value', 2 ** 53, 8));
  const broken = () => {
    throw new RangeError('broken is our own mistake');
  };
  refusesArgument('broken', () => reader.decodeStrictly(key, broken));
}

async function sealedOf(modules: Modules, length: number, content: Uint8Array) {
  return joined(modules.sealedBlob.sealBlob(key, length, [content], counterRandom('salt')));
}

async function blobs(modules: Modules): Promise<void> {
  const { sealBlob, openBlob } = modules.sealedBlob;
  const { sealStream, openStream } = modules.sealedStream;
  const of = (root: Uint8Array, length: number) => sealBlob(root, length, [random(5)], random);
  const sealed = await sealedOf(modules, 5, random(5));
  const expectations: [AsyncIterable<Uint8Array>, string][] = [
    [of(key, 4), 'RangeError: content gave'],
    [of(key, 6), 'RangeError: content gave'],
    [of(key, -1), 'RangeError: length '],
    [of(short, 5), 'TypeError: root '],
    [openBlob(short, [sealed]), 'TypeError: root '],
    [sealStream(short, [sealed], random), 'TypeError: key '],
    [openStream(short, [sealed]), 'TypeError: key '],
  ];
  for (const [iterable, expected] of expectations) {
    const message = await rejection(iterable);
    if (!message.startsWith(expected)) throw new Error(`${expected}: ${message}`);
  }
}

async function ranges(modules: Modules): Promise<void> {
  const content = random(70_000);
  const sealed = await sealedOf(modules, content.length, content);
  const range = (from: number, to: number, of: Uint8Array = sealed, length = of.length, by = key) =>
    modules.sealedBlob.openBlobRange(
      by,
      async (offset, wanted) => of.subarray(offset, offset + wanted),
      length,
      from,
      to,
    );
  for (const [from, to] of [
    [0, 70_000],
    [0, 0],
    [70_000, 70_000],
    [5, 6],
    [65_527, 65_529],
    [65_528, 65_528],
    [66_000, 69_000],
  ] as const) {
    same(await joined(range(from, to)), Buffer.from(content.subarray(from, to)), 'a range');
  }
  const header = sealed.subarray(0, 37);
  const endless = blobOf(key, header, overwrite(new Uint8Array(256), 1, 31, ...Array(6).fill(255)));
  const flipped = Uint8Array.from(sealed);
  flipped.set([~(flipped[70_000] ?? 0)], 70_000);
  same((await joined(range(0, 10, flipped))).length, 10, 'a range beside what is damaged');
  const expectations: [AsyncIterable<Uint8Array>, string][] = [
    [range(0, 70_001), 'RangeError: to '],
    [range(-1, 1), 'RangeError: from '],
    [range(2, 1), 'RangeError: from '],
    [range(0.5, 1), 'RangeError: from '],
    [range(0, 1.5), 'RangeError: from '],
    [range(0, 1, sealed, sealed.length, short), 'TypeError: root '],
    [range(65_528, 66_000, flipped), 'BlobDamagedError'],
    [range(0, 1, sealed.subarray(0, 65_589)), 'BlobDamagedError'],
    [range(0, 1, sealed.subarray(0, -1)), 'BlobDamagedError'],
    [range(0, 1, sealed, sealed.length + 1), 'BlobDamagedError'],
    [range(0, 1, sealed, sealed.length - 16), 'BlobDamagedError'],
    [range(66_000, 66_001, sealed.subarray(0, -1), sealed.length), 'BlobDamagedError'],
    [range(0, 1, sealed, Number.NaN), 'BlobDamagedError'],
    [range(0, 1, sealed, 37), 'BlobDamagedError'],
    [range(0, 0, new Uint8Array()), 'BlobDamagedError'],
    [range(0, 0, endless), 'BlobDamagedError'],
  ];
  for (const [iterable, expected] of expectations) {
    const message = await rejection(iterable);
    if (!message.startsWith(expected)) throw new Error(`${expected}: ${message}`);
  }
}
