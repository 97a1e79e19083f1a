import { expect, test } from 'vitest';
import { toHex } from '../../../crypto/hex.ts';
import { profileInputSchema } from '../../model/profile.ts';
import { decodeMixed, encodeMixed, envelopeKind } from '../../outbox/bodies.ts';
import { joinedDevice, newDevice, type TestDevice } from '../testing.ts';
import { createOpening } from './opening.ts';
import { createReceiver } from './receiver.ts';

const newest = ({ log }: TestDevice, before: ReadonlySet<string>) =>
  log.ids().filter((id) => !before.has(toHex(id)));

test('of an envelope that is refused for its last part, nothing of the first ones is kept', async () => {
  const a = await newDevice();
  const [alice] = a.profiles.add([profileInputSchema.parse({ name: 'Alice' })]);
  await a.replicator.share();
  const b = await joinedDevice(a);
  const [fromA, fromB] = [createReceiver(a), createReceiver(b)];
  const all = ({ log }: TestDevice) => log.ids().flatMap((id) => log.get(id)?.envelope ?? []);
  await b.vault.store.commit(() => fromB.take(all(a), null));
  await b.replicator.share();
  while (await fromB.openSome());
  const id = alice?.id ?? '';
  const { id: _i, createdAt: _c, updatedAt: _u, ...input } = b.profiles.get(id);
  const before = new Set(b.log.ids().map(toHex));
  await b.vault.store.commit(() => b.profiles.replace(id, { ...input, notes: 'half of it' }));
  const [edit] = newest(b, before);
  const opened = createOpening(b).reopen(b.log.get(edit as Uint8Array)?.envelope as Uint8Array);
  if (!opened) throw new Error('an own envelope opens');
  const good = decodeMixed(opened.body) ?? [];
  expect(good.map(({ kind }) => kind)).toContain(envelopeKind.content);
  const bad = { kind: envelopeKind.entries, body: new Uint8Array([1, 2, 3]) };
  const sealed = (parts: typeof good) => {
    const made = b.vault.store.write(() =>
      b.outbox.seal('mixed', encodeMixed([...parts]), {
        actorNonce: opened.attestation.actorNonce,
      }),
    );
    return b.log.get(made)?.envelope as Uint8Array;
  };
  const notes = () => a.profiles.get(id).notes;
  const [half, whole] = [sealed([...good, bad]), sealed(good)];
  expect(await a.vault.store.commit(() => fromA.take([half], null))).toEqual(['refused']);
  expect(notes()).toBe('');
  // Neither with the next one that is taken.
  const others = [...before].flatMap((one) => b.log.get(Buffer.from(one, 'hex'))?.envelope ?? []);
  await a.vault.store.commit(() => fromA.take(others, null));
  expect(notes()).toBe('');
  expect(await a.vault.store.commit(() => fromA.take([half, whole], null))).toEqual([
    'refused',
    'taken',
  ]);
  expect(notes()).toBe('half of it');
});
