/** Out of one vault and into another, and what must not come in. */
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { next as A } from '@automerge/automerge';
import { expect, test } from 'vitest';
import { createDeviceKeyset, deviceId, openDeviceKeyset } from '../../crypto/deviceKeyset.ts';
import { contentOf, readWhole } from '../blobs/blobStore.ts';
import type { Contents } from '../contents.ts';
import { FailureError } from '../model/failure.ts';
import { profileInputSchema } from '../model/profile.ts';
import type { RunEvent } from '../model/run.ts';
import type { ImportReport, OnDuplicate } from '../model/transfer.ts';
import { validate } from '../model/validation.ts';
import { workflowOutlineSchema } from '../model/workflow.ts';
import { newContents, newVault, temporaryFolder } from '../testing.ts';
import { type ExportPart, exportFormat } from './entries.ts';
import { writeSealedFile } from './sealedFile.ts';
import type { ValidateInput } from './takeRecord.ts';
import { exportTo, importFrom } from './transfer.ts';

const input = (name: string, more: object = {}) => profileInputSchema.parse({ name, ...more });
const validateInput: ValidateInput = (kind, fields) =>
  kind === 'profile'
    ? validate(profileInputSchema, fields)
    : validate(workflowOutlineSchema, fields);
const quiet = () => ({ signal: new AbortController().signal, onProgress: () => undefined });

const exported = (contents: Contents, path: string, format: 'sealed' | 'plain', ownWords = false) =>
  exportTo(contents, path, { format, ownWords, ...quiet() });
const imported = (
  contents: Contents,
  path: string,
  more: { onDuplicate?: OnDuplicate; words?: string; preview?: boolean } = {},
): Promise<ImportReport> =>
  importFrom(contents, path, more.words, {
    onDuplicate: more.onDuplicate ?? 'skip',
    preview: more.preview ?? false,
    validate: validateInput,
    ...quiet(),
  });
const failureOf = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof FailureError ? error.failure : error),
  );

/** A vault with a bit of everything. */
async function filled() {
  const contents = await newContents();
  const { profiles, workflows, blobs, sessions, journal } = contents;
  const [alice, bob] = profiles.add([
    input('Alice', { notes: 'first', tags: ['x'] }),
    input('Bob', { notes: '=1+1' }),
  ]);
  const aliceId = alice?.id ?? '';
  profiles.replace(aliceId, input('Alice', { notes: 'second', tags: ['x', 'y'] }));
  profiles.trash([bob?.id ?? '']);
  profiles.add([input('Carol')]);
  const [flow] = workflows.add([
    {
      format: 'warren-workflow',
      formatVersion: 1,
      name: 'Flow',
      description: '',
      variables: [],
      steps: [{ id: 'a', type: 'navigate', url: 'http://127.0.0.1/' }],
    },
  ]);
  const picture = await blobs.put(contentOf(Buffer.from('a picture')), 'image/png');
  const open = await sessions.open(aliceId, 'Alice');
  mkdirSync(join(open.userDataDir, 'Default'));
  writeFileSync(join(open.userDataDir, 'Default', 'Cookies'), 'a cookie');
  await sessions.close(aliceId, { cookies: [{ name: 'sid', value: 'secret' }], origins: [] });
  const events: RunEvent[] = [
    {
      type: 'run.started',
      at: 1_000,
      workflowId: flow?.id ?? '',
      workflowName: 'Flow',
      variables: {},
      headless: true,
      profiles: [{ taskId: 't', profileId: aliceId, name: 'Alice' }],
    },
    {
      type: 'screenshot.taken',
      at: 1_001,
      taskId: 't',
      execution: 1,
      stepId: 'a',
      name: 'page',
      image: picture,
    },
    { type: 'task.finished', at: 1_002, taskId: 't', status: 'succeeded' },
    { type: 'run.finished', at: 1_003, status: 'succeeded' },
  ];
  journal.append('run-1', events);
  return { ...contents, aliceId, picture };
}

async function expectEverything(contents: Contents, aliceId: string, pictureId: string) {
  const { profiles, workflows, journal, blobs, sessions } = contents;
  const names = profiles.list({ search: '', sort: 'name', limit: 9 }).rows.map((row) => row.name);
  expect(names).toEqual(['Alice', 'Carol']);
  expect(profiles.get('Alice')).toMatchObject({ id: aliceId, notes: 'second', tags: ['x', 'y'] });
  expect(workflows.get('Flow').steps).toMatchObject([{ id: 'a', type: 'navigate' }]);
  expect(journal.list({ limit: 9 }).rows).toMatchObject([{ id: 'run-1', status: 'succeeded' }]);
  expect(journal.journal.firstAltered('run-1')).toBeNull();
  expect(Buffer.from(await readWhole(blobs.read(pictureId))).toString()).toBe('a picture');
  await blobs.sweep();
  expect(Buffer.from(await readWhole(blobs.read(pictureId))).toString()).toBe('a picture');
  const session = await sessions.open(aliceId, 'Alice');
  expect(session.storageState).toMatchObject({ cookies: [{ value: 'secret' }] });
  expect(readFileSync(join(session.userDataDir, 'Default', 'Cookies'), 'utf8')).toBe('a cookie');
  await sessions.close(aliceId);
}

test('a sealed export brings everything into an empty vault, with its history', async () => {
  const from = await filled();
  const path = join(temporaryFolder(), 'all.warren');
  const report = await exported(from, path, 'sealed');
  expect(report).toMatchObject({ damaged: [], words: null });
  expect(statSync(path).mode & 0o077).toBe(0);
  const bytes = readFileSync(path);
  for (const canary of ['Alice', 'secret', 'picture', 'automerge']) {
    expect(bytes.includes(canary), canary).toBe(false);
  }

  const into = await newContents();
  expect(await failureOf(imported(into, path))).toMatchObject({ reason: 'wordsNeeded' });
  const others = (await newVault()).words.join(' ');
  expect(await failureOf(imported(into, path, { words: others }))).toMatchObject({
    reason: 'wordsWrong',
  });
  const words = from.words.join(' ');
  const seen = await imported(into, path, { words, preview: true });
  expect(seen.records).toBe(4);
  expect(into.profiles.list({ search: '', sort: 'name', limit: 9 }).total).toBe(0);

  expect(await imported(into, path, { words })).toMatchObject({
    records: 4,
    duplicates: [],
    refused: [],
    sessions: 1,
  });
  const again = await imported(into, path, { words });
  expect(again).toMatchObject({ records: 0, entries: 0, blobs: 0 });
  expect(again.duplicates.every((one) => one.outcome === 'skipped')).toBe(true);
  await expectEverything(into, from.aliceId, from.picture.id);
  expect(into.profiles.trashed().map((row) => row.name)).toEqual(['Bob']);
  expect(into.profiles.history('Alice').map((one) => [one.action, one.deviceName])).toHaveLength(2);
});

test('a file with words of its own opens with those', async () => {
  const from = await filled();
  const path = join(temporaryFolder(), 'all.warren');
  const { words } = await exported(from, path, 'sealed', true);
  expect(words).toHaveLength(24);
  const into = await newContents();
  expect((await imported(into, path, { words: words?.join(' ') ?? '' })).records).toBe(4);
});

test('a plain export is readable by others and comes back in', async () => {
  const from = await filled();
  const dir = join(temporaryFolder(), 'plain');
  await exported(from, dir, 'plain');
  expect(readdirSync(dir).sort()).toEqual([
    'README.txt',
    'activity.csv',
    'blobs',
    'manifest.json',
    'profiles.csv',
    'profiles.json',
    'proxies.json',
    'runs.csv',
    'runs.ndjson',
    'sessions',
    'sessions.json',
    'templates.json',
    'workflows.json',
  ]);
  expect(readFileSync(join(dir, 'README.txt'), 'utf8')).toMatch(/^This folder is NOT encrypted/);
  expect(readFileSync(join(dir, 'profiles.csv'), 'utf8')).toContain('Alice');
  const pictures = readdirSync(join(dir, 'blobs')).filter((name) => name.endsWith('.png'));
  expect(readFileSync(join(dir, 'blobs', pictures[0] ?? ''), 'utf8')).toBe('a picture');
  expect(readdirSync(join(dir, 'sessions'))).toEqual([`${from.aliceId}.json`]);

  const into = await newContents();
  expect(await imported(into, dir)).toMatchObject({ records: 3, sessions: 1, refused: [] });
  await expectEverything(into, from.aliceId, from.picture.id);
  expect(await imported(into, dir)).toMatchObject({ records: 0, entries: 0 });
});

test('spreadsheets are given no formulas', async () => {
  const from = await newContents();
  from.profiles.add([input('=cmd()'), input('@x', { notes: '+1' })]);
  const dir = join(temporaryFolder(), 'plain');
  await exported(from, dir, 'plain');
  const csv = readFileSync(join(dir, 'profiles.csv'), 'utf8');
  expect(csv).toContain("'=cmd()");
  expect(csv).toContain("'@x");
  expect(csv).toContain("'+1");
});

test('the same record in two vaults is merged, kept or copied, and a taken name is told', async () => {
  const from = await filled();
  const path = join(temporaryFolder(), 'all.warren');
  await exported(from, path, 'sealed');
  const { profiles } = from;
  profiles.replace(from.aliceId, input('Alice', { notes: 'third', tags: ['z'] }));
  const skipped = await imported(from, path, { onDuplicate: 'skip' });
  expect(skipped.duplicates).toContainEqual({
    kind: 'profile',
    name: 'Alice',
    by: 'id',
    outcome: 'skipped',
  });
  const merged = await imported(from, path, { onDuplicate: 'merge' });
  // The export is older: it holds nothing that this vault does not have.
  expect(merged.duplicates.map((one) => one.outcome)).toEqual(['same', 'same', 'same', 'same']);
  expect(profiles.get('Alice').notes).toBe('third');
  const copied = await imported(from, path, { onDuplicate: 'copy' });
  expect(copied.records).toBe(4);
  expect(profiles.get('Alice (2)')).toMatchObject({ notes: 'second' });

  const other = await newContents();
  other.profiles.add([input('Alice', { notes: 'another Alice' })]);
  const words = from.words.join(' ');
  const into = await imported(other, path, { words, onDuplicate: 'merge' });
  expect(into.duplicates).toEqual([
    { kind: 'profile', name: 'Alice', by: 'name', outcome: 'merged' },
  ]);
  expect(other.profiles.get('Alice').notes).toBe('second');
  expect(other.profiles.history('Alice')).toHaveLength(2);
});

test('an export never overwrites, and leaves nothing when it is cancelled', async () => {
  const from = await filled();
  const folder = temporaryFolder();
  const path = join(folder, 'there');
  writeFileSync(path, 'mine');
  expect(await failureOf(exported(from, path, 'sealed'))).toMatchObject({ code: 'fileExists' });
  expect(await failureOf(exported(from, path, 'plain'))).toMatchObject({ code: 'fileExists' });
  expect(readFileSync(path, 'utf8')).toBe('mine');
  for (const format of ['sealed', 'plain'] as const) {
    const abort = new AbortController();
    abort.abort();
    await expect(
      exportTo(from, join(folder, format), {
        format,
        ownWords: false,
        signal: abort.signal,
        onProgress: () => undefined,
      }),
    ).rejects.toThrow();
  }
  expect(readdirSync(folder)).toEqual(['there']);
});

test('an export leaves alone what lies beside it, and what is put in its place meanwhile', async () => {
  const from = await filled();
  const folder = temporaryFolder();
  for (const format of ['sealed', 'plain'] as const) {
    const beside = join(folder, `${format}.part`);
    if (format === 'sealed') writeFileSync(beside, 'mine');
    else {
      mkdirSync(beside);
      writeFileSync(join(beside, 'file'), 'mine');
    }
    await exported(from, join(folder, format), format);
  }
  expect(readFileSync(join(folder, 'sealed.part'), 'utf8')).toBe('mine');
  expect(readFileSync(join(folder, 'plain.part', 'file'), 'utf8')).toBe('mine');
  expect(readdirSync(folder).sort()).toEqual(['plain', 'plain.part', 'sealed', 'sealed.part']);

  const claimed = join(folder, 'claimed');
  const exporting = exportTo(from, claimed, {
    format: 'plain',
    ownWords: false,
    signal: new AbortController().signal,
    onProgress: () => writeFileSync(join(claimed, 'file'), 'mine'),
  });
  expect(await failureOf(exporting)).toMatchObject({ code: 'fileExists' });
  expect(readdirSync(claimed)).toEqual(['file']);
});

test('a sealed file with any part altered, cut or swapped is refused and nothing is stored', async () => {
  const from = await filled();
  const folder = temporaryFolder();
  const path = join(folder, 'all.warren');
  await exported(from, path, 'sealed');
  const bytes = readFileSync(path);
  const into = await newContents();
  const words = from.words.join(' ');
  const places = [0, 4, 6, 30, 400, 900, 2_000, bytes.length >> 1, bytes.length - 1];
  for (const [n, at] of places.entries()) {
    const altered = Buffer.from(bytes);
    altered[at] = (altered[at] ?? 0) ^ 1;
    writeFileSync(join(folder, `altered-${n}`), altered);
    expect(
      await failureOf(imported(into, join(folder, `altered-${n}`), { words })),
      `${at}`,
    ).toMatchObject({ code: 'importRefused' });
  }
  for (const length of [3, 8, 100, 3_000, bytes.length - 20_000, bytes.length - 1]) {
    writeFileSync(join(folder, `cut-${length}`), bytes.subarray(0, Math.max(0, length)));
    expect(await failureOf(imported(into, join(folder, `cut-${length}`), { words }))).toMatchObject(
      { code: 'importRefused' },
    );
  }
  expect(into.stats()).toMatchObject({ documents: 0, journalEntries: {} });
});

/** A sealed file of this vault's own with whatever parts an attacker would like in it. */
async function crafted(
  contents: Contents,
  parts: readonly { name: string; content: Uint8Array }[],
) {
  const path = join(temporaryFolder(), 'crafted.warren');
  const manifest = { ...exportFormat, records: {} };
  async function* all(): AsyncGenerator<ExportPart> {
    const first = { name: 'manifest.json', content: Buffer.from(JSON.stringify(manifest)) };
    for (const { name, content } of [first, ...parts])
      yield { name, size: content.length, content };
  }
  await writeSealedFile(contents.vault, path, all(), false);
  return path;
}

test('hostile parts are refused with the reason, and memory stays bounded', async () => {
  const into = await newContents();
  const id = '00000000-0000-4000-8000-000000000001';
  const cases: [string, Uint8Array, string][] = [
    ['../../etc/passwd', Buffer.from('x'), 'badName'],
    [`documents/profile/../${id}.automerge`, Buffer.from('x'), 'badName'],
    [`documents/secret/${id}.automerge`, Buffer.from('x'), 'badName'],
    ['devices.json', Buffer.from('['.repeat(1_000_000)), 'tooDeep'],
    ['devices.json', Buffer.from('{"a":'), 'notJson'],
    ['devices.json', Buffer.from('{"__proto__":{"x":1}}'), 'damaged'],
    [`documents/profile/${id}.automerge`, Buffer.alloc(9 * 1024 * 1024), 'tooLarge'],
    ['blobs/not-a-hash', Buffer.from('x'), 'damaged'],
    ['journals/other/1.ndjson', Buffer.from('x'), 'badName'],
  ];
  const before = process.memoryUsage().rss;
  for (const [name, content, reason] of cases) {
    const path = await crafted(into, [{ name, content }]);
    expect(await failureOf(imported(into, path)), name).toMatchObject({ reason });
  }
  expect(process.memoryUsage().rss - before).toBeLessThan(300 * 1024 * 1024);
  expect(({} as { x?: number }).x).toBeUndefined();
});

test('a document that is none, or says what no profile may say, is named and the rest is taken', async () => {
  const from = await filled();
  const good = from.documents.save(from.aliceId);
  const ids = [1, 2, 3].map((n) => `00000000-0000-4000-8000-00000000000${n}`);
  const doc = (fields: object) =>
    A.save(A.from({ kind: new A.ImmutableString('profile'), createdAt: 1, fields } as never));
  const parts = [
    { name: `documents/profile/${ids[0]}.automerge`, content: Buffer.from('junk') },
    {
      name: `documents/profile/${ids[1]}.automerge`,
      content: doc({ name: new A.ImmutableString('x'), more: 1 }),
    },
    { name: `documents/workflow/${ids[2]}.automerge`, content: good },
    { name: `documents/profile/${from.aliceId}.automerge`, content: good },
  ];
  const into = await newContents();
  const report = await imported(into, await crafted(into, parts));
  expect(report.records).toBe(1);
  expect(report.refused.map((one) => one.name)).toEqual(ids);
  expect(into.documents.ids()).toEqual([from.aliceId]);
});

test('an entry that its device did not sign like this is refused with its run', async () => {
  const from = await filled();
  const line = (entry: object) => Buffer.from(`${JSON.stringify(entry)}\n`);
  const row = from.vault.database.prepare("select * from entry where journal = 'run'").get() as {
    body: string;
    subject: string;
    sequence: number;
    at: number;
    previous: Buffer;
    signature: Buffer;
  };
  const { device } = from.vault.keys;
  const parts = (body: string) => [
    {
      name: 'devices.json',
      content: Buffer.from(
        JSON.stringify([
          {
            id: device.id,
            name: 'x',
            signingKey: Buffer.from(device.publicKeys.signing).toString('base64'),
            boxKey: Buffer.from(device.publicKeys.box).toString('base64'),
          },
        ]),
      ),
    },
    {
      name: 'journals/run/1.ndjson',
      content: line({
        subject: row.subject,
        sequence: row.sequence,
        at: row.at,
        deviceId: device.id,
        body,
        previous: row.previous.toString('base64'),
        signature: row.signature.toString('base64'),
      }),
    },
  ];
  const into = await newContents();
  const altered = await imported(
    into,
    await crafted(into, parts(row.body.replace('Flow', 'Flew'))),
  );
  expect(altered).toMatchObject({ entries: 0, refused: [{ name: 'run-1' }] });
  const right = await imported(into, await crafted(into, parts(row.body)));
  expect(right).toMatchObject({ entries: 1, refused: [] });
});

test('keys under the id of another device are refused: what they sign is not its work', async () => {
  const into = await newContents();
  const victim = into.vault.keys.device;
  const { publicKeys } = openDeviceKeyset(createDeviceKeyset(into.vault.random));
  const devices = (id: string) =>
    Buffer.from(
      JSON.stringify([
        {
          id,
          name: 'x',
          signingKey: Buffer.from(publicKeys.signing).toString('base64'),
          boxKey: Buffer.from(publicKeys.box).toString('base64'),
        },
      ]),
    );
  const attempt = async (id: string) =>
    imported(into, await crafted(into, [{ name: 'devices.json', content: devices(id) }]));
  for (const id of [victim.id, 'ab'.repeat(16)]) {
    expect(await failureOf(attempt(id))).toMatchObject({ reason: 'damaged' });
  }
  expect(await failureOf(attempt(deviceId(publicKeys)))).toBeNull();
});

test('a plain folder with links, foreign names or endless lines is refused', async () => {
  const into = await newContents();
  const folder = (files: Record<string, string>) => {
    const dir = temporaryFolder();
    const all = {
      'manifest.json': '{"format":"warren-plain-export","version":1}',
      'profiles.json': '[]',
      'workflows.json': '[]',
      ...files,
    };
    for (const [name, content] of Object.entries(all)) writeFileSync(join(dir, name), content);
    return dir;
  };
  expect(await imported(into, folder({}))).toMatchObject({ records: 0 });
  expect(await failureOf(imported(into, temporaryFolder()))).toMatchObject({ code: 'fileMissing' });
  expect(await failureOf(imported(into, folder({ 'manifest.json': '{}' })))).toMatchObject({
    reason: 'notAnExport',
  });
  expect(await failureOf(imported(into, folder({ 'profiles.json': '{"a":1}' })))).toMatchObject({
    reason: 'damaged',
  });
  expect(
    await failureOf(imported(into, folder({ 'runs.ndjson': `{"a":"${'x'.repeat(9_000_000)}"}` }))),
  ).toMatchObject({ reason: 'tooLarge' });
  expect(
    await failureOf(
      imported(
        into,
        folder({ 'runs.ndjson': '{"runId":"r","sequence":1,"type":"run.started","at":1}\n' }),
      ),
    ),
  ).toMatchObject({ reason: 'damaged' });
  const sessions = [
    {
      profileId: '00000000-0000-4000-8000-000000000001',
      capturedAt: 1,
      folder: '../../x',
      storageState: null,
    },
  ];
  const profile = { id: sessions[0]?.profileId, name: 'P' };
  expect(
    await failureOf(
      imported(
        into,
        folder({
          'profiles.json': JSON.stringify([profile]),
          'sessions.json': JSON.stringify(sessions),
        }),
      ),
    ),
  ).toMatchObject({ reason: 'badName' });
  const linked = folder({});
  symlinkSync('/etc/passwd', join(linked, 'sessions.json'));
  expect(await failureOf(imported(into, linked))).toMatchObject({ reason: 'badName' });
  expect(into.profiles.list({ search: '', sort: 'name', limit: 1 }).total).toBe(0);
  const report = await imported(
    into,
    folder({ 'profiles.json': '[{"name":"ok"},{"name":""},{"name":"x","__proto__":{"y":1}}]' }),
  );
  expect(report.refused.map((one) => one.name)).toEqual(['profiles.json[1]']);
  expect(report.records).toBe(2);
});
