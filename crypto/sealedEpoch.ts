/**
 * An epoch on its way to everybody who may read: its key sealed to each of their devices, and the keys of
 * its parents wrapped under it, so that a new device can open all history.
 *
 * Layout: head || a box for each recipient (81 bytes, in the head's order) || wrapped parents.
 * Head: version (1 byte, 1) || epoch id (16) || number of parents (1) || number of recipients (16-bit big
 * endian) || parents' ids (16 each) || recipients' box keys (32 each, strictly ascending).
 * Wrapped parents, under the epoch's key: for each, in the head's order, key (32) || number of its own
 * parents (1) || their ids (16 each); then one byte 0, since nothing at all can not be wrapped.
 *
 * The head is in every box's context and in the wrapped part's: whoever opens their box knows that the
 * list of recipients is the sealer's. It names devices by their public keys, so a sealed epoch belongs
 * where only members look. Who may seal one is not decided here: it has to be signed.
 */
import { type BoxKeyPair, boxKeyBytes, boxOverhead, openSealed, sealTo } from './boxKeys.ts';
import {
  compareBytes,
  concat,
  encodeParts,
  requireByteArray,
  requireBytes,
  strictlyAscending,
  uint,
  utf8,
} from './bytes.ts';
import { keyBytes } from './derivedKey.ts';
import { idBytes } from './digest.ts';
import { type Epoch, epochId } from './epochId.ts';
import { fromHex } from './hex.ts';
import { unwrapKey, wrapKey } from './keyWrap.ts';
import type { RandomBytes } from './random.ts';
import { decodeStrictly, MalformedError, type Reader } from './reader.ts';

const version = 1;
const endMark = Uint8Array.of(0);

/** What a sealed epoch says to whoever holds it, unverified until it is opened. */
export interface SealedEpochHead {
  readonly id: string;
  readonly parents: readonly string[];
  /** Box public keys, 32 bytes each, strictly ascending. */
  readonly recipients: readonly Uint8Array[];
}

export interface OpenedEpoch {
  readonly epoch: Epoch;
  /** In the order of `epoch.parents`, each with its key. */
  readonly parents: readonly Epoch[];
  /** Whom the sealer named; to be compared with who may read. */
  readonly recipients: readonly Uint8Array[];
}

interface SealedParts extends SealedEpochHead {
  readonly head: Uint8Array;
  readonly boxes: readonly Uint8Array[];
  readonly wrapped: Uint8Array;
}

/**
 * @param parents exactly the epochs that `epoch.parents` names, at most 255.
 * @param recipients box public keys, 1 to 65,535, in any order.
 * @param context bytes that it is bound to, such as the channel; opening takes the same.
 */
export function sealEpoch(
  epoch: Epoch,
  parents: readonly Epoch[],
  recipients: readonly Uint8Array[],
  context: Uint8Array,
  random: RandomBytes,
): Uint8Array {
  const sorted = requireRecipients(recipients);
  const ordered = requireParents(epoch, parents);
  const head = encodeHead(epoch, sorted);
  const bound = boundTo(context, head);
  const wrapped = wrapKey(epoch.key, encodeParents(ordered), bound, random);
  const boxes = sorted.map((recipient) => sealTo(recipient, epoch.key, bound, random));
  return concat(head, ...boxes, wrapped);
}

/** @returns what stands in the open, unverified; null when it is malformed. */
export function readSealedEpoch(sealed: Uint8Array): SealedEpochHead | null {
  const parts = decodeStrictly(sealed, (reader) => readParts(reader, sealed));
  return parts && { id: parts.id, parents: parts.parents, recipients: parts.recipients };
}

/**
 * @returns the epoch and its parents, each with the key that its id commits to; null when it was not sealed
 *   to this key and this context, or is altered, or holds another key than its id names.
 */
export function openEpoch(
  sealed: Uint8Array,
  keyPair: BoxKeyPair,
  context: Uint8Array,
): OpenedEpoch | null {
  return decodeStrictly(sealed, (reader) => {
    const { id, parents, recipients, head, boxes, wrapped } = readParts(reader, sealed);
    const bound = boundTo(context, head);
    const box = boxes[recipients.findIndex((one) => compareBytes(one, keyPair.publicKey) === 0)];
    const key = box && openSealed(keyPair, box, bound);
    if (!key) throw new MalformedError();
    if (epochId(key, parents) !== id) throw new MalformedError();
    const opened = openParents(key, wrapped, bound, parents);
    return { epoch: { id, key, parents }, parents: opened, recipients };
  });
}

/**
 * For whoever has an epoch's key without having been named in it: its parents.
 *
 * @returns the parents, each with its key; null when this is not the epoch of that key, or is altered.
 */
export function openEpochParents(
  sealed: Uint8Array,
  key: Uint8Array,
  context: Uint8Array,
): Epoch[] | null {
  return decodeStrictly(sealed, (reader) => {
    const { id, parents, head, wrapped } = readParts(reader, sealed);
    if (epochId(key, parents) !== id) throw new MalformedError();
    return openParents(key, wrapped, boundTo(context, head), parents);
  });
}

function boundTo(context: Uint8Array, head: Uint8Array): Uint8Array {
  requireByteArray('context', context);
  return encodeParts(utf8('warren/sealed-epoch/v1'), context, head);
}

function encodeHead(epoch: Epoch, recipients: readonly Uint8Array[]): Uint8Array {
  return concat(
    Uint8Array.of(version),
    fromHex('epoch.id', epoch.id, idBytes),
    uint('parents.length', epoch.parents.length, 1),
    uint('recipients.length', recipients.length, 2),
    ...epoch.parents.map((parent) => fromHex('epoch.parents', parent, idBytes)),
    ...recipients,
  );
}

function readParts(reader: Reader, sealed: Uint8Array): SealedParts {
  if (reader.uint(1) !== version) throw new MalformedError();
  const id = reader.hex(idBytes);
  const parentCount = reader.uint(1);
  const recipientCount = reader.uint(2);
  const parents = reader.list(parentCount, () => reader.hex(idBytes));
  const recipients = reader.list(recipientCount, () => reader.take(boxKeyBytes));
  if (!strictlyAscending(recipients)) throw new MalformedError();
  const head = sealed.subarray(
    0,
    1 + idBytes + 1 + 2 + parentCount * idBytes + recipientCount * boxKeyBytes,
  );
  const boxes = reader.list(recipientCount, () => reader.take(boxOverhead + keyBytes));
  return { id, parents, recipients, head, boxes, wrapped: reader.rest() };
}

function encodeParents(parents: readonly Epoch[]): Uint8Array {
  const encoded = parents.flatMap((parent) => [
    parent.key,
    uint('parent.parents.length', parent.parents.length, 1),
    ...parent.parents.map((id) => fromHex('parent.parents', id, idBytes)),
  ]);
  return concat(...encoded, endMark);
}

function openParents(
  key: Uint8Array,
  wrapped: Uint8Array,
  bound: Uint8Array,
  ids: readonly string[],
): Epoch[] {
  const encoded = unwrapKey(key, wrapped, bound);
  const parents = encoded && decodeStrictly(encoded, (reader) => readParents(reader, ids));
  if (!parents) throw new MalformedError();
  return parents;
}

function readParents(reader: Reader, ids: readonly string[]): Epoch[] {
  const parents = ids.map((id) => {
    const key = reader.take(keyBytes).slice();
    const parents = reader.list(reader.uint(1), () => reader.hex(idBytes));
    if (epochId(key, parents) !== id) throw new MalformedError();
    return { id, key, parents };
  });
  if (reader.uint(1) !== 0) throw new MalformedError();
  return parents;
}

function requireRecipients(recipients: readonly Uint8Array[]): Uint8Array[] {
  for (const recipient of recipients) requireBytes('recipients', recipient, boxKeyBytes);
  const sorted = recipients.toSorted(compareBytes);
  if (sorted.length === 0) throw new TypeError('recipients must not be empty');
  if (!strictlyAscending(sorted)) throw new TypeError('recipients must not be named twice');
  return sorted;
}

function requireParents(epoch: Epoch, parents: readonly Epoch[]): Epoch[] {
  const ordered = epoch.parents.flatMap((id) => parents.find((parent) => parent.id === id) ?? []);
  if (ordered.length !== epoch.parents.length || ordered.length !== parents.length) {
    throw new TypeError('parents must be exactly the epochs that epoch.parents names');
  }
  return ordered;
}
