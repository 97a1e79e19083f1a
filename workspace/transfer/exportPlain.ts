/**
 * An export that any program can read: a folder of JSON, CSV and files as they are. Nothing in it is
 * encrypted, which its README says in its first line.
 *
 *   manifest.json, README.txt
 *   profiles.json, profiles.csv      proxies.json      templates.json      workflows.json
 *   runs.ndjson (every event)        runs.csv        activity.csv
 *   blobs/<id>.<ending>              sessions.json, sessions/<profile id>.json (storageState)
 */
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify/sync';
import { readWhole } from '../blobs/blobStore.ts';
import { type Contents, recordsOf } from '../contents.ts';
import { FailureError } from '../model/failure.ts';
import type { RecordKindName } from '../model/record.ts';
import { asideOf, ownerOnly } from '../vault/files.ts';
import { pause } from '../views/slices.ts';
import type { ExportProgress } from './entries.ts';

export const plainFormat = { format: 'warren-plain-export', version: 1 } as const;

const readme = `This folder is NOT encrypted. Whoever can read it can use the logins in "sessions", "blobs" and
"proxies.json". Delete it when you are done.

profiles.json, proxies.json,
templates.json,
workflows.json                 what Warren imports again: warren import <this folder>
runs.ndjson                    one event a line, in order
*.csv                          the same for spreadsheets
blobs                          screenshots and sealed folders, as they were before sealing
sessions                       cookies and storage of each profile, as Playwright's storageState
`;

/** Endings of files by what they are; the rest is plain bytes. */
const endings: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'application/json': 'json',
  'application/x-tar': 'tar',
  'text/plain': 'txt',
};

export const fileNameOf = (id: string, mediaType: string): string =>
  `${id}.${endings[mediaType] ?? 'bin'}`;

/** Spreadsheets take a cell that begins like this for a formula. */
const escapeFormulas = (cell: unknown): unknown =>
  typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;

const csv = (columns: readonly string[], rows: readonly (readonly unknown[])[]): string =>
  stringify([columns, ...rows.map((row) => row.map(escapeFormulas))]);

const eventsAtOnce = 1_000;

/** @throws FailureError `fileExists` when there is something at `dir` already. */
export async function exportPlain(
  contents: Contents,
  dir: string,
  progress: ExportProgress,
): Promise<void> {
  const aside = asideOf(dir);
  await mkdir(dir, { mode: ownerOnly.directory }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw new FailureError({ code: 'fileExists', path: dir });
    throw error;
  });
  try {
    await mkdir(aside, { mode: ownerOnly.directory });
    await writeParts(contents, aside, progress);
    // What is whole appears at once. On Windows not even an empty folder gives way to a rename.
    if (!(await removeEmpty(dir))) throw new FailureError({ code: 'fileExists', path: dir });
    await rename(aside, dir);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    await removeEmpty(dir);
    throw error;
  }
}

/** @returns false when somebody put something there: it is not ours to delete. */
const removeEmpty = (dir: string): Promise<boolean> =>
  rmdir(dir).then(
    () => true,
    () => false,
  );

async function writeParts(
  contents: Contents,
  dir: string,
  progress: ExportProgress,
): Promise<void> {
  const { vault } = contents;
  const write = (name: string, content: string) =>
    writeFile(join(dir, name), content, { mode: ownerOnly.file });
  await write('README.txt', readme);
  const profiles = await readable(contents, 'profile', progress);
  const proxies = await readable(contents, 'proxy', progress);
  const templates = await readable(contents, 'template', progress);
  const workflows = await readable(contents, 'workflow', progress);
  for (const [name, records] of [
    ['profiles', profiles],
    ['proxies', proxies],
    ['templates', templates],
    ['workflows', workflows],
  ] as const) {
    await write(`${name}.json`, `${JSON.stringify(records, null, 1)}\n`);
  }
  const columns = [
    'id',
    'name',
    'tags',
    'notes',
    'locale',
    'timeZone',
    'colorScheme',
    'userAgent',
    'viewport',
  ];
  await write(
    'profiles.csv',
    csv(
      columns,
      profiles.map((one) => columns.map((name) => cell((one as Record<string, unknown>)[name]))),
    ),
  );
  await writeRuns(contents, dir, progress);
  await writeActivity(contents, write);
  await writeBlobs(contents, dir, progress);
  await writeSessions(contents, dir, progress);
  await write(
    'manifest.json',
    `${JSON.stringify({ ...plainFormat, createdAt: vault.store.clock.tick(), profiles: profiles.length, proxies: proxies.length, workflows: workflows.length }, null, 1)}\n`,
  );
}

const cell = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.join(', ')
    : typeof value === 'object' && value !== null
      ? Object.values(value).join('x')
      : value;

/** Records that can be read; what is damaged is named and left out. */
async function readable(
  contents: Contents,
  kind: RecordKindName,
  { signal, onDamaged }: ExportProgress,
): Promise<object[]> {
  const records = recordsOf(contents, kind);
  const found: object[] = [];
  for (const [n, id] of records.listedIds().entries()) {
    try {
      found.push(records.get(id));
    } catch {
      onDamaged(`document ${id}`);
    }
    if (n % 50 === 49) {
      signal.throwIfAborted();
      await pause();
    }
  }
  return found;
}

async function writeRuns(
  contents: Contents,
  dir: string,
  { signal, onProgress, onDamaged }: ExportProgress,
): Promise<void> {
  const total = contents.journal.journal.count();
  async function* lines(): AsyncGenerator<string> {
    let done = 0;
    for (let after = 0; ; ) {
      signal.throwIfAborted();
      const entries = pageOf(contents, after, onDamaged);
      if (entries.length === 0) return;
      after = entries.at(-1)?.position ?? after;
      done += entries.length;
      onProgress(done, total);
      yield entries
        .map(({ subject, sequence, body }) =>
          JSON.stringify({ runId: subject, sequence, ...(JSON.parse(body) as object) }),
        )
        .join('\n')
        .concat('\n');
      await pause();
    }
  }
  await pipeline(
    Readable.from(lines()),
    createWriteStream(join(dir, 'runs.ndjson'), { mode: ownerOnly.file }),
  );
  const rows: unknown[][] = [];
  for (let after: string | undefined; ; ) {
    const page = contents.journal.list({ limit: 500, ...(after ? { after } : {}) });
    rows.push(
      ...page.rows.map((run) => [
        run.id,
        run.workflowName,
        run.status,
        new Date(run.startedAt).toISOString(),
        run.finishedAt === null ? '' : new Date(run.finishedAt).toISOString(),
        run.tasks,
        run.succeeded,
        run.failed,
      ]),
    );
    if (page.next === null) break;
    after = page.next;
    await pause();
  }
  const columns = [
    'id',
    'workflow',
    'status',
    'started',
    'finished',
    'tasks',
    'succeeded',
    'failed',
  ];
  await writeFile(join(dir, 'runs.csv'), csv(columns, rows), { mode: ownerOnly.file });
}

function pageOf(contents: Contents, after: number, onDamaged: (part: string) => void) {
  try {
    return contents.journal.journal.page(after, eventsAtOnce);
  } catch {
    onDamaged('journal run');
    return [];
  }
}

async function writeActivity(
  contents: Contents,
  write: (name: string, content: string) => Promise<void>,
): Promise<void> {
  const rows: unknown[][] = [];
  for (let after: string | undefined; ; ) {
    const page = contents.activity.list({ limit: 500, ...(after ? { after } : {}) });
    rows.push(
      ...page.rows.map((row) => [
        new Date(row.at).toISOString(),
        row.type,
        row.kind,
        row.name,
        row.recordId,
        row.deviceName ?? '',
      ]),
    );
    if (page.next === null) break;
    after = page.next;
    await pause();
  }
  await write('activity.csv', csv(['at', 'type', 'kind', 'name', 'record', 'device'], rows));
}

async function writeBlobs(
  { blobs }: Contents,
  dir: string,
  { signal, onDamaged }: ExportProgress,
): Promise<void> {
  await mkdir(join(dir, 'blobs'), { mode: ownerOnly.directory });
  for (const id of blobs.allIds()) {
    signal.throwIfAborted();
    const info = blobs.info(id);
    if (!info) continue;
    const path = join(dir, 'blobs', fileNameOf(id, info.mediaType));
    try {
      await pipeline(
        Readable.from(blobs.read(id)),
        createWriteStream(path, { mode: ownerOnly.file }),
      );
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      await rm(path, { force: true });
      onDamaged(`blobs/${id.slice(0, 2)}/${id}`);
    }
  }
}

async function writeSessions(
  { sessions, blobs }: Contents,
  dir: string,
  { onDamaged }: ExportProgress,
): Promise<void> {
  await mkdir(join(dir, 'sessions'), { mode: ownerOnly.directory });
  const all = sessions.all();
  const nameOf = (id: string | null) => {
    const info = id === null ? null : blobs.info(id);
    return info && fileNameOf(info.id, info.mediaType);
  };
  await writeFile(
    join(dir, 'sessions.json'),
    JSON.stringify(
      all.map(({ profileId, folderBlob, stateBlob, capturedAt }) => ({
        profileId,
        capturedAt,
        folder: nameOf(folderBlob),
        storageState: nameOf(stateBlob),
      })),
      null,
      1,
    ),
    { mode: ownerOnly.file },
  );
  for (const { profileId, stateBlob } of all) {
    if (stateBlob === null) continue;
    try {
      const state = await readWhole(blobs.read(stateBlob));
      await writeFile(join(dir, 'sessions', `${profileId}.json`), state, { mode: ownerOnly.file });
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      onDamaged(`session of ${profileId}`);
    }
  }
}
