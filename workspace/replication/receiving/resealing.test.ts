import { expect, test } from 'vitest';
import { attestationId } from '../../../crypto/attestation.ts';
import { toHex } from '../../../crypto/hex.ts';
import { profileInputSchema } from '../../model/profile.ts';
import { newDevice, type TestDevice } from '../testing.ts';
import { createOpening } from './opening.ts';
import { createReceiver } from './receiver.ts';

/** What the device said, by its sequence, each with the one that it names as the one before. */
function told(device: TestDevice) {
  const { reopen } = createOpening(device);
  return device.log
    .ids()
    .flatMap((id) => reopen(device.log.get(id)?.envelope as Uint8Array)?.attestation ?? [])
    .toSorted((a, b) => a.deviceSequence - b.deviceSequence);
}

test('an edit in the transaction that regroups gets a sequence of its own', async () => {
  const device = await newDevice();
  const { profiles, vault, replicator } = device;
  const { store } = vault;
  await replicator.share();
  // A relay that was never reached: all that is sealed waits for it.
  await replicator.addRelay('ws://127.0.0.1:9');
  for (let n = 0; n < 80; n++) {
    await store.commit(() => profiles.add([profileInputSchema.parse({ name: `P ${n}` })]));
  }
  expect(told(device).length).toBeGreaterThan(80);
  const late = store.commit(() => profiles.add([profileInputSchema.parse({ name: 'late' })]));
  await createReceiver(device).regroup(async () => undefined);
  await late;
  for (let n = 0; n < 80; n++) {
    await store.commit(() => profiles.add([profileInputSchema.parse({ name: `Q ${n}` })]));
  }
  const all = told(device);
  expect(all.length).toBeLessThan(120);
  const sequences = all.map(({ deviceSequence }) => deviceSequence);
  expect(sequences).toEqual(Array.from(all, (_, n) => (sequences[0] ?? 0) + n));
  for (const [n, { previous }] of all.entries()) {
    const before = all[n - 1];
    if (before) expect(toHex(previous)).toBe(toHex(attestationId(before)));
  }
});
