/**
 * The code of this room behind the same doors as `second.ts`: JSON in, JSON or null out. The modules are
 * handed in, so that an altered copy of them can be asked the same questions.
 */
import type { Modules } from './modules.ts';
import type * as second from './second.ts';

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));
const hex = (value: Uint8Array): string => Buffer.from(value).toString('hex');

/** Arguments out of bounds are thrown at the caller; to a vector that is a refusal like any other. */
function orNull<T>(make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof TypeError || error instanceof RangeError) return null;
    throw error;
  }
}

type Pieces = AsyncIterable<Uint8Array>;

async function collect(pieces: Pieces): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return new Uint8Array(Buffer.concat(all));
}

/** @returns a function for each file of vectors, by its name. */
export function openersOf(modules: Modules) {
  return {
    passphraseKey: passphraseKey(modules),
    derivedKey: derivedKey(modules),
    keyWrap: keyWrap(modules),
    recoveryWords: recoveryWords(modules),
    recoveryKeys: recoveryKeys(modules),
    paddedLength: paddedLength(modules),
    padding: padding(modules),
    sealedBlob: sealedBlob(modules),
    sealedStream: sealedStream(modules),
    signing: signing(modules),
    signingKey: signingKey(modules),
    box: box(modules),
    deviceKeyset: deviceKeyset(modules),
    deviceCertificate: deviceCertificate(modules),
    epoch: epoch(modules),
    epochKeys: epochKeys(modules),
    envelope: envelope(modules),
  };
}

const passphraseKey =
  ({ passphraseKey }: Modules) =>
  ({ passphrase, salt, memory, passes }: second.PassphraseKeyInput) =>
    orNull(() => {
      const parameters = { algorithm: 'argon2id', memory, passes } as const;
      return { key: hex(passphraseKey.derivePassphraseKey(passphrase, bytes(salt), parameters)) };
    });

const derivedKey =
  ({ derivedKey }: Modules) =>
  ({ parent, domain, context }: second.DerivedKeyInput) =>
    orNull(() => {
      return { key: hex(derivedKey.deriveKey(bytes(parent), domain, ...context.map(bytes))) };
    });

const keyWrap =
  ({ keyWrap }: Modules) =>
  ({ wrappingKey, wrapped, context }: second.KeyWrapInput) => {
    const key = keyWrap.unwrapKey(bytes(wrappingKey), bytes(wrapped), bytes(context));
    return key && { key: hex(key) };
  };

const recoveryWords =
  ({ recoveryWords }: Modules) =>
  ({ typed }: second.RecoveryWordsInput) => {
    const key = recoveryWords.wordsToRecoveryKey(typed);
    return key && { key: hex(key) };
  };

const recoveryKeys =
  ({ recoveryKeys }: Modules) =>
  ({ recoveryKey }: second.RecoveryKeysInput) =>
    orNull(() => {
      const { box, signer } = recoveryKeys.openRecoveryKeys(bytes(recoveryKey));
      return { box: hex(box.publicKey), signing: hex(signer.publicKey) };
    });

const paddedLength =
  ({ padding }: Modules) =>
  ({ length }: second.PaddedLengthInput) =>
    orNull(() => ({ padded: padding.padmeLength(length) }));

const padding =
  ({ padding }: Modules) =>
  ({ padded }: second.PaddingInput) => {
    const content = padding.unpad(bytes(padded));
    return content && { content: hex(content) };
  };

const patterned = (length: number): Uint8Array =>
  Uint8Array.from({ length }, (_, at) => (at * 7 + 3) % 251);

async function assembled({ sealedBlob }: Modules, input: second.SealedBlobInput, all: Pieces) {
  if (input.sealed !== undefined) return bytes(input.sealed);
  const { blobHeaderBytes, chunkBytes } = sealedBlob;
  const whole = await collect(all);
  const size = chunkBytes + 16;
  const chunks = (input.order ?? []).map((at) =>
    whole.subarray(blobHeaderBytes + at * size, blobHeaderBytes + (at + 1) * size),
  );
  return new Uint8Array(Buffer.concat([whole.subarray(0, blobHeaderBytes), ...chunks]));
}

async function hashes({ digest, sealedBlob }: Modules, sealed: Uint8Array, opened: Pieces) {
  try {
    const content = await collect(opened);
    return { sealedHash: hex(digest.hash(sealed)), contentHash: hex(digest.hash(content)) };
  } catch (error) {
    if (error instanceof sealedBlob.BlobDamagedError) return null;
    throw error;
  }
}

const sealedBlob = (modules: Modules) => async (input: second.SealedBlobInput) => {
  const { openBlob, sealBlob } = modules.sealedBlob;
  const root = bytes(input.root);
  const content = patterned(input.contentLength ?? 0);
  const all = sealBlob(root, content.length, [content], () => bytes(input.salt ?? ''));
  const sealed = await assembled(modules, input, all);
  return hashes(modules, sealed, openBlob(root, [sealed]));
};

const sealedStream = (modules: Modules) => async (input: second.SealedBlobInput) => {
  const { openStream, sealStream } = modules.sealedStream;
  const root = bytes(input.root);
  const content = patterned(input.contentLength ?? 0);
  const all = sealStream(root, [content], () => bytes(input.salt ?? ''));
  const sealed = await assembled(modules, input, all);
  return hashes(modules, sealed, openStream(root, [sealed]));
};

const signing =
  ({ signing }: Modules) =>
  ({ publicKey, domain, message, signature }: second.SigningInput) =>
    signing.verify(bytes(publicKey), domain, bytes(message), bytes(signature))
      ? { verified: true }
      : null;

const signingKey =
  ({ signing }: Modules) =>
  ({ secretSeed, domain, message }: second.SigningKeyInput) =>
    orNull(() => {
      const signer = signing.createSigner(bytes(secretSeed));
      const signature = signer.sign(domain, bytes(message));
      return { publicKey: hex(signer.publicKey), signature: hex(signature) };
    });

const box =
  ({ boxKeys }: Modules) =>
  ({ secretKey, publicKey, sealed, context }: second.BoxInput) => {
    const pair = { secretKey: bytes(secretKey), publicKey: bytes(publicKey) };
    const plain = boxKeys.openSealed(pair, bytes(sealed), bytes(context));
    return plain && { plain: hex(plain) };
  };

const deviceKeyset =
  ({ deviceKeyset }: Modules) =>
  ({ signingSeed, boxSeed }: second.DeviceKeysetInput) =>
    orNull(() => {
      const seeds = { signingSeed: bytes(signingSeed), boxSeed: bytes(boxSeed) };
      const { id, publicKeys } = deviceKeyset.openDeviceKeyset(seeds);
      return { id, signing: hex(publicKeys.signing), box: hex(publicKeys.box) };
    });

const deviceCertificate =
  ({ deviceKeyset }: Modules) =>
  ({ accountPublicKey, certificate }: second.DeviceCertificateInput) => {
    const device = deviceKeyset.verifyCertificate(bytes(accountPublicKey), bytes(certificate));
    if (!device) return null;
    const { id, publicKeys, at } = device;
    return { id, signing: hex(publicKeys.signing), box: hex(publicKeys.box), at };
  };

const epoch =
  ({ epoch }: Modules) =>
  ({ secretKey, publicKey, context, sealed }: second.EpochInput) => {
    const pair = { secretKey: bytes(secretKey), publicKey: bytes(publicKey) };
    const opened = epoch.openEpoch(bytes(sealed), pair, bytes(context));
    if (!opened) return null;
    return {
      id: opened.epoch.id,
      key: hex(opened.epoch.key),
      recipients: opened.recipients.map(hex),
      parents: opened.parents.map(({ id, key, parents }) => ({
        id,
        key: hex(key),
        parents: [...parents],
      })),
    };
  };

const epochKeys =
  ({ epoch }: Modules) =>
  ({ id, key, documentId }: second.EpochKeysInput) =>
    orNull(() => ({
      epochTag: hex(epoch.epochTag(id)),
      documentKey: hex(epoch.documentKey(bytes(key), bytes(documentId))),
      documentTag: hex(epoch.blindedTag(bytes(key), bytes(documentId))),
    }));

function known(table: Readonly<Record<string, string>>, name: string): Uint8Array | null {
  const found = table[name];
  return found === undefined ? null : bytes(found);
}

const envelope =
  ({ envelope }: Modules) =>
  (input: second.EnvelopeInput) => {
    const whole = bytes(input.envelope);
    const opened = envelope.openEnvelope(
      whole,
      (header) => known(input.epochs, hex(header.epochTag)),
      (device) => known(input.devices, device),
      { channel: bytes(input.channel) },
    );
    if (!opened.ok) return { refused: opened.reason };
    const { header, attestation, attestationId, body } = opened;
    return {
      envelopeId: hex(envelope.envelopeId(whole)),
      kind: header.kind,
      documentTag: hex(header.documentTag),
      epochTag: hex(header.epochTag),
      attestation: shownAttestation(attestation),
      attestationId: hex(attestationId),
      body: hex(body),
    };
  };

function shownAttestation(attestation: Parameters<Modules['envelope']['attestationId']>[0]) {
  return {
    device: attestation.device,
    deviceSequence: attestation.deviceSequence,
    previous: hex(attestation.previous),
    membershipHeads: attestation.membershipHeads.map(hex),
    actorNonce: hex(attestation.actorNonce),
    sequenceFrom: attestation.sequenceFrom,
    sequenceTo: attestation.sequenceTo,
    lastChange: hex(attestation.lastChange),
    seenDigest: hex(attestation.seenDigest),
  };
}
