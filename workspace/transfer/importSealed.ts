/**
 * Taking in what a sealed export holds, into an empty vault or one in use. Everything that is read is
 * checked before it is stored, all of it is one transaction, and what a hostile file can make this
 * process hold is bounded.
 */
import { Readable } from 'node:stream';
import { extract } from 'tar-stream';
import { z } from 'zod';
import { deviceId } from '../../crypto/deviceKeyset.ts';
import { fromHex } from '../../crypto/hex.ts';
import { type Contents, recordsOf } from '../contents.ts';
import { isRecordId } from '../documents/documentId.ts';
import type { Content } from '../documents/documents.ts';
import type { Entry, Journal } from '../journal/journal.ts';
import { parseBoundedJson } from '../model/boundedJson.ts';
import type { Failure } from '../model/failure.ts';
import { isRecordKind, type RecordKindName } from '../model/record.ts';
import { lastTime } from '../model/time.ts';
import type { ImportReport } from '../model/transfer.ts';
import { bytesSchema } from '../vault/bytesJson.ts';
import { pause } from '../views/slices.ts';
import { exportFormat } from './entries.ts';
import {
  closeReport,
  type ImportOptions,
  isMalformed,
  newReport,
  type OpenReport,
  PreviewDone,
} from './importReport.ts';
import { type FileKeys, readSealedFile, refused } from './sealedFile.ts';
import { type Incoming, takeRecord } from './takeRecord.ts';

/** Bytes of a part that is read as a whole, of a blob, and how many parts there may be. */
const bounds = {
  document: 8 * 1024 * 1024,
  part: 64 * 1024 * 1024,
  blob: 8 * 1024 * 1024 * 1024,
  parts: 5_000_000,
} as const;

const manifestSchema = z.looseObject({
  format: z.literal(exportFormat.format),
  version: z.int(),
  records: z.record(z.string(), z.number()),
});
const deviceSchema = z.object({
  id: z.string().regex(/^[0-9a-f]{32}$/),
  name: z.string().max(200),
  signingKey: bytesSchema(),
  boxKey: bytesSchema(),
});
const entrySchema = z.object({
  subject: z.string().max(200),
  sequence: z.int().min(1),
  at: z.int().min(0).max(lastTime),
  deviceId: z.string().max(64),
  body: z.string().max(4 * 1024 * 1024),
  previous: bytesSchema(),
  signature: bytesSchema(),
});
const blobSchema = z.object({
  id: z.string().regex(/^[0-9a-f]{64}$/),
  size: z.int().min(0),
  mediaType: z.string().max(200),
});
const sessionSchema = z.object({
  profileId: z.string().refine(isRecordId),
  folderBlob: z.string().nullable(),
  stateBlob: z.string().nullable(),
  capturedAt: z.int().min(0).max(lastTime),
});

type Step = <U>(change: () => U) => U;

interface Import {
  readonly contents: Contents;
  readonly path: string;
  readonly options: ImportOptions;
  readonly step: Step;
  readonly report: OpenReport;
  /** Signing keys of the devices that the export names. */
  readonly devices: Map<string, Uint8Array>;
  /** Records of the export and where they are now; null for those not taken. */
  readonly places: Map<string, string | null>;
  /** Subjects that are there already, or that were refused. */
  readonly skipped: Set<string>;
  total: number;
}

/** @throws FailureError `importRefused`; nothing is stored then. */
export async function importSealed(
  contents: Contents,
  path: string,
  keys: FileKeys,
  options: ImportOptions,
): Promise<ImportReport> {
  const archive = await readSealedFile(path, keys);
  try {
    return await contents.vault.store.exclusive(async (step) => {
      const report = newReport();
      await takeAll(
        {
          contents,
          path,
          options,
          step,
          report,
          devices: new Map(),
          places: new Map(),
          skipped: new Set(),
          total: 0,
        },
        archive,
      );
      if (options.preview) throw new PreviewDone(report);
      step(() => contents.activity.add({ type: 'importFile', name: String(report.records) }));
      return closeReport(report);
    });
  } catch (error) {
    if (error instanceof PreviewDone) return error.report;
    if (isMalformed(error) && !options.signal.aborted) throw refused(path, 'damaged');
    throw error;
  }
}

async function takeAll(task: Import, archive: AsyncIterable<Uint8Array>): Promise<void> {
  const entries = extract();
  const source = Readable.from(archive);
  source.on('error', (error) => entries.destroy(error));
  source.pipe(entries);
  let parts = 0;
  for await (const entry of entries) {
    task.options.signal.throwIfAborted();
    const { name, size = 0, type } = entry.header;
    if (type !== 'file' || ++parts > bounds.parts) throw refused(task.path, 'damaged');
    if (parts === 1 && name !== 'manifest.json') throw refused(task.path, 'notAnExport');
    await takePart(task, name, size, entry as AsyncIterable<Uint8Array>);
    task.options.onProgress(Math.min(task.report.records, task.total), task.total);
    await pause();
  }
  if (parts === 0) throw refused(task.path, 'notAnExport');
}

async function takePart(
  task: Import,
  name: string,
  size: number,
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  const whole = (most: number = bounds.part) => wholeOf(task.path, content, size, most);
  const parsed = async () => parseBoundedJson(await whole(), task.path);
  const [folder = '', ...rest] = name.split('/');
  switch (folder) {
    case 'manifest.json':
      return takeManifest(task, manifestSchema.parse(await parsed()));
    case 'devices.json':
      return takeDevices(task, z.array(deviceSchema).parse(await parsed()));
    case 'settings.json':
      // Settings are this device's; an import changes what is worked with, not how it looks.
      await whole();
      return;
    case 'documents':
      return takeDocument(task, rest, await whole(bounds.document));
    case 'journals':
      return takeEntries(task, rest[0] ?? '', await whole());
    case 'blobs':
      return takeBlob(task, rest[0] ?? '', size, content);
    case 'blobs.json':
      return takeBlobTypes(task, z.array(blobSchema).parse(await parsed()));
    case 'sessions.json':
      return takeSessions(task, z.array(sessionSchema).parse(await parsed()));
    default:
      throw refused(task.path, 'badName');
  }
}

async function wholeOf(
  path: string,
  content: AsyncIterable<Uint8Array>,
  size: number,
  most: number,
): Promise<Uint8Array> {
  if (size > most) throw refused(path, 'tooLarge');
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}

function takeManifest(task: Import, manifest: z.output<typeof manifestSchema>): void {
  if (manifest.version > exportFormat.version) throw refused(task.path, 'newer');
  task.total = Object.values(manifest.records).reduce((sum, count) => sum + count, 0);
}

/** Known by name so that history can say who; that makes no device a member of anything. */
function takeDevices(task: Import, devices: readonly z.output<typeof deviceSchema>[]): void {
  const insert = task.contents.vault.database.prepare(
    'insert or ignore into device values (?, ?, ?, ?, ?, ?)',
  );
  task.step(() => {
    for (const { id, name, signingKey, boxKey } of devices) {
      if (signingKey.length !== 32 || boxKey.length !== 32) throw refused(task.path, 'damaged');
      // Under the id of another device, these keys would sign entries in its name.
      if (deviceId({ signing: signingKey, box: boxKey }) !== id)
        throw refused(task.path, 'damaged');
      task.devices.set(id, signingKey);
      insert.run(id, name, signingKey, boxKey, new Uint8Array(), 0);
    }
  });
}

function takeDocument(task: Import, path: readonly string[], bytes: Uint8Array): void {
  const [kind = '', file = '', more] = path;
  const id = file.replace(/\.automerge$/, '');
  if (!isRecordKind(kind) || !isRecordId(id) || more !== undefined) {
    throw refused(task.path, 'badName');
  }
  const { contents, options, report, places } = task;
  const incoming = readDocument(task, kind, id, bytes);
  if ('reason' in incoming) {
    report.refused.push({ name: id, reason: incoming.reason });
    places.set(id, null);
    return;
  }
  const taken = task.step(() => takeRecord(contents, incoming, options.onDuplicate));
  places.set(id, taken.id);
  if (taken.duplicate) report.duplicates.push(taken.duplicate);
  if (taken.isNew) report.records += 1;
}

/** @returns the record, or why it is none. */
function readDocument(
  { contents, options }: Import,
  kind: RecordKindName,
  id: string,
  bytes: Uint8Array,
): Incoming | { readonly reason: string } {
  const { shape, defaults } = recordsOf(contents, kind).kind;
  let content: Content;
  try {
    content = contents.documents.inspect(bytes, shape);
  } catch {
    return { reason: 'it is not a sound document' };
  }
  if (content.kind !== kind) return { reason: 'it is of another kind than it says' };
  const input = options.validate(kind, { ...defaults, ...content.fields });
  if (!input.ok) return { reason: reasonOf(input.failure) };
  return { kind, id, input: input.value, document: bytes };
}

const reasonOf = (failure: Failure): string =>
  failure.code === 'invalid'
    ? failure.issues.map(({ path, message }) => `${path} ${message}`.trim()).join('; ')
    : failure.code;

function takeEntries(task: Import, name: string, lines: Uint8Array): void {
  const { contents, report } = task;
  if (name !== 'run' && name !== 'activity') throw refused(task.path, 'badName');
  const { journal } = name === 'run' ? contents.journal : contents.activity;
  const entries = Buffer.from(lines)
    .toString()
    .split('\n')
    .filter(Boolean)
    .map((line) => entrySchema.parse(parseBoundedJson(Buffer.from(line), task.path)));
  task.step(() => {
    const adopted = entries.flatMap((entry) => adoptEntry(task, journal, entry) ?? []);
    if (name === 'run') contents.journal.adopt(adopted);
    else contents.activity.show(adopted);
    report.entries += adopted.length;
  });
}

function adoptEntry(
  task: Import,
  journal: Journal,
  entry: z.output<typeof entrySchema>,
): Entry | null {
  const { subject, sequence, deviceId } = entry;
  if (sequence === 1 && journal.has(subject)) task.skipped.add(subject);
  if (task.skipped.has(subject)) return null;
  const key = task.devices.get(deviceId);
  const adopted = key ? journal.adopt(entry, key) : null;
  if (!adopted) {
    task.skipped.add(subject);
    task.report.refused.push({ name: subject, reason: `its entry ${sequence} was altered` });
  }
  return adopted;
}

/** The media types come after the blobs; until then a blob has none. */
const unknownType = 'application/octet-stream';

async function takeBlob(
  task: Import,
  name: string,
  size: number,
  content: AsyncIterable<Uint8Array>,
): Promise<void> {
  const { contents, options } = task;
  fromHex('blob name', name, 32);
  if (size > bounds.blob) throw refused(task.path, 'tooLarge');
  if (options.preview || contents.blobs.info(name)) {
    for await (const _ of content);
    return;
  }
  const blob = await contents.blobs.write({ length: size, parts: () => content }, unknownType);
  task.step(() => contents.blobs.note(blob, name));
  task.report.blobs += 1;
}

function takeBlobTypes(task: Import, blobs: readonly z.output<typeof blobSchema>[]): void {
  const set = task.contents.vault.database.prepare(
    `update blob set media_type = ?
     where id = (select blob_id from blob_alias where alias = ?) and media_type = '${unknownType}'`,
  );
  task.step(() => {
    for (const { id, mediaType } of blobs) set.run(mediaType, id);
  });
}

function takeSessions(task: Import, sessions: readonly z.output<typeof sessionSchema>[]): void {
  const { contents, report, places } = task;
  const idOf = (name: string | null) =>
    name === null ? null : (contents.blobs.info(name)?.id ?? null);
  if (task.options.preview) return;
  task.step(() => {
    for (const session of sessions) {
      const profileId = places.get(session.profileId);
      if (!profileId) continue;
      const adopted = contents.sessions.adopt({
        profileId,
        folderBlob: idOf(session.folderBlob),
        stateBlob: idOf(session.stateBlob),
        capturedAt: session.capturedAt,
      });
      if (adopted) report.sessions += 1;
    }
  });
}
