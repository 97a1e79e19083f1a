/** Vectors of signatures, boxes, devices and epochs. */
import { boxKeyPair, sealTo } from '../boxKeys.ts';
import { compareBytes, concat, encodeParts, uint, utf8 } from '../bytes.ts';
import { deriveKey } from '../derivedKey.ts';
import { accountSigner, certifyDevice, openDeviceKeyset } from '../deviceKeyset.ts';
import { blindedTag, createEpoch, documentKey, epochId, epochTag, sealEpoch } from '../epoch.ts';
import { fromHex, toHex } from '../hex.ts';
import { createSigner } from '../signing.ts';
import { counterRandom } from '../testing/counterRandom.ts';
import {
  addOrder,
  encrypt,
  epochOf,
  flipBit,
  identityKey,
  mixedOrderKey,
  overwrite,
} from '../testing/craft.ts';
import { bad, good, type VectorFile } from './vectorFile.ts';

const domain = 'warren/example/v1';

export function signingKeyVectors(): VectorFile {
  const seed = counterRandom('signingKey')(32);
  const message = utf8('message');
  const signer = createSigner(seed);
  const input = { secretSeed: toHex(seed), domain, message: toHex(message) };
  return {
    operation: 'make the key pair of a seed and sign',
    described: ['signing.ts', 'RFC 8032'],
    cases: [
      good('a message', input, {
        publicKey: toHex(signer.publicKey),
        signature: toHex(signer.sign(domain, message)),
      }),
      bad('short seed', 'a seed has 32 bytes', { ...input, secretSeed: toHex(seed.subarray(1)) }),
    ],
  };
}

export function signingVectors(): VectorFile {
  const random = counterRandom('signing');
  const signer = createSigner(random(32));
  const other = createSigner(random(32));
  const message = utf8('message');
  const signature = signer.sign(domain, message);
  const input = (over: { key?: Uint8Array; in?: string; of?: Uint8Array; by?: Uint8Array }) => ({
    publicKey: toHex(over.key ?? signer.publicKey),
    domain: over.in ?? domain,
    message: toHex(over.of ?? message),
    signature: toHex(over.by ?? signature),
  });
  const mixed = mixedOrderKey(domain);
  const identity = identityKey();
  const verified = { verified: true };
  const nothing = new Uint8Array();
  return {
    operation: 'verify a signature',
    described: ['signing.ts', 'RFC 8032'],
    cases: [
      good('a message', input({}), verified),
      good('no message', input({ of: nothing, by: signer.sign(domain, nothing) }), verified),
      bad('another domain', 'the domain is signed', input({ in: 'warren/example/v2' })),
      bad('another message', 'the message is signed', input({ of: utf8('Message') })),
      bad('another key', 'somebody else signed', input({ key: other.publicKey })),
      bad('a changed R', 'any bit counts', input({ by: flipBit(signature, 0) })),
      bad('a changed S', 'any bit counts', input({ by: flipBit(signature, 256) })),
      bad('S beyond the order', 'S has one encoding', input({ by: addOrder(signature) })),
      bad('a short signature', 'it has 64 bytes', input({ by: signature.subarray(1) })),
      bad(
        'a long signature',
        'it has 64 bytes',
        input({ by: concat(signature, nothing, uint('', 0, 1)) }),
      ),
      bad('no signature', 'it has 64 bytes', input({ by: nothing })),
      bad('a short key', 'a key has 32 bytes', input({ key: signer.publicKey.subarray(1) })),
      bad('a long key', 'a key has 32 bytes', input({ key: concat(signer.publicKey, message) })),
      bad('no key', 'a key has 32 bytes', input({ key: nothing })),
      bad(
        'the identity as a key',
        'a key of small order: this signature would hold for every message',
        input({ key: identity.publicKey, by: identity.signature }),
      ),
      bad(
        'a key of mixed order',
        'a key outside the main subgroup, on which implementations disagree',
        input({ key: mixed.publicKey, of: mixed.message, by: mixed.signature }),
      ),
      bad(
        'a key that is no point',
        'it is not on the curve',
        input({ key: overwrite(new Uint8Array(32), 0, 2) }),
      ),
      bad(
        'a key not in canonical form',
        'its coordinate is not below 2^255 - 19',
        input({ key: overwrite(new Uint8Array(32).fill(255), 31, 127) }),
      ),
    ],
  };
}

export function boxVectors(): VectorFile {
  const random = counterRandom('box');
  const [pair, other] = [boxKeyPair(random(32)), boxKeyPair(random(32))];
  const [plain, context] = [utf8('for one pair of eyes'), utf8('context')];
  const sealed = sealTo(pair.publicKey, plain, context, random);
  const input = (it: Uint8Array, to = pair, about = context) => ({
    secretKey: toHex(to.secretKey),
    publicKey: toHex(to.publicKey),
    context: toHex(about),
    sealed: toHex(it),
  });
  const empty = sealTo(pair.publicKey, new Uint8Array(), new Uint8Array(), random);
  const zeroShared = deriveKey(
    new Uint8Array(32),
    'warren/box/v1',
    new Uint8Array(32),
    pair.publicKey,
  );
  const associated = encodeParts(utf8('warren/sealed-box/v1'), context);
  const zeroKey = concat(
    Uint8Array.of(1),
    new Uint8Array(32),
    encrypt(zeroShared, new Uint8Array(24), associated, plain),
  );
  return {
    operation: 'open a sealed box',
    described: ['boxKeys.ts', 'RFC 7748'],
    cases: [
      good('a few bytes', input(sealed), { plain: toHex(plain) }),
      good('nothing, in no context', input(empty, pair, new Uint8Array()), { plain: '' }),
      bad('another version', 'only version 1 is known', input(overwrite(sealed, 0, 2))),
      bad('another recipient', 'it was sealed to another key', input(sealed, other)),
      bad('another context', 'it is bound to its context', input(sealed, pair, utf8('Context'))),
      bad(
        'an ephemeral key of small order',
        'the shared secret would be all zeros for everybody',
        input(zeroKey),
      ),
      bad(
        'the same ephemeral point in another encoding',
        'X25519 ignores the highest bit; the derived key does not',
        input(flipBit(sealed, 32 * 8 + 7)),
      ),
      bad('a changed ephemeral key', 'any bit counts', input(flipBit(sealed, 8))),
      bad('a changed ciphertext', 'any bit counts', input(flipBit(sealed, 33 * 8))),
      bad('a changed tag', 'any bit counts', input(flipBit(sealed, sealed.length * 8 - 1))),
      bad('cut short', 'the tag is not whole', input(sealed.subarray(0, -1))),
      bad('no ciphertext', 'there is no tag', input(sealed.subarray(0, 33))),
      bad('half a key', 'the ephemeral key is not whole', input(sealed.subarray(0, 20))),
      bad('empty', 'there is no version', input(new Uint8Array())),
    ],
  };
}

export function deviceKeysetVectors(): VectorFile {
  const random = counterRandom('deviceKeyset');
  const seeds = { signingSeed: random(32), boxSeed: random(32) };
  const { id, publicKeys } = openDeviceKeyset(seeds);
  const input = { signingSeed: toHex(seeds.signingSeed), boxSeed: toHex(seeds.boxSeed) };
  return {
    operation: 'name a device and its public keys from its seeds',
    described: ['deviceKeyset.ts'],
    cases: [
      good('a device', input, {
        id,
        signing: toHex(publicKeys.signing),
        box: toHex(publicKeys.box),
      }),
      bad('short signing seed', 'a seed has 32 bytes', { ...input, signingSeed: '00' }),
      bad('short box seed', 'a seed has 32 bytes', { ...input, boxSeed: '00' }),
    ],
  };
}

export function deviceCertificateVectors(): VectorFile {
  const random = counterRandom('deviceCertificate');
  const [root, otherRoot] = [random(32), random(32)];
  const { id, publicKeys } = openDeviceKeyset({ signingSeed: random(32), boxSeed: random(32) });
  const at = 1_790_000_000_000;
  const certificate = certifyDevice(root, publicKeys, at);
  const signed = (statement: Uint8Array, by = root, about = 'warren/device-certificate/v1') =>
    concat(statement, accountSigner(by).sign(about, statement));
  const input = (it: Uint8Array) => ({
    accountPublicKey: toHex(accountSigner(root).publicKey),
    certificate: toHex(it),
  });
  const statement = certificate.subarray(0, 73);
  const shown = { id, signing: toHex(publicKeys.signing), box: toHex(publicKeys.box) };
  return {
    operation: 'verify the certificate of a device',
    described: ['deviceKeyset.ts'],
    cases: [
      good('a device', input(certificate), { ...shown, at }),
      good('at the beginning of time', input(certifyDevice(root, publicKeys, 0)), {
        ...shown,
        at: 0,
      }),
      bad('another version', 'only version 1 is known', input(signed(overwrite(statement, 0, 2)))),
      bad(
        'a time that a double can not hold',
        'times are below 2^53',
        input(signed(overwrite(statement, 65, 0, 32, 0, 0, 0, 0, 0, 0))),
      ),
      bad('another account', 'the account did not sign it', input(signed(statement, otherRoot))),
      bad(
        'another domain',
        'it was signed as something else',
        input(signed(statement, root, domain)),
      ),
      bad(
        'signed as longer',
        'a statement has 73 bytes',
        input(signed(concat(statement, statement))),
      ),
      bad('a changed signing key', 'any bit counts', input(flipBit(certificate, 8))),
      bad('a changed box key', 'any bit counts', input(flipBit(certificate, 33 * 8))),
      bad('a changed time', 'any bit counts', input(flipBit(certificate, 72 * 8))),
      bad('a changed signature', 'any bit counts', input(flipBit(certificate, 73 * 8))),
      bad('a byte too many', 'it has 137 bytes', input(concat(certificate, Uint8Array.of(0)))),
      bad('a byte too few', 'it has 137 bytes', input(certificate.subarray(0, -1))),
      bad('empty', 'it has 137 bytes', input(new Uint8Array())),
    ],
  };
}

export function epochKeysVectors(): VectorFile {
  const random = counterRandom('epochKeys');
  const epoch = createEpoch(random, []);
  const documentId = random(16);
  const input = { id: epoch.id, key: toHex(epoch.key), documentId: toHex(documentId) };
  return {
    operation: "derive an epoch's public tag, and a document's key and tag",
    described: ['epoch.ts'],
    cases: [
      good('a document', input, {
        epochTag: toHex(epochTag(epoch.id)),
        documentKey: toHex(documentKey(epoch.key, documentId)),
        documentTag: toHex(blindedTag(epoch.key, documentId)),
      }),
      bad('short key', 'an epoch key has 32 bytes', { ...input, key: '00' }),
      bad('short id', 'an epoch id has 16 bytes', { ...input, id: '00' }),
    ],
  };
}

export function epochVectors(): VectorFile {
  const random = counterRandom('epoch');
  const context = utf8('channel');
  const first = createEpoch(random, []);
  const branches = [createEpoch(random, [first]), createEpoch(random, [first])];
  const epoch = createEpoch(random, branches);
  const pairs = [random(32), random(32), random(32)]
    .map(boxKeyPair)
    .sort((a, b) => compareBytes(a.publicKey, b.publicKey));
  const [pair, second, stranger] = pairs;
  if (!pair || !second || !stranger) throw new Error('three key pairs');
  const keys = [pair.publicKey, second.publicKey];
  const sealed = sealEpoch(epoch, branches, keys, context, random);
  const alone = sealEpoch(first, [], [pair.publicKey], context, random);
  const input = (it: Uint8Array, of = pair, about = context) => ({
    secretKey: toHex(of.secretKey),
    publicKey: toHex(of.publicKey),
    context: toHex(about),
    sealed: toHex(it),
  });
  const shown = ({ id, key, parents }: typeof epoch) => ({ id, key: toHex(key), parents });
  const opened = {
    id: epoch.id,
    key: toHex(epoch.key),
    recipients: keys.map(toHex),
    parents: epoch.parents.map((id) => shown(branches.find((one) => one.id === id) ?? epoch)),
  };
  const end = Uint8Array.of(0);
  const headOf = (id: string, parents: readonly string[], to: readonly Uint8Array[]) =>
    concat(
      Uint8Array.of(1),
      fromHex('id', id, 16),
      uint('parents', parents.length, 1),
      uint('recipients', to.length, 2),
      ...parents.map((parent) => fromHex('parent', parent, 16)),
      ...to,
    );
  const crafted = (
    head: Uint8Array,
    to: readonly Uint8Array[],
    key: Uint8Array,
    parents: Uint8Array,
  ) => input(epochOf(head, to, key, parents, context, random));
  const one = [pair.publicKey];
  const otherKey = random(32);
  const child = epochId(epoch.key, [first.id]);
  const childHead = headOf(child, [first.id], one);
  const firstHead = headOf(first.id, [], one);
  const secondAt = epochHeadBytes(2, 2) + 81;
  return {
    operation: 'open a sealed epoch',
    described: ['sealedEpoch.ts', 'epochId.ts', 'boxKeys.ts', 'keyWrap.ts'],
    cases: [
      good('merging two branches, first recipient', input(sealed), opened),
      good('merging two branches, second recipient', input(sealed, second), opened),
      good('the first epoch', input(alone), {
        ...shown(first),
        recipients: [toHex(pair.publicKey)],
      }),
      good('made by hand', crafted(firstHead, one, first.key, end), {
        ...shown(first),
        recipients: [toHex(pair.publicKey)],
      }),
      bad(
        'another version',
        'only version 1 is known',
        crafted(overwrite(firstHead, 0, 2), one, first.key, end),
      ),
      bad('not for this device', 'it is not among the recipients', input(sealed, stranger)),
      bad('another context', 'it is bound to its context', input(sealed, pair, utf8('Channel'))),
      bad(
        'another key under the same id',
        'the id does not commit to this key',
        crafted(firstHead, one, otherKey, end),
      ),
      bad(
        'the right key without its parents',
        'the id commits to the parents too',
        crafted(headOf(epoch.id, [], one), one, epoch.key, end),
      ),
      bad(
        "another parent's key",
        "the parent's id does not commit to this key",
        crafted(childHead, one, epoch.key, concat(otherKey, end, end)),
      ),
      bad(
        'a parent with parents it does not have',
        "the parent's id commits to its own parents",
        crafted(childHead, one, epoch.key, concat(first.key, Uint8Array.of(1), random(16), end)),
      ),
      bad(
        'a parent missing',
        'each parent comes with its key',
        crafted(childHead, one, epoch.key, end),
      ),
      bad(
        'a parent too many',
        'nothing follows the end mark',
        crafted(firstHead, one, first.key, concat(end, first.key)),
      ),
      bad('another end mark', 'it is 0', crafted(firstHead, one, first.key, Uint8Array.of(1))),
      bad(
        'recipients out of order',
        'they ascend',
        crafted(headOf(first.id, [], keys.toReversed()), keys.toReversed(), first.key, end),
      ),
      bad(
        'a recipient named twice',
        'they ascend strictly',
        crafted(headOf(first.id, [], [...one, ...one]), [...one, ...one], first.key, end),
      ),
      bad(
        'nobody named',
        'it is not among the recipients',
        crafted(headOf(first.id, [], []), [], first.key, end),
      ),
      bad('a changed id', 'any bit counts', input(flipBit(sealed, 8))),
      bad('a changed parent', 'any bit counts', input(flipBit(sealed, 20 * 8))),
      bad(
        "another's key changed",
        'the list is bound to every box',
        input(flipBit(sealed, (epochHeadBytes(2, 2) - 1) * 8)),
      ),
      bad('a changed box', 'any bit counts', input(flipBit(sealed, (secondAt - 1) * 8))),
      bad('changed parents', 'any bit counts', input(flipBit(sealed, sealed.length * 8 - 1))),
      bad(
        'parents of another epoch',
        'they are wrapped under this key for this head',
        input(concat(sealed.subarray(0, secondAt + 81), alone.subarray(epochHeadBytes(0, 1) + 81))),
      ),
      bad('cut inside the boxes', 'the boxes are not whole', input(sealed.subarray(0, secondAt))),
      bad(
        'cut before the parents',
        'the parents are missing',
        input(sealed.subarray(0, secondAt + 81)),
      ),
      bad('a byte too many', 'nothing follows', input(concat(sealed, end))),
      bad('empty', 'there is no head', input(new Uint8Array())),
    ],
  };
}

const epochHeadBytes = (parents: number, recipients: number): number =>
  20 + 16 * parents + 32 * recipients;
