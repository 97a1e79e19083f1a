/** Envelopes that are not what their device sealed: none is taken, whatever was done to them. */
import { expect, test } from 'vitest';
import { openEnvelope } from '../../crypto/envelope.ts';
import { seededChoice } from '../faults/seeded.ts';
import { profileInputSchema } from '../model/profile.ts';
import { newContents } from '../testing.ts';
import { createReceiver } from './receiving/receiver.ts';

const count = process.env.WARREN_SLOW === '1' ? 1_000_000 : 20_000;
/** So many of them go the whole way, through a device that would take them. */
const every = 20;
const seed = Number(process.env.WARREN_SEED ?? Math.floor(Math.random() * 1e6));

test(`${count} altered envelopes: none is taken, and nothing is kept of them but a bounded note`, async () => {
  console.log(`seed ${seed} (WARREN_SEED=${seed} repeats it)`);
  const choice = seededChoice(seed);
  const contents = await newContents();
  const { vault, outbox, profiles, membership, log, epochs, documents } = contents;
  membership.found();
  vault.store.write(() => outbox.share());
  const made = profiles.add(
    Array.from({ length: 40 }, (_, n) => profileInputSchema.parse({ name: `P ${n}` })),
  );
  for (const { id, createdAt: _c, updatedAt: _u, ...input } of made) {
    profiles.replace(id, { ...input, notes: 'n'.repeat(choice.below(400)) });
  }
  profiles.trash(made.slice(0, 3).map(({ id }) => id));
  const sealed = log.ids().flatMap((id) => log.get(id)?.envelope ?? []);
  expect(sealed.length).toBeGreaterThan(30);

  // As another device sees it that has none of it yet.
  const receiver = createReceiver({ ...contents, log: { ...log, has: () => false } });
  const before = [log.size(), documents.ids().length, profiles.listedIds().length];
  let refused = 0;
  for (let n = 0; n < count; n++) {
    const envelope = altered(choice.required(sealed), choice.required(sealed));
    if (sealed.some((one) => Buffer.compare(one, envelope) === 0)) continue;
    const opened = openEnvelope(
      envelope,
      ({ epochTag }) => epochs.keyFor(epochTag),
      (device) => membership.author(device)?.signing ?? null,
      { channel: vault.keys.channel },
    );
    expect(opened.ok, `seed ${seed}, ${n}`).toBe(false);
    if (n % every > 0) continue;
    const outcomes = await vault.store.commit(() => receiver.take([envelope], null));
    expect(['refused', 'parked'], `seed ${seed}, ${n}`).toContain(outcomes[0]);
    refused += 1;
  }
  expect(refused).toBeGreaterThan(count / every / 2);
  expect([log.size(), documents.ids().length, profiles.listedIds().length]).toEqual(before);
  expect(receiver.trouble().refused.length).toBeLessThanOrEqual(500);

  /** A bit, a byte, a cut, more of it, or one begun and another ended. */
  function altered(envelope: Uint8Array, other: Uint8Array): Uint8Array {
    const at = choice.below(envelope.length);
    const copy = envelope.slice();
    switch (choice.below(5)) {
      case 0:
        copy[at] = (copy[at] ?? 0) ^ (1 << choice.below(8));
        return copy;
      case 1:
        copy[at] = choice.below(256);
        return copy;
      case 2:
        return envelope.slice(0, at);
      case 3:
        return new Uint8Array(Buffer.concat([envelope, copy.subarray(0, at + 1)]));
      default:
        return new Uint8Array(Buffer.concat([envelope.subarray(0, at), other.subarray(at)]));
    }
  }
}, 3_600_000);
