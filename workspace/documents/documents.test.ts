/** How documents are kept, and each trap of Automerge that was met, as a test of ours. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { next as A } from '@automerge/automerge';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { profileInputSchema } from '../model/profile.ts';
import type { JsonValue } from '../model/workflow.ts';
import { latestTime } from '../store/clock.ts';
import { newContents } from '../testing.ts';
import { createActors, deriveActor, genesisActor } from './actor.ts';
import { uuidBytes } from './documentId.ts';
import { createLiveDocuments } from './liveDocuments.ts';
import { firstContent, type RecordDocument, readFields, writeFields } from './shape.ts';

const shape = { prose: ['notes'], sets: ['tags'] };
const input = (name: string, more: object = {}) => profileInputSchema.parse({ name, ...more });

async function oneProfile(more: object = {}) {
  const contents = await newContents();
  const [added] = contents.profiles.add([input('Alice', more)]);
  return { ...contents, id: added?.id ?? '' };
}

/** Another device's copy of a document, changed there. */
function elsewhere(bytes: Uint8Array, edit: (root: RecordDocument) => void): A.Doc<RecordDocument> {
  return A.change(A.load<RecordDocument>(bytes), { time: 5 }, edit);
}

test('edits on two devices merge field by field, tag by tag and letter by letter', async () => {
  const { documents, profiles, id } = await oneProfile({ notes: 'one two', tags: ['a', 'b'] });
  const there = elsewhere(documents.save(id), (root) => {
    const before = readFields(root, shape);
    writeFields(root, shape, before, {
      ...before,
      locale: 'de-DE',
      tags: ['a', 'b', 'there'],
      notes: 'one two three',
    });
  });
  profiles.replace(id, input('Alice B', { notes: 'zero one two', tags: ['b', 'here'] }));
  expect(profiles.merge(id, A.save(there))).toBe('changed');
  expect(profiles.get(id)).toMatchObject({
    name: 'Alice B',
    locale: 'de-DE',
    notes: 'zero one two three',
  });
  expect([...profiles.get(id).tags].sort()).toEqual(['b', 'here', 'there']);
  expect(profiles.merge(id, A.save(there))).toBe('same');
});

test('any content written over any other reads back as it is', () => {
  const step: fc.Arbitrary<Record<string, unknown>> = fc.letrec((tie) => ({
    step: fc.record(
      {
        id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        type: fc.constantFrom('click', 'loop'),
        url: fc.string({ maxLength: 8 }),
        selectors: fc.array(fc.string({ maxLength: 4 }), { maxLength: 3 }),
        size: fc.record({ width: fc.nat(), deep: fc.array(fc.boolean(), { maxLength: 2 }) }),
        steps: fc.oneof(
          { maxDepth: 2 },
          fc.constant([]),
          fc.uniqueArray(tie('step') as fc.Arbitrary<{ id: string }>, {
            maxLength: 4,
            selector: (one) => one.id,
          }),
        ),
      },
      { requiredKeys: ['id', 'type'] },
    ),
  })).step as fc.Arbitrary<Record<string, unknown>>;
  const fields = fc.record(
    {
      name: fc.string(),
      notes: fc.string(),
      tags: fc.uniqueArray(fc.constantFrom('x', 'y', 'z', '__tag', 'toString')),
      viewport: fc.record({ width: fc.nat(), height: fc.nat() }),
      locale: fc.oneof(fc.constant(null), fc.string()),
      steps: fc.uniqueArray(step, { maxLength: 5, selector: (one) => one.id }),
    },
    { requiredKeys: ['name', 'steps'] },
  );
  fc.assert(
    fc.property(fc.array(fields, { minLength: 1, maxLength: 5 }), (versions) => {
      let doc = A.init<RecordDocument>();
      let before: Record<string, JsonValue> | null = null;
      for (const version of versions as Record<string, JsonValue>[]) {
        doc = A.change(doc, (root) => {
          if (before) writeFields(root, shape, before, version);
          else Object.assign(root, firstContent('profile', 1, shape, version));
        });
        before = readFields(A.load<RecordDocument>(A.save(doc)), shape);
        const { locale, ...rest } = JSON.parse(JSON.stringify(version));
        expect(before).toEqual(
          locale === null || locale === undefined ? rest : { ...rest, locale },
        );
      }
    }),
  );
});

test('steps changed and moved on two devices are both there', () => {
  const base = A.change(A.init<RecordDocument>(), (root) => {
    const steps = [
      { id: 'a', type: 'click', steps: [] },
      { id: 'b', type: 'fill', value: 'x' },
    ];
    Object.assign(root, firstContent('workflow', 1, shape, { steps }));
  });
  const edit = (doc: A.Doc<RecordDocument>, steps: unknown) =>
    A.change(A.clone(doc), (root) => {
      writeFields(root, shape, readFields(doc, shape), { steps: steps as never });
    });
  const left = edit(base, [
    { id: 'a', type: 'click', steps: [{ id: 'n', type: 'wait' }] },
    { id: 'b', type: 'fill', value: 'x' },
  ]);
  const right = edit(base, [
    { id: 'a', type: 'click', steps: [{ id: 'm', type: 'stop' }] },
    { id: 'b', type: 'fill', value: 'y' },
    { id: 'c', type: 'stop' },
  ]);
  const merged = readFields(A.merge(left, right), shape);
  const [a, b, c] = merged.steps as { id: string; steps?: { id: string }[]; value?: string }[];
  expect(a?.steps?.map((one) => one.id).sort()).toEqual(['m', 'n']);
  expect([b?.value, c?.id]).toEqual(['y', 'c']);
});

test('a text that is no prose is one value, not a text object', async () => {
  const { documents, id } = await oneProfile({ notes: 'n'.repeat(200) });
  const doc = A.load<RecordDocument>(documents.save(id));
  expect(A.isImmutableString(doc.fields.name)).toBe(true);
  expect(typeof doc.fields.notes).toBe('string');
  expect(doc.fields.viewport).toBeInstanceOf(Uint8Array);
});

test('writing what is there already makes no change, no envelope and no older change again', async () => {
  const { documents, outbox, profiles, vault, id } = await oneProfile();
  vault.store.write(() => outbox.share());
  profiles.replace(id, input('Alice', { notes: 'x' }));
  expect(outbox.size().envelopes).toBeGreaterThan(0);
  const before = { size: outbox.size(), versions: documents.history(id).length };
  profiles.replace(id, input('Alice', { notes: 'x' }));
  expect({ size: outbox.size(), versions: documents.history(id).length }).toEqual(before);
});

test('changes whose forerunners are missing are kept, named, and shown when those have come', async () => {
  const { documents, profiles, vault, id } = await oneProfile();
  const start = documents.save(id);
  const first = elsewhere(start, (root) => {
    root.fields.locale = new A.ImmutableString('fr-FR');
  });
  const second = A.change(first, { time: 6 }, (root) => {
    root.fields.timeZone = new A.ImmutableString('Europe/Paris');
  });
  const [change1, change2] = A.getChangesSince(second, A.getHeads(A.load(start)));
  const late = vault.store.write(() => documents.merge(id, 'profile', change2 ?? new Uint8Array()));
  expect(late).toMatchObject({
    changed: false,
    missing: [A.decodeChange(change1 ?? new Uint8Array()).hash],
  });
  expect(profiles.get(id).timeZone).toBeNull();
  profiles.merge(id, change1 ?? new Uint8Array());
  expect(profiles.get(id)).toMatchObject({ locale: 'fr-FR', timeZone: 'Europe/Paris' });
});

test('a bundle of changes is taken like any other bytes from whom it may come, and from no file', async () => {
  const { documents, profiles, id } = await oneProfile();
  const doc = elsewhere(documents.save(id), (root) => {
    root.fields.locale = new A.ImmutableString('fr-FR');
  });
  const hashes = A.getAllChanges(doc).map((change) => A.decodeChange(change).hash);
  const bundle = A.saveBundle(doc, hashes);
  expect(() => documents.inspect(bundle, shape)).toThrow('not a sound document');
  expect(() => profiles.merge(id, bundle)).toThrow('not a sound document');
  expect(profiles.merge(id, bundle, { bundles: true })).toBe('changed');
  expect(profiles.get(id).locale).toBe('fr-FR');
});

test('altered bytes and documents of another kind are refused, and nothing of them stays', async () => {
  const { documents, profiles, workflows, id } = await oneProfile();
  const bytes = documents.save(id);
  const altered = bytes.slice();
  altered[bytes.length - 3] = (altered[bytes.length - 3] ?? 0) ^ 4;
  expect(() => profiles.merge(id, altered)).toThrow('not a sound document');
  const other = '00000000-0000-4000-8000-000000000001';
  expect(() => workflows.merge(other, bytes)).toThrow('another kind');
  expect(documents.has(other)).toBe(false);
  expect(profiles.get(id).name).toBe('Alice');
});

test('a record is edited as before after bytes that it has already were merged into it', async () => {
  const { documents, profiles, id } = await oneProfile();
  expect(profiles.merge(id, documents.save(id))).toBe('same');
  expect(profiles.replace(id, input('Alice', { notes: 'x' })).notes).toBe('x');
});

test('bytes that say nothing leave nothing of a document that is not there', async () => {
  const { documents, vault } = await newContents();
  const other = '00000000-0000-4000-8000-000000000001';
  const empty = A.save(A.init());
  expect(vault.store.write(() => documents.merge(other, 'profile', empty))).toMatchObject({
    changed: false,
    missing: [],
  });
  expect(documents.has(other)).toBe(false);
  expect(() => documents.save(other)).toThrow('no such document');
});

test('a document of another kind that was refused is not met again inside the same transaction', async () => {
  const { documents, vault, id } = await oneProfile();
  const bytes = documents.save(id);
  const other = '00000000-0000-4000-8000-000000000001';
  const heads = A.getHeads(A.load(bytes));
  vault.store.write(() => {
    const there = elsewhere(bytes, (root) => {
      root.kind = new A.ImmutableString('workflow');
    });
    expect(() => documents.merge(other, 'workflow', bytes)).toThrow('another kind');
    expect(() => documents.save(other)).toThrow('no such document');
    expect(() => documents.merge(id, 'profile', A.save(there))).toThrow('another kind');
    expect(A.getHeads(A.load(documents.save(id)))).toEqual(heads);
  });
});

test('a change from a clock far ahead is merged and takes nobody’s clock along', async () => {
  const { documents, profiles, vault, id } = await oneProfile();
  const now = Date.now();
  for (const [n, time] of [now + 10 * 365 * 24 * 3_600_000, 2 ** 53 - 1].entries()) {
    const there = A.change(A.load<RecordDocument>(documents.save(id)), { time }, (root) => {
      root.fields.locale = new A.ImmutableString(`xx-${n}`);
    });
    expect(profiles.merge(id, A.save(there))).toBe('changed');
    expect(profiles.get(id)).toMatchObject({ locale: `xx-${n}` });
    expect(profiles.get(id).updatedAt).toBeLessThan(now + 60_000);
    expect(latestTime(vault.database)).toBeLessThan(now + 60_000);
    for (const { at } of profiles.history(id)) expect(new Date(at).toISOString()).toMatch(/Z$/);
  }
});

test('a document whose times are none is refused', async () => {
  const { documents, profiles, id } = await oneProfile();
  const bytes = documents.save(id);
  const broken: [string, unknown][] = [
    ['createdAt', 1.5],
    ['createdAt', 8.64e15 + 1],
    ['createdAt', -1],
    ['createdAt', new A.ImmutableString('yesterday')],
    ['trashedAt', new Date()],
    ['trashedAt', 2 ** 60],
  ];
  for (const [name, value] of broken) {
    const there = elsewhere(bytes, (root) => {
      (root as unknown as Record<string, unknown>)[name] = value;
    });
    expect(() => documents.inspect(A.save(there), shape), `${name} ${value}`).toThrow(RangeError);
    expect(() => profiles.merge(id, A.save(there)), `${name} ${value}`).toThrow('no time');
  }
  expect(profiles.get(id).name).toBe('Alice');
});

test('two devices that make the same thing apart lose a side; from the genesis they lose nothing', () => {
  type Board = { cards?: Record<string, number> };
  const apart = (from: () => A.Doc<Board>) => {
    const side = (name: string) =>
      A.change(from(), (root) => {
        root.cards ??= {};
        root.cards[name] = 1;
      });
    return Object.keys(A.merge(side('left'), side('right')).cards ?? {});
  };
  expect(apart(() => A.init<Board>())).toHaveLength(1);
  const genesis = () =>
    A.change(A.init<Board>({ actor: genesisActor }), { time: 0 }, (root) => {
      root.cards = {};
    });
  expect(A.save(genesis())).toEqual(A.save(genesis()));
  expect(apart(() => A.clone(genesis())).sort()).toEqual(['left', 'right']);
});

test('an actor id follows from device, document and start, and from nothing else', async () => {
  const { documents, profiles, vault, id } = await oneProfile();
  profiles.replace(id, input('Alice', { notes: 'x' }));
  const nonce = vault.database.prepare('select nonce from actor_nonce').pluck().get() as Buffer;
  const doc = A.load(documents.save(id));
  const actors = new Set(A.getAllChanges(doc).map((change) => A.decodeChange(change).actor));
  expect([...actors]).toEqual([deriveActor(vault.keys.device.id, uuidBytes(id), nonce)]);
  const restarted = createActors(vault.store, vault.keys.device.id, vault.random);
  expect(restarted.of(uuidBytes(id))).not.toBe([...actors][0]);
  expect(restarted.deviceOf(uuidBytes(id), [...actors][0] ?? '')).toBe(vault.keys.device.id);
  expect(restarted.deviceOf(uuidBytes(id), 'ff'.repeat(16))).toBeNull();
});

test('what a transaction undid is not in memory either', async () => {
  const { profiles, vault, id } = await oneProfile();
  expect(() =>
    vault.store.write(() => {
      profiles.replace(id, input('Changed'));
      throw new Error('no');
    }),
  ).toThrow('no');
  expect(profiles.get(id).name).toBe('Alice');
  // The next change takes the place of the undone one, under the same actor and sequence.
  expect(profiles.replace(id, input('Bob')).name).toBe('Bob');
  expect(profiles.history(id)).toHaveLength(2);
});

test('thousands of documents are worked through with few of them in memory', async () => {
  const { profiles } = await newContents();
  const added = profiles.add(Array.from({ length: 1_500 }, (_, n) => input(`P${n}`)));
  for (const { id } of added) profiles.replace(id, input(`Q ${id}`));
  const before = process.memoryUsage().rss;
  for (let round = 0; round < 3; round++) for (const { id } of added) profiles.get(id);
  expect(process.memoryUsage().rss - before).toBeLessThan(80 * 1024 * 1024);
});

test('nobody uses changeAt, which makes an actor of its own', () => {
  const folder = import.meta.dirname;
  for (const name of readdirSync(folder)) {
    if (name.endsWith('.test.ts')) continue;
    expect(readFileSync(join(folder, name), 'utf8'), name).not.toContain('changeAt');
  }
});

test('a document that is open live and the direct path see each other’s changes', async () => {
  const { documents, profiles, vault, outbox, id } = await oneProfile({ notes: 'a' });
  const { store, keys, random } = vault;
  store.write(() => outbox.share());
  const live = createLiveDocuments(store, documents, createActors(store, keys.device.id, random));
  onTestFinished(() => live.close());
  const open = await live.open(id);
  let heard = 0;
  open.onChange(() => heard++);
  const envelopes = outbox.size().envelopes;
  await open.change('edit', (root) => {
    A.splice(root as A.Doc<RecordDocument>, ['fields', 'notes'], 1, 0, 'b');
  });
  expect(profiles.get(id).notes).toBe('ab');
  expect(outbox.size().envelopes).toBe(envelopes + 1);
  profiles.replace(id, input('Alice', { notes: 'abc' }));
  expect(open.doc().fields.notes).toBe('abc');
  await open.change('edit', (root) => {
    A.splice(root as A.Doc<RecordDocument>, ['fields', 'notes'], 3, 0, 'd');
  });
  expect(profiles.get(id).notes).toBe('abcd');
  expect(heard).toBe(3);
  expect(profiles.history(id).every((one) => one.deviceId === keys.device.id)).toBe(true);
  await open.close();
  const again = await live.open(id);
  expect(again.doc().fields.notes).toBe('abcd');
  await expect(live.open('00000000-0000-4000-8000-000000000002')).rejects.toThrow('no such');
});
