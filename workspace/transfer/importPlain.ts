/**
 * Taking in a folder that a plain export made, or one that somebody put together like it. Only files of
 * known names are opened, links are not followed, and everything read is checked like what a person
 * types.
 */

import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { z } from 'zod';
import type { Contents } from '../contents.ts';
import { isRecordId } from '../documents/documentId.ts';
import { jsonBounds, parseBoundedJson } from '../model/boundedJson.ts';
import { FailureError } from '../model/failure.ts';
import type { RecordKindName } from '../model/record.ts';
import type { BlobReference, RunEvent } from '../model/run.ts';
import { lastTime } from '../model/time.ts';
import type { ImportReport } from '../model/transfer.ts';
import { isMissing } from '../vault/files.ts';
import { eachSlice, pause } from '../views/slices.ts';
import { fileNameOf, plainFormat } from './exportPlain.ts';
import {
  closeReport,
  type ImportOptions,
  isMalformed,
  newReport,
  type OpenReport,
  PreviewDone,
} from './importReport.ts';
import { refused } from './sealedFile.ts';
import { takeRecord } from './takeRecord.ts';

type Step = <U>(change: () => U) => U;

interface Import {
  readonly contents: Contents;
  readonly dir: string;
  readonly options: ImportOptions;
  readonly step: Step;
  readonly report: OpenReport;
  readonly places: Map<string, string | null>;
}

const manifestSchema = z.looseObject({
  format: z.literal(plainFormat.format),
  version: z.int(),
});
const sessionSchema = z.object({
  profileId: z.string(),
  capturedAt: z.int().min(0).max(lastTime),
  folder: z.string().nullable(),
  storageState: z.string().nullable(),
});
/** What every event has; the views look at nothing else without checking. */
const eventSchema = z.looseObject({
  runId: z.string().min(1).max(200),
  sequence: z.int().min(1),
  type: z.string().max(60),
  at: z.int().min(0).max(lastTime),
});

const recordsAtOnce = 20;
const eventsAtOnce = 200;
const longestLine = 8 * 1024 * 1024;
const largestBlob = 8 * 1024 * 1024 * 1024;

/** @throws FailureError `importRefused`; nothing is stored then. */
export async function importPlain(
  contents: Contents,
  dir: string,
  options: ImportOptions,
): Promise<ImportReport> {
  const manifest = manifestSchema.safeParse(await readJson(dir, 'manifest.json'));
  if (!manifest.success) throw refused(dir, 'notAnExport');
  if (manifest.data.version > plainFormat.version) throw refused(dir, 'newer');
  try {
    return await contents.vault.store.exclusive(async (step) => {
      const task: Import = { contents, dir, options, step, report: newReport(), places: new Map() };
      await takeRecords(task, 'profile', 'profiles.json');
      // Exports of before there were any have none.
      for (const [kind, name] of [
        ['proxy', 'proxies.json'],
        ['template', 'templates.json'],
      ] as const) {
        if (await isThere(join(dir, name))) await takeRecords(task, kind, name);
      }
      await takeRecords(task, 'workflow', 'workflows.json');
      if (options.preview) throw new PreviewDone(task.report);
      await takeSessions(task);
      await takeRuns(task);
      step(() => contents.activity.add({ type: 'importFile', name: String(task.report.records) }));
      return closeReport(task.report);
    });
  } catch (error) {
    if (error instanceof PreviewDone) return error.report;
    if (isMalformed(error) && !options.signal.aborted) throw refused(dir, 'damaged');
    throw error;
  }
}

async function readJson(dir: string, name: string): Promise<unknown> {
  const path = join(dir, name);
  const { size } = await plainFile(path);
  if (size > jsonBounds.bytes) throw refused(path, 'tooLarge');
  return parseBoundedJson(await readFile(path), path);
}

const isThere = (path: string): Promise<boolean> =>
  lstat(path).then(
    () => true,
    (error: unknown) => {
      if (isMissing(error)) return false;
      throw error;
    },
  );

/** @throws FailureError unless it is a file itself: a link could lead anywhere. */
async function plainFile(path: string): Promise<{ size: number }> {
  const found = await lstat(path).catch((error: unknown) => {
    if (isMissing(error)) throw new FailureError({ code: 'fileMissing', path });
    throw error;
  });
  if (!found.isFile()) throw refused(path, 'badName');
  return found;
}

async function takeRecords(task: Import, kind: RecordKindName, file: string): Promise<void> {
  const { contents, options, report, places, step } = task;
  const items = z
    .array(z.unknown())
    .max(1_000_000)
    .parse(await readJson(task.dir, file));
  await eachSlice(items, recordsAtOnce, (slice, from) => {
    options.signal.throwIfAborted();
    step(() => {
      slice.forEach((item, index) => {
        const { id, fields } = identityOf(item);
        const input = options.validate(kind, fields);
        if (!input.ok) {
          const issues = input.failure.code === 'invalid' ? input.failure.issues : [];
          const reason = issues.map((one) => `${one.path} ${one.message}`.trim()).join('; ');
          report.refused.push({ name: `${file}[${from + index}]`, reason });
          return;
        }
        const taken = takeRecord(
          contents,
          { kind, id: id ?? randomUUID(), input: input.value },
          options.onDuplicate,
        );
        if (id) places.set(id, taken.id);
        if (taken.duplicate) report.duplicates.push(taken.duplicate);
        if (taken.isNew) report.records += 1;
      });
    });
    options.onProgress(from + slice.length, items.length);
  });
}

/** An id that is none of ours is dropped: the record gets one. */
function identityOf(item: unknown): { id: string | null; fields: unknown } {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    return { id: null, fields: item };
  }
  const { id, createdAt: _c, updatedAt: _u, ...fields } = item as Record<string, unknown>;
  return { id: typeof id === 'string' && isRecordId(id) ? id : null, fields };
}

/** @returns the blob that the file became, or null when there is no such file. */
async function takeFile(
  task: Import,
  name: string | null,
  mediaType: string,
  alias?: string,
): Promise<BlobReference | null> {
  if (name === null) return null;
  if (!/^[0-9a-f]{64}\.[a-z]{3,4}$/.test(name)) throw refused(task.dir, 'badName');
  const known = alias === undefined ? null : task.contents.blobs.info(alias);
  if (known) return known;
  const path = join(task.dir, 'blobs', name);
  const found = await plainFile(path).catch((error: unknown) => {
    if (error instanceof FailureError && error.failure.code === 'fileMissing') return null;
    throw error;
  });
  if (!found) return null;
  if (found.size > largestBlob) throw refused(path, 'tooLarge');
  const blob = await task.contents.blobs.write(
    { length: found.size, parts: () => createReadStream(path) },
    mediaType,
  );
  task.step(() => task.contents.blobs.note(blob, alias));
  task.report.blobs += 1;
  return blob;
}

async function takeSessions(task: Import): Promise<void> {
  const sessions = await readJson(task.dir, 'sessions.json').catch((error: unknown) => {
    if (error instanceof FailureError && error.failure.code === 'fileMissing') return [];
    throw error;
  });
  for (const session of z.array(sessionSchema).parse(sessions)) {
    const profileId = task.places.get(session.profileId);
    if (!profileId) continue;
    const folder = await takeFile(task, session.folder, 'application/x-tar');
    const state = await takeFile(task, session.storageState, 'application/json');
    const adopted = task.step(() =>
      task.contents.sessions.adopt({
        profileId,
        folderBlob: folder?.id ?? null,
        stateBlob: state?.id ?? null,
        capturedAt: session.capturedAt,
      }),
    );
    if (adopted) task.report.sessions += 1;
  }
}

/** Runs are written down anew, signed by this device: a plain file proves nobody's authorship. */
async function takeRuns(task: Import): Promise<void> {
  const path = join(task.dir, 'runs.ndjson');
  const found = await plainFile(path).catch(() => null);
  if (!found) return;
  const known = new Map<string, boolean>();
  let waiting: { runId: string; event: RunEvent }[] = [];
  const flush = () => {
    const batch = waiting;
    waiting = [];
    task.step(() => {
      for (const { runId, event } of batch) {
        task.contents.journal.append(runId, [event]);
        task.report.entries += 1;
      }
    });
  };
  let bytes = 0;
  const lines = createInterface({ input: Readable.from(boundedStream(path)) });
  for await (const line of lines) {
    if (line === '') continue;
    const parsed = eventSchema.parse(parseBoundedJson(Buffer.from(line), path));
    const { runId, sequence: _s, ...event } = parsed;
    const skip = known.get(runId) ?? task.contents.journal.journal.has(runId);
    known.set(runId, skip);
    if (skip) continue;
    await takePicture(task, event as unknown as RunEvent);
    waiting.push({ runId, event: event as unknown as RunEvent });
    bytes += line.length;
    if (waiting.length >= eventsAtOnce) {
      flush();
      task.options.signal.throwIfAborted();
      task.options.onProgress(Math.min(bytes, found.size), found.size);
      await pause();
    }
  }
  flush();
}

/** A file of one endless line would be held as a whole. */
async function* boundedStream(path: string): AsyncGenerator<Buffer> {
  let sinceLine = 0;
  for await (const part of createReadStream(path)) {
    const chunk = part as Buffer;
    const last = chunk.lastIndexOf(0x0a);
    sinceLine = last < 0 ? sinceLine + chunk.length : chunk.length - last;
    if (sinceLine > longestLine) throw refused(path, 'tooLarge');
    yield chunk;
  }
}

async function takePicture(task: Import, event: RunEvent): Promise<void> {
  if (event.type !== 'screenshot.taken') return;
  const image = z
    .object({ id: z.string().regex(/^[0-9a-f]{64}$/), mediaType: z.string().max(200) })
    .parse(event.image);
  await takeFile(task, fileNameOf(image.id, image.mediaType), image.mediaType, image.id);
}
