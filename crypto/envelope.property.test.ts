/** Envelopes open as they were sealed, and any change or swap is refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Attestation, decodeAttestation, encodeAttestation } from './attestation.ts';
import { compareBytes } from './bytes.ts';
import { createDeviceKeyset, openDeviceKeyset } from './deviceKeyset.ts';
import {
  attestationId,
  envelopeId,
  openEnvelope,
  readOuterHeader,
  sealEnvelope,
  verifySignedAttestation,
} from './envelope.ts';
import { blindedTag, createEpoch, epochTag } from './epoch.ts';
import { padmeLength } from './padding.ts';
import { pooledRandom, systemRandom } from './random.ts';
import { id, key } from './testing/arbitraries.ts';
import { flipBit } from './testing/craft.ts';

const device = openDeviceKeyset(createDeviceKeyset(systemRandom));
const epoch = createEpoch(systemRandom, []);
const channel = systemRandom(16);
const random = pooledRandom();

const uint32 = fc.nat({ max: 2 ** 32 - 1 });
const attestation: fc.Arbitrary<Attestation> = fc
  .record({
    deviceSequence: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
    previous: key,
    membershipHeads: fc.uniqueArray(key, {
      maxLength: 8,
      comparator: (a, b) => compareBytes(a, b) === 0,
    }),
    actorNonce: id,
    run: fc.tuple(uint32, uint32),
    lastChange: key,
    seenDigest: key,
  })
  .map(({ run, ...rest }) => ({
    ...rest,
    device: device.id,
    sequenceFrom: Math.min(...run),
    sequenceTo: Math.max(...run),
  }));

interface Content {
  readonly kind: number;
  readonly documentTag: Uint8Array;
  readonly attestation: Attestation;
  readonly body: Uint8Array;
}

const content: fc.Arbitrary<Content> = fc.record({
  kind: fc.integer({ min: 1, max: 255 }),
  documentTag: id,
  attestation,
  body: fc.uint8Array({ maxLength: 700 }),
});

const seal = (one: Content): Uint8Array =>
  sealEnvelope({
    ...one,
    channel,
    epochTag: epochTag(epoch.id),
    epochKey: epoch.key,
    signer: device.signer,
    random,
  });

const open = (envelope: Uint8Array, epochKey = epoch.key, verifyKey = device.publicKeys.signing) =>
  openEnvelope(
    envelope,
    () => epochKey,
    () => verifyKey,
    { channel },
  );

const sorted = (one: Attestation): Attestation => ({
  ...one,
  membershipHeads: one.membershipHeads.toSorted(compareBytes),
});

const small: Content = {
  kind: 1,
  documentTag: blindedTag(epoch.key, systemRandom(16)),
  attestation: {
    device: device.id,
    deviceSequence: 1,
    previous: new Uint8Array(32),
    membershipHeads: [systemRandom(32)],
    actorNonce: systemRandom(16),
    sequenceFrom: 1,
    sequenceTo: 1,
    lastChange: systemRandom(32),
    seenDigest: systemRandom(32),
  },
  body: new Uint8Array(8).fill(7),
};

describe('opening', () => {
  test('inverts sealing', () => {
    fc.assert(
      fc.property(content, (one) => {
        const envelope = seal(one);
        const opened = open(envelope);
        if (!opened.ok) throw new Error(opened.reason);
        expect(opened.header).toMatchObject({
          kind: one.kind,
          channel,
          documentTag: one.documentTag,
        });
        expect(opened.attestation).toEqual(sorted(one.attestation));
        expect(opened.attestationId).toEqual(attestationId(one.attestation));
        expect(opened.body).toEqual(one.body);
        expect(verifySignedAttestation(device.publicKeys.signing, opened.signed)).toBe(true);
        expect(padmeLength(envelope.length - 122)).toBe(envelope.length - 122);
      }),
    );
  });

  test('refuses a change of any bit', () => {
    const envelope = seal(small);
    for (let bit = 0; bit < envelope.length * 8; bit++) {
      expect(open(flipBit(envelope, bit)).ok, `bit ${bit}`).toBe(false);
    }
  });

  test('refuses any flipped bit, cut or extension of any envelope', () => {
    fc.assert(
      fc.property(content, fc.nat(), (one, at) => {
        const envelope = seal(one);
        expect(open(flipBit(envelope, at)).ok).toBe(false);
        expect(open(envelope.subarray(0, at % envelope.length)).ok).toBe(false);
        expect(open(new Uint8Array([...envelope, 0])).ok).toBe(false);
      }),
    );
  });

  test('refuses another epoch, channel, document, kind or device', () => {
    fc.assert(
      fc.property(content, key, fc.nat(), (one, otherKey, bit) => {
        const envelope = seal(one);
        expect(open(envelope, otherKey)).toEqual({ ok: false, reason: 'wrongKey' });
        const elsewhere = openEnvelope(
          envelope,
          () => epoch.key,
          () => null,
          {
            channel: flipBit(channel, bit),
          },
        );
        expect(elsewhere).toEqual({ ok: false, reason: 'wrongChannel' });
        const { publicKeys } = openDeviceKeyset({ signingSeed: otherKey, boxSeed: otherKey });
        expect(open(envelope, epoch.key, publicKeys.signing)).toEqual({
          ok: false,
          reason: 'badSignature',
        });
      }),
    );
  });

  test('refuses any bytes that nobody sealed, without throwing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        expect(open(bytes).ok).toBe(false);
        expect(readOuterHeader(new Uint8Array([1, ...bytes])).ok).toBe(
          bytes.length >= 377 && bytes[0] !== 0,
        );
      }),
    );
  });
});

describe('an attestation', () => {
  test('has one encoding, whatever the order of its heads', () => {
    fc.assert(
      fc.property(attestation, (one) => {
        const encoded = encodeAttestation(one);
        const turned = { ...one, membershipHeads: one.membershipHeads.toReversed() };
        expect(encodeAttestation(turned)).toEqual(encoded);
        expect(decodeAttestation(encoded)).toEqual(sorted(one));
      }),
    );
  });

  test('decoded from any bytes at all, encodes to just these', () => {
    fc.assert(
      fc.property(attestation, fc.nat(), fc.nat({ max: 3 }), (one, bit, extra) => {
        const encoded = encodeAttestation(one);
        const altered = new Uint8Array([...flipBit(encoded, bit), ...new Uint8Array(extra)]);
        const decoded = decodeAttestation(altered);
        if (decoded) expect(encodeAttestation(decoded)).toEqual(altered);
        expect(decodeAttestation(encoded.subarray(0, bit % encoded.length))).toBeNull();
      }),
    );
  });

  test('has an id of its own', () => {
    fc.assert(
      fc.property(attestation, attestation, (one, other) => {
        const same = compareBytes(encodeAttestation(one), encodeAttestation(other)) === 0;
        expect(compareBytes(attestationId(one), attestationId(other)) === 0).toBe(same);
      }),
    );
  });
});

test('the same content is sealed differently each time, under another id', () => {
  expect(envelopeId(seal(small))).not.toEqual(envelopeId(seal(small)));
});
