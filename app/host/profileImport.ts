/** Takes in profiles of other programs' files: shown first, then stored, then given their cookies. */
import { createLeftOut } from '../../workspace/migration/leftOut.ts';
import {
  createPlanner,
  notesOf,
  type PlannedRow,
  type Planner,
  rowOf,
} from '../../workspace/migration/plan.ts';
import { type ReadImport, readRows } from '../../workspace/migration/readRows.ts';
import { createSameProxies, type SameProxies } from '../../workspace/migration/sameProxies.ts';
import { readCookies } from '../../workspace/model/cookies.ts';
import { FailureError } from '../../workspace/model/failure.ts';
import type {
  ImportCounts,
  ImportPreview,
  ImportRow,
  MigrationReport,
} from '../../workspace/model/migration.ts';
import type { ImportRequest } from '../../workspace/model/migrationRequest.ts';
import { type ProfilePatch, profileInputSchema } from '../../workspace/model/profile.ts';
import { proxyAddress } from '../../workspace/model/proxyAddress.ts';
import { addToSession } from '../../workspace/sessions/sessionContent.ts';
import { eachSlice } from '../../workspace/views/slices.ts';
import { required } from './handlers/values.ts';
import type { Services } from './services.ts';

/** Rows stored between two pauses. */
const atOnce = 20;
/** Sessions written side by side: they wait for the disk together. */
const sessionsAtOnce = 16;
/** Rows that a window is shown. */
const rowsShown = 100;

interface ImportTask {
  /** Gives a profile's session to other devices, now or later. */
  tellOthers(profileId: string): Promise<void>;
  readonly signal: AbortSignal;
  onProgress(done: number, total: number): void;
}

/** @throws FailureError `importRefused`, `invalid`. */
export async function previewImport(
  services: Services,
  request: ImportRequest,
): Promise<ImportPreview> {
  const { format, columns, rows } = await readFor(services, request);
  const planner = plannerFor(services, request);
  const same = createSameProxies(services.proxies);
  const tally = createTally();
  const shown: ImportRow[] = [];
  await eachSlice(rows, atOnce, (slice) => {
    for (const planned of slice.map(planner.plan)) {
      tally.count(planned, same);
      if ('from' in planned) tally.counts.cookies += planned.from.cookies?.count ?? 0;
      if (shown.length < rowsShown) shown.push(shownRow(planned));
    }
  });
  return {
    format,
    columns,
    total: rows.length,
    counts: tally.counts,
    duplicates: planner.duplicates(),
    leftOut: tally.leftOut.list(),
    rows: shown,
  };
}

/**
 * Profiles and proxies are stored all together; ended before that, nothing is. Ended while their cookies
 * are brought in, the profiles stay, and the report says whose cookies are missing.
 *
 * @throws FailureError `importRefused`, `invalid`.
 */
export async function runImport(
  services: Services,
  request: ImportRequest,
  { tellOthers, signal, onProgress }: ImportTask,
): Promise<MigrationReport> {
  const { rows } = await readFor(services, request);
  const withCookies = rows.filter((row) => 'cookies' in row && row.cookies !== null).length;
  const total = rows.length + withCookies;
  const tally = createTally();
  const sessions: Arriving[] = [];
  await services.vault.store.exclusive(async (step) => {
    const planner = plannerFor(services, request);
    const same = createSameProxies(services.proxies);
    await eachSlice(rows, atOnce, (slice, from) => {
      signal.throwIfAborted();
      const planned = slice.map(planner.plan);
      for (const one of planned) tally.count(one, same);
      sessions.push(...step(() => storeRows(services, planned, same)));
      onProgress(from + slice.length, total);
    });
  });
  let arrived = 0;
  await bringCookies(services, sessions, { tellOthers, signal }, (row, result) => {
    if (typeof result === 'number') tally.counts.cookies += result;
    else tally.leftOut.add(row, { field: 'cookies', problem: result });
    onProgress(rows.length + ++arrived, total);
  });
  onProgress(total, total);
  return { counts: tally.counts, leftOut: tally.leftOut.list(), cancelled: signal.aborted };
}

const readFor = ({ proxies }: Services, request: ImportRequest): Promise<ReadImport> => {
  const known = new Set(proxies.listedIds());
  return readRows(request, (id) => known.has(id));
};

const plannerFor = ({ profiles }: Services, { onDuplicate }: ImportRequest): Planner =>
  createPlanner((name) => profiles.idOfName(name) !== null, onDuplicate);

/** Cookies on their way to a profile that is stored by now. */
interface Arriving {
  readonly row: number;
  readonly id: string;
  readonly name: string;
  readonly cookies: string;
}

/** Stores what these rows give, in a transaction that is open. @returns the cookies that are to follow. */
function storeRows(
  { profiles }: Services,
  planned: readonly PlannedRow[],
  same: SameProxies,
): Arriving[] {
  const stored = planned.flatMap((one) => ('from' in one ? [one] : []));
  same.store(stored.flatMap(({ from }) => (from.proxy ? [from.proxy] : [])));
  const patchOf = ({ from }: (typeof stored)[number]): ProfilePatch => {
    const proxyId = from.proxy ? same.idOf(from.proxy) : undefined;
    return { ...from.given, ...(proxyId === undefined ? {} : { proxyId, proxyPool: null }) };
  };
  const added = profiles.add(
    stored
      .filter(({ outcome }) => outcome === 'add')
      .map((one) => profileInputSchema.parse({ ...patchOf(one), name: one.name })),
    'import',
  );
  const ids = new Map(added.map(({ id, name }) => [name, id]));
  const idOf = (name: string) => required(ids.get(name) ?? profiles.idOfName(name) ?? undefined);
  // Rows of the same name change the same profile, one after the other.
  const patches = new Map<string, ProfilePatch>();
  for (const one of stored.filter(({ outcome }) => outcome === 'update')) {
    const id = idOf(one.name);
    patches.set(id, { ...patches.get(id), ...patchOf(one) });
  }
  profiles.editEach([...patches.keys()], ({ id, createdAt: _c, updatedAt: _u, ...input }) =>
    profileInputSchema.parse({ ...input, ...patches.get(id) }),
  );
  return stored.flatMap(({ from: { row, cookies }, name }) =>
    cookies ? [{ row, id: idOf(name), name, cookies: cookies.text }] : [],
  );
}

/** @param onDone told for each how many cookies came, or why none. */
async function bringCookies(
  services: Services,
  sessions: readonly Arriving[],
  { tellOthers, signal }: Pick<ImportTask, 'tellOthers' | 'signal'>,
  onDone: (row: number, result: number | 'busy' | 'cancelled') => void,
): Promise<void> {
  const bring = async (one: Arriving) => {
    const read = signal.aborted ? null : readCookies(one.cookies);
    if (!read) return onDone(one.row, 'cancelled');
    if (!(await addCookies(services, one, read))) return onDone(one.row, 'busy');
    await tellOthers(one.id);
    onDone(one.row, read.cookies.length);
  };
  // Those of one profile follow each other, since each adds to what is there.
  const byProfile = [...Map.groupBy(sessions, ({ id }) => id).values()];
  await eachSlice(byProfile, sessionsAtOnce, async (slice) => {
    await Promise.all(
      slice.map(async (arriving) => {
        for (const one of arriving) await bring(one);
      }),
    );
  });
}

/** @returns false while somebody uses the profile. */
async function addCookies(
  services: Services,
  profile: Arriving,
  more: Parameters<typeof addToSession>[2],
): Promise<boolean> {
  try {
    await addToSession(services, profile, more, false);
    return true;
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === 'profileBusy') return false;
    throw error;
  }
}

function createTally() {
  const counts: { -readonly [K in keyof ImportCounts]: number } = {
    add: 0,
    update: 0,
    skip: 0,
    refuse: 0,
    proxies: 0,
    knownProxies: 0,
    cookies: 0,
  };
  const leftOut = createLeftOut();
  return {
    counts,
    leftOut,
    /** Everything but its cookies, which may yet be refused. */
    count(planned: PlannedRow, same: SameProxies): void {
      counts[planned.outcome] += 1;
      for (const note of notesOf(planned)) leftOut.add(rowOf(planned), note);
      const proxy = 'from' in planned ? planned.from.proxy : null;
      if (proxy) counts[same.isKnown(proxy) ? 'knownProxies' : 'proxies'] += 1;
    },
  };
}

const shownRow = (planned: PlannedRow): ImportRow => {
  const from = 'from' in planned ? planned.from : null;
  return {
    row: rowOf(planned),
    outcome: planned.outcome,
    name: planned.name,
    group: from?.given.group ?? null,
    tags: from?.given.tags ?? [],
    proxy: from?.proxy ? proxyAddress(from.proxy) : null,
    cookies: from?.cookies?.count ?? 0,
    notes: notesOf(planned),
  };
};
