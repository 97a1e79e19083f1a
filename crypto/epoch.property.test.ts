/** Epochs reach their recipients with all history, and any change or swap is refused. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BoxKeyPair, boxKeyPair } from './boxKeys.ts';
import { compareBytes } from './bytes.ts';
import {
  blindedTag,
  createEpoch,
  documentKey,
  type Epoch,
  epochTag,
  openEpoch,
  openEpochParents,
  readSealedEpoch,
  sealEpoch,
} from './epoch.ts';
import { systemRandom } from './random.ts';
import { id, key } from './testing/arbitraries.ts';
import { flipBit } from './testing/craft.ts';

const newPair = (): BoxKeyPair => boxKeyPair(systemRandom(32));
const pairs = fc.integer({ min: 1, max: 6 }).map((count) => Array.from({ length: count }, newPair));

/** Epochs that follow one another, the last one merging as many branches as asked for. */
const history = fc.nat({ max: 4 }).map((branches) => {
  const first = createEpoch(systemRandom, []);
  const parents = Array.from({ length: branches }, () => createEpoch(systemRandom, [first]));
  return { parents, epoch: createEpoch(systemRandom, parents) };
});

const seal = (epoch: Epoch, parents: readonly Epoch[], to: BoxKeyPair[], context: Uint8Array) =>
  sealEpoch(
    epoch,
    parents,
    to.map((pair) => pair.publicKey),
    context,
    systemRandom,
  );

test('each recipient opens the epoch and its parents; nobody else does', () => {
  fc.assert(
    fc.property(history, pairs, id, ({ epoch, parents }, to, channel) => {
      const sealed = seal(epoch, parents, to, channel);
      const recipients = to.map((pair) => pair.publicKey).sort(compareBytes);
      for (const pair of to) {
        const opened = openEpoch(sealed, pair, channel);
        expect(opened?.epoch).toEqual(epoch);
        expect(opened?.recipients).toEqual(recipients);
        expect(new Set(opened?.parents)).toEqual(new Set(parents));
      }
      expect(openEpoch(sealed, newPair(), channel)).toBeNull();
      expect(readSealedEpoch(sealed)).toEqual({ id: epoch.id, parents: epoch.parents, recipients });
    }),
    { numRuns: 40 },
  );
});

test('any flipped bit that concerns a recipient, any cut and another channel are refused', () => {
  fc.assert(
    fc.property(history, id, fc.nat(), ({ epoch, parents }, channel, bit) => {
      const pair = newPair();
      const sealed = seal(epoch, parents, [pair], channel);
      expect(openEpoch(flipBit(sealed, bit), pair, channel)).toBeNull();
      expect(openEpoch(sealed.subarray(0, bit % sealed.length), pair, channel)).toBeNull();
      expect(openEpoch(sealed, pair, flipBit(channel, bit))).toBeNull();
    }),
  );
});

test('every bit of a small epoch counts', () => {
  const [epoch, pair, channel] = [createEpoch(systemRandom, []), newPair(), systemRandom(16)];
  const sealed = seal(epoch, [], [pair], channel);
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    expect(openEpoch(flipBit(sealed, bit), pair, channel), `bit ${bit}`).toBeNull();
  }
});

test('the box of one epoch does not fit into another', () => {
  const [pair, channel] = [newPair(), systemRandom(16)];
  const [one, other] = [createEpoch(systemRandom, []), createEpoch(systemRandom, [])];
  const [sealed, from] = [seal(one, [], [pair], channel), seal(other, [], [pair], channel)];
  const boxAt = 20 + 32;
  const swapped = new Uint8Array([...sealed.subarray(0, boxAt), ...from.subarray(boxAt)]);
  expect(openEpoch(swapped, pair, channel)).toBeNull();
});

test('an id commits to the key and to the parents', () => {
  const first = createEpoch(systemRandom, []);
  const same = () => new Uint8Array(32).fill(5);
  expect(createEpoch(same, []).id).toBe(createEpoch(same, []).id);
  expect(createEpoch(same, [first]).id).not.toBe(createEpoch(same, []).id);
  expect(createEpoch(systemRandom, [first]).id).not.toBe(createEpoch(same, [first]).id);
});

test('keys and tags differ by epoch, by document and from one another', () => {
  fc.assert(
    fc.property(key, id, fc.nat(), (epochKey, document, bit) => {
      const [otherKey, otherDocument] = [flipBit(epochKey, bit), flipBit(document, bit)];
      expect(documentKey(epochKey, document)).not.toEqual(documentKey(otherKey, document));
      expect(documentKey(epochKey, document)).not.toEqual(documentKey(epochKey, otherDocument));
      const tag = blindedTag(epochKey, document);
      expect(tag).not.toEqual(blindedTag(otherKey, document));
      expect(tag).not.toEqual(blindedTag(epochKey, otherDocument));
      expect(tag).not.toEqual(documentKey(epochKey, document).subarray(0, 16));
    }),
  );
});

test('a public tag of an epoch is not its id', () => {
  const epoch = createEpoch(systemRandom, []);
  expect(epochTag(epoch.id)).toHaveLength(16);
  expect(Buffer.from(epochTag(epoch.id)).toString('hex')).not.toBe(epoch.id);
});

test('whoever has an epoch’s key opens its parents, and nobody with another key or for another place', () => {
  fc.assert(
    fc.property(history, pairs, id, key, ({ epoch, parents }, to, channel, other) => {
      const sealed = seal(epoch, parents, to, channel);
      const opened = openEpochParents(sealed, epoch.key, channel);
      expect(new Set(opened?.map((one) => one.id))).toEqual(new Set(epoch.parents));
      for (const one of opened ?? []) {
        expect(one.key).toEqual(parents.find((parent) => parent.id === one.id)?.key);
      }
      expect(openEpochParents(sealed, other, channel)).toBeNull();
      expect(openEpochParents(sealed, epoch.key, flipBit(channel, 3))).toBeNull();
    }),
    { numRuns: 30 },
  );
});
