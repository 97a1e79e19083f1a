/**
 * A second implementation of every format of this room, from its description and `@noble/*` alone: it
 * imports nothing of ours, so that a mistake has to be made twice to pass. It takes and gives the JSON of
 * `vectors/*.json`, answers null to what must be refused, and is written to be read, not to be fast.
 */
import { xchacha20poly1305 } from '@noble/ciphers/chacha.js';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { argon2id } from '@noble/hashes/argon2.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { sha256 } from '@noble/hashes/sha2.js';
// The word list is data; how words are read is written here.
import { wordlist } from '@scure/bip39/wordlists/english.js';

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex');
const text = (value: string): Uint8Array => new Uint8Array(Buffer.from(value, 'utf8'));
const join = (...parts: Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const be = (value: number | bigint, size: number): Uint8Array =>
  bytes(
    BigInt(value)
      .toString(16)
      .padStart(size * 2, '0'),
  );
const number = (value: Uint8Array): number => Number(BigInt(`0x${hex(value) || '0'}`));
const parts = (...all: Uint8Array[]): Uint8Array =>
  join(...all.flatMap((part) => [be(part.length, 4), part]));
const same = (a: Uint8Array, b: Uint8Array): boolean => hex(a) === hex(b);

const blake = (size: number, data: Uint8Array, key?: Uint8Array): Uint8Array =>
  new Uint8Array(blake2b(data, key ? { dkLen: size, key } : { dkLen: size }));
const derive = (parent: Uint8Array, domain: string, ...context: Uint8Array[]): Uint8Array =>
  blake(32, parts(text(domain), ...context), parent);
const named = (size: number, domain: string, ...all: Uint8Array[]): Uint8Array =>
  blake(size, parts(text(domain), ...all));

function decrypt(key: Uint8Array, nonce: Uint8Array, ad: Uint8Array, sealed: Uint8Array) {
  try {
    return new Uint8Array(xchacha20poly1305(key, nonce, ad).decrypt(sealed));
  } catch {
    return null;
  }
}

/** Cuts bytes into pieces of these lengths; null when they do not end where the pieces do. */
function cut(value: Uint8Array, ...lengths: number[]): Uint8Array[] | null {
  if (lengths.reduce((sum, length) => sum + length, 0) !== value.length) return null;
  let at = 0;
  return lengths.map((length) => {
    at += length;
    return value.subarray(at - length, at);
  });
}

function padded(length: number): number {
  if (length <= 256) return 256;
  let exponent = 0;
  while (2 ** (exponent + 1) <= length) exponent++;
  let bits = 0;
  while (2 ** bits <= exponent) bits++;
  const step = 2 ** (exponent - bits);
  return length % step === 0 ? length : length - (length % step) + step;
}

function unpadded(value: Uint8Array): Uint8Array | null {
  if (value.length < 4) return null;
  const end = 4 + number(value.subarray(0, 4));
  if (end > value.length || padded(end) !== value.length) return null;
  return value.subarray(end).every((byte) => byte === 0) ? value.subarray(4, end) : null;
}

function unwrapped(by: Uint8Array, wrapped: Uint8Array, context: Uint8Array): Uint8Array | null {
  if (wrapped.length < 74 || wrapped[0] !== 1) return null;
  const head = wrapped.subarray(0, 57);
  if (!same(head.subarray(25), derive(by, 'warren/commitment/v1'))) return null;
  const ad = parts(text('warren/wrapped-key/v1'), context, head);
  return decrypt(derive(by, 'warren/wrap/v1'), head.subarray(1, 25), ad, wrapped.subarray(57));
}

function unboxed(
  secret: Uint8Array,
  publicKey: Uint8Array,
  sealed: Uint8Array,
  context: Uint8Array,
): Uint8Array | null {
  if (sealed.length < 49 || sealed[0] !== 1) return null;
  const ephemeral = sealed.subarray(1, 33);
  let shared: Uint8Array;
  try {
    shared = x25519.getSharedSecret(secret, ephemeral);
  } catch {
    return null;
  }
  const key = derive(shared, 'warren/box/v1', ephemeral, publicKey);
  const ad = parts(text('warren/sealed-box/v1'), context);
  return decrypt(key, new Uint8Array(24), ad, sealed.subarray(33));
}

function signedBy(
  publicKey: Uint8Array,
  domain: string,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  try {
    const point = ed25519.Point.fromBytes(publicKey);
    if (point.isSmallOrder() || !point.isTorsionFree()) return false;
    return ed25519.verify(signature, parts(text(domain), message), publicKey, { zip215: false });
  } catch {
    return false;
  }
}

const deviceName = (signing: Uint8Array, box: Uint8Array): string =>
  hex(named(16, 'warren/device-id/v1', signing, box));

const epochName = (key: Uint8Array, parents: readonly string[]): string =>
  hex(named(16, 'warren/epoch-id/v1', key, ...parents.map(bytes)));

const ascending = (list: readonly string[]): boolean =>
  list.every((item, at) => at === 0 || (list[at - 1] ?? '') < item);

function digits(value: Uint8Array, size: number): string[] {
  return Array.from({ length: value.length / size }, (_, at) =>
    hex(value.subarray(at * size, (at + 1) * size)),
  );
}

export interface PassphraseKeyInput {
  readonly passphrase: string;
  readonly salt: string;
  readonly memory: number;
  readonly passes: number;
}

export function passphraseKey(input: PassphraseKeyInput) {
  const { memory, passes } = input;
  if (!Number.isInteger(memory) || !Number.isInteger(passes)) return null;
  if (memory < 64 || memory > 2048 || passes < 3 || passes > 64) return null;
  const salt = bytes(input.salt);
  if (salt.length !== 16) return null;
  const typed = text(input.passphrase.normalize('NFKC'));
  return { key: hex(argon2id(typed, salt, { t: passes, m: memory * 1024, p: 1, dkLen: 32 })) };
}

export interface DerivedKeyInput {
  readonly parent: string;
  readonly domain: string;
  readonly context: readonly string[];
}

export function derivedKey({ parent, domain, context }: DerivedKeyInput) {
  if (parent.length !== 64) return null;
  return { key: hex(derive(bytes(parent), domain, ...context.map(bytes))) };
}

export interface KeyWrapInput {
  readonly wrappingKey: string;
  readonly wrapped: string;
  readonly context: string;
}

export function keyWrap(input: KeyWrapInput) {
  const key = unwrapped(bytes(input.wrappingKey), bytes(input.wrapped), bytes(input.context));
  return key && { key: hex(key) };
}

export interface RecoveryWordsInput {
  readonly typed: string;
}

export function recoveryWords({ typed }: RecoveryWordsInput) {
  const words =
    typed
      .normalize('NFKD')
      .toLowerCase()
      .match(/[a-z]+/g) ?? [];
  const numbers = words.map((word) => wordlist.indexOf(word));
  if (numbers.length !== 24 || numbers.includes(-1)) return null;
  const bits = numbers.map((value) => value.toString(2).padStart(11, '0')).join('');
  const whole = bytes(BigInt(`0b${bits}`).toString(16).padStart(66, '0'));
  const key = whole.subarray(0, 32);
  return sha256(key)[0] === whole[32] ? { key: hex(key) } : null;
}

export interface RecoveryKeysInput {
  readonly recoveryKey: string;
}

export function recoveryKeys(input: RecoveryKeysInput) {
  const key = bytes(input.recoveryKey);
  if (key.length !== 32) return null;
  return {
    box: hex(x25519.getPublicKey(derive(key, 'warren/recovery-box/v1'))),
    signing: hex(ed25519.getPublicKey(derive(key, 'warren/recovery-signing/v1'))),
  };
}

export interface PaddedLengthInput {
  readonly length: number;
}

export function paddedLength({ length }: PaddedLengthInput) {
  if (!Number.isSafeInteger(length) || length < 0) return null;
  return { padded: padded(length) };
}

export interface PaddingInput {
  readonly padded: string;
}

export function padding(input: PaddingInput) {
  const content = unpadded(bytes(input.padded));
  return content && { content: hex(content) };
}

/** Either `sealed`, or how to make it: the chunks in `order` of a blob with this salt and content. */
export interface SealedBlobInput {
  readonly root: string;
  readonly sealed?: string;
  readonly salt?: string;
  readonly contentLength?: number;
  readonly order?: readonly number[];
}

/** The content of large vectors: byte number i is i * 7 + 3, modulo 251. */
const patterned = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => (at * 7 + 3) % 251);

const chunkNonce = (chunk: number, last: boolean): Uint8Array =>
  join(be(chunk, 8), Uint8Array.of(last ? 1 : 0), new Uint8Array(15));

const blobKey = (root: Uint8Array, header: Uint8Array): Uint8Array =>
  derive(root, 'warren/blob/v1', header.subarray(5));

const paddedPlain = (content: Uint8Array): Uint8Array => {
  const padding = padded(8 + content.length) - 8 - content.length;
  return join(be(content.length, 8), content, new Uint8Array(padding));
};

function assembled(root: Uint8Array, plain: Uint8Array, input: SealedBlobInput): Uint8Array {
  if (input.sealed !== undefined) return bytes(input.sealed);
  const header = join(text('WRNB'), Uint8Array.of(1), bytes(input.salt ?? ''));
  const key = blobKey(root, header);
  const last = Math.max(1, Math.ceil(plain.length / 65_536)) - 1;
  const chunk = (at: number): Uint8Array =>
    xchacha20poly1305(key, chunkNonce(at, at === last), header).encrypt(
      plain.subarray(at * 65_536, (at + 1) * 65_536),
    );
  return join(header, ...(input.order ?? []).map(chunk));
}

function unsealed(root: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  const header = sealed.subarray(0, 37);
  if (sealed.length < 37 || hex(header.subarray(0, 5)) !== '57524e4201') return null;
  const key = blobKey(root, header);
  const count = Math.ceil((sealed.length - 37) / 65_552);
  const plains = Array.from({ length: count }, (_, at) => {
    const chunk = sealed.subarray(37 + at * 65_552, 37 + (at + 1) * 65_552);
    return decrypt(key, chunkNonce(at, at === count - 1), header, chunk);
  });
  if (count === 0 || plains.some((one) => !one)) return null;
  return join(...plains.flatMap((one) => one ?? []));
}

const hashes = (sealed: Uint8Array, content: Uint8Array) => ({
  sealedHash: hex(blake(32, sealed)),
  contentHash: hex(blake(32, content)),
});

export function sealedBlob(input: SealedBlobInput) {
  const root = bytes(input.root);
  const sealed = assembled(root, paddedPlain(patterned(input.contentLength ?? 0)), input);
  const plain = unsealed(root, sealed);
  if (!plain || plain.length < 8) return null;
  const length = number(plain.subarray(0, 8));
  return length > plain.length - 8 ? null : hashes(sealed, plain.subarray(8, 8 + length));
}

export function sealedStream(input: SealedBlobInput) {
  const root = derive(bytes(input.root), 'warren/stream/v1');
  const sealed = assembled(root, patterned(input.contentLength ?? 0), input);
  const plain = unsealed(root, sealed);
  return plain && hashes(sealed, plain);
}

export interface SigningInput {
  readonly publicKey: string;
  readonly domain: string;
  readonly message: string;
  readonly signature: string;
}

export function signing(input: SigningInput) {
  const { publicKey, domain, message, signature } = input;
  return signedBy(bytes(publicKey), domain, bytes(message), bytes(signature))
    ? { verified: true }
    : null;
}

export interface SigningKeyInput {
  readonly secretSeed: string;
  readonly domain: string;
  readonly message: string;
}

export function signingKey({ secretSeed, domain, message }: SigningKeyInput) {
  const seed = bytes(secretSeed);
  if (seed.length !== 32) return null;
  return {
    publicKey: hex(ed25519.getPublicKey(seed)),
    signature: hex(ed25519.sign(parts(text(domain), bytes(message)), seed)),
  };
}

export interface BoxInput {
  readonly secretKey: string;
  readonly publicKey: string;
  readonly context: string;
  readonly sealed: string;
}

export function box(input: BoxInput) {
  const plain = unboxed(
    bytes(input.secretKey),
    bytes(input.publicKey),
    bytes(input.sealed),
    bytes(input.context),
  );
  return plain && { plain: hex(plain) };
}

export interface DeviceKeysetInput {
  readonly signingSeed: string;
  readonly boxSeed: string;
}

export function deviceKeyset(input: DeviceKeysetInput) {
  const [seed, scalar] = [bytes(input.signingSeed), bytes(input.boxSeed)];
  if (seed.length !== 32 || scalar.length !== 32) return null;
  const signing = ed25519.getPublicKey(seed);
  const box = x25519.getPublicKey(scalar);
  return { id: deviceName(signing, box), signing: hex(signing), box: hex(box) };
}

export interface DeviceCertificateInput {
  readonly accountPublicKey: string;
  readonly certificate: string;
}

export function deviceCertificate(input: DeviceCertificateInput) {
  const certificate = bytes(input.certificate);
  const [version, signing, box, time, signature] = cut(certificate, 1, 32, 32, 8, 64) ?? [];
  if (!version || !signing || !box || !time || !signature || version[0] !== 1) return null;
  const domain = 'warren/device-certificate/v1';
  const account = bytes(input.accountPublicKey);
  if (!signedBy(account, domain, certificate.subarray(0, 73), signature)) return null;
  const at = number(time);
  if (!Number.isSafeInteger(at)) return null;
  return { id: deviceName(signing, box), signing: hex(signing), box: hex(box), at };
}

export interface EpochInput {
  readonly secretKey: string;
  readonly publicKey: string;
  readonly context: string;
  readonly sealed: string;
}

export function epoch(input: EpochInput) {
  const sealed = bytes(input.sealed);
  if (sealed.length < 20 || sealed[0] !== 1) return null;
  const [parentCount, count] = [sealed[17] ?? 0, number(sealed.subarray(18, 20))];
  const [keysAt, boxesAt] = [20 + 16 * parentCount, 20 + 16 * parentCount + 32 * count];
  const wrappedAt = boxesAt + 81 * count;
  if (sealed.length < wrappedAt) return null;
  const id = hex(sealed.subarray(1, 17));
  const parents = digits(sealed.subarray(20, keysAt), 16);
  const recipients = digits(sealed.subarray(keysAt, boxesAt), 32);
  const place = recipients.indexOf(input.publicKey);
  if (!ascending(recipients) || place < 0) return null;
  const bound = parts(
    text('warren/sealed-epoch/v1'),
    bytes(input.context),
    sealed.subarray(0, boxesAt),
  );
  const mine = sealed.subarray(boxesAt + 81 * place, boxesAt + 81 * (place + 1));
  const key = unboxed(bytes(input.secretKey), bytes(input.publicKey), mine, bound);
  if (!key || epochName(key, parents) !== id) return null;
  const opened = epochParents(unwrapped(key, sealed.subarray(wrappedAt), bound), parents);
  return opened && { id, key: hex(key), recipients, parents: opened };
}

function epochParents(encoded: Uint8Array | null, ids: readonly string[]) {
  if (!encoded) return null;
  const opened: { id: string; key: string; parents: string[] }[] = [];
  let at = 0;
  for (const id of ids) {
    const key = encoded.subarray(at, at + 32);
    const end = at + 33 + 16 * (encoded[at + 32] ?? 0);
    const parents = digits(encoded.subarray(at + 33, end), 16);
    if (end > encoded.length || epochName(key, parents) !== id) return null;
    opened.push({ id, key: hex(key), parents });
    at = end;
  }
  return encoded.length === at + 1 && encoded[at] === 0 ? opened : null;
}

export interface EpochKeysInput {
  readonly id: string;
  readonly key: string;
  readonly documentId: string;
}

export function epochKeys(input: EpochKeysInput) {
  const [key, document] = [bytes(input.key), bytes(input.documentId)];
  if (key.length !== 32 || bytes(input.id).length !== 16) return null;
  return {
    epochTag: hex(named(16, 'warren/epoch-tag/v1', bytes(input.id))),
    documentKey: hex(derive(key, 'warren/document/v1', document)),
    documentTag: hex(blake(16, parts(text('warren/document-tag/v1'), document), key)),
  };
}

export interface EnvelopeInput {
  readonly channel: string;
  /** Keys by epoch tag. */
  readonly epochs: Readonly<Record<string, string>>;
  /** Signing public keys by device id. */
  readonly devices: Readonly<Record<string, string>>;
  readonly envelope: string;
}

export function envelope(input: EnvelopeInput) {
  const whole = bytes(input.envelope);
  if (whole.length < 106 + 256 + 16) return { refused: 'malformed' };
  if (whole[0] !== 1) return { refused: 'unknownVersion' };
  const header = whole.subarray(0, 106);
  const [, kind, channel, documentTag, epochTag, nonce, commitment] =
    cut(header, 1, 1, 16, 16, 16, 24, 32) ?? [];
  if (!kind || !channel || !documentTag || !epochTag || !nonce || !commitment) throw new Error();
  if (kind[0] === 0) return { refused: 'malformed' };
  if (hex(channel) !== input.channel) return { refused: 'wrongChannel' };
  const epochKey = input.epochs[hex(epochTag)];
  if (epochKey === undefined) return { refused: 'unknownEpoch' };
  const by = (domain: string) => derive(bytes(epochKey), domain, channel, documentTag);
  if (!same(commitment, by('warren/envelope-commitment/v1'))) return { refused: 'wrongKey' };
  const plain = decrypt(by('warren/envelope/v1'), nonce, header, whole.subarray(106));
  if (!plain) return { refused: 'notAuthentic' };
  const content = unpadded(plain);
  if (!content) return { refused: 'badPadding' };
  const length = number(content.subarray(0, 2));
  const attestation = content.subarray(2, 2 + length);
  const stated = content.length < 66 + length ? null : readAttestation(attestation);
  if (!stated) return { refused: 'badAttestation' };
  const device = input.devices[stated.device];
  if (device === undefined) return { refused: 'unknownDevice' };
  const body = content.subarray(66 + length);
  const message = parts(header, attestation, blake(32, body));
  const signature = content.subarray(2 + length, 66 + length);
  if (!signedBy(bytes(device), 'warren/envelope/v1', message, signature)) {
    return { refused: 'badSignature' };
  }
  return {
    envelopeId: hex(blake(32, whole)),
    kind: kind[0],
    documentTag: hex(documentTag),
    epochTag: hex(epochTag),
    attestation: stated,
    attestationId: hex(named(32, 'warren/attestation-id/v1', attestation)),
    body: hex(body),
  };
}

function readAttestation(encoded: Uint8Array) {
  const heads = encoded[144] ?? 0;
  const pieces = cut(encoded, 16, 8, 32, 16, 4, 4, 32, 32, 1, 32 * heads) ?? [];
  const [device, sequence, previous, actorNonce, from, to, lastChange, seen, , all] = pieces;
  if (!device || !sequence || !previous || !actorNonce || !from || !to) return null;
  if (!lastChange || !seen || !all) return null;
  const membershipHeads = digits(all, 32);
  if (heads > 64 || !ascending(membershipHeads) || number(from) > number(to)) return null;
  if (!Number.isSafeInteger(number(sequence))) return null;
  return {
    device: hex(device),
    deviceSequence: number(sequence),
    previous: hex(previous),
    membershipHeads,
    actorNonce: hex(actorNonce),
    sequenceFrom: number(from),
    sequenceTo: number(to),
    lastChange: hex(lastChange),
    seenDigest: hex(seen),
  };
}
