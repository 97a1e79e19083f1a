/**
 * Saying the same in fewer envelopes. What many small ones said is gathered into a few large ones, which
 * name what they stand for; in levels, so that nothing is written again often. Nothing is lost by two
 * devices doing it at once, or by one that dies in the middle: what is not named stays.
 */
import { decodeAttestation } from '../../crypto/attestation.ts';
import { type OpenedEnvelope, openEnvelope } from '../../crypto/envelope.ts';
import { toHex } from '../../crypto/hex.ts';
import type { Contents } from '../contents.ts';
import { uuidBytes, uuidOf } from '../documents/documentId.ts';
import {
  type Coverage,
  decodeBatch,
  decodeCompacted,
  decodeCoverage,
  decodeDocuments,
  decodeEntries,
  decodeMixed,
  decodeSession,
  encodeBatch,
  encodeCompacted,
  encodeCoverage,
  encodeDocuments,
  encodeEntries,
  encodeSession,
  envelopeKind,
  type OutgoingDocument,
  type SharedEntry,
  type SharedSession,
} from '../outbox/bodies.ts';
import type { LogEnvelope } from '../outbox/log.ts';

/** How many envelopes of a level are made one of the next, and how many at most at a time. */
export const compacted = {
  tail: 200,
  group: 10,
  levels: 4,
  atOnce: 2_000,
} as const;

type Opened = Extract<OpenedEnvelope, { ok: true }>;
type Body = { readonly kind: number; readonly body: Uint8Array };

interface Gathered {
  /** Documents that something was said of. */
  readonly documents: Set<string>;
  readonly buried: Set<string>;
  readonly entries: Map<string, SharedEntry>;
  /** The newest of each profile. */
  readonly sessions: Map<string, SharedSession>;
  readonly coverage: Coverage[];
}

/** Small enough for a relay's envelope, with what is around it. */
const bodyBytes = 400 * 1024;

/** @returns the level that has enough to be compacted now, or null. */
export function levelToCompact({ log }: Contents): number | null {
  if (log.countAtLevel(0) >= compacted.tail) return 0;
  for (let level = 1; level < compacted.levels; level++) {
    if (log.countAtLevel(level) >= compacted.group) return level;
  }
  return null;
}

/**
 * Compacts what there is of a level.
 *
 * @returns how many envelopes it made of how many, or null when there was nothing to gain.
 */
export async function compact(
  contents: Contents,
  level: number,
  pause: () => Promise<void>,
): Promise<{ readonly made: number; readonly from: number } | null> {
  const { vault, log, outbox, documents } = contents;
  const chosen = log.atLevel(level, compacted.atOnce);
  const opened: Opened[] = [];
  for (const [n, one] of chosen.entries()) {
    const envelope = reopen(contents, one);
    // What can not be opened again, after a key went missing say, is no concern of a compaction.
    if (envelope) opened.push(envelope);
    if (n % 20 === 19) await pause();
  }
  if (opened.length < 2 || opened.length !== chosen.length) return null;
  const gathered = gather(opened);
  // All that was said of a document is in it by now; until it is opened, that is not so.
  while (!documents.isShown()) await pause();

  return vault.store.commit(() => {
    const ids = [...gathered.documents].filter((id) => documents.has(id));
    const bodies = [
      ...documentBodies(contents, ids),
      ...entryBodies([...gathered.entries.values()]),
      ...otherBodies(gathered),
    ];
    // With several envelopes the coverage goes last: what it stands for is there by then.
    const coverage = coverageOf(opened, gathered.coverage);
    const groups = [
      ...inGroups(bodies),
      [{ kind: envelopeKind.coverage, body: encodeCoverage(coverage) }],
    ];
    for (const group of groups) {
      outbox.seal('compacted', encodeCompacted(level + 1, group), { level: level + 1 });
    }
    const superseded = chosen.map(({ id }) => id);
    log.supersede(superseded);
    log.hide(superseded);
    for (const { device, from, to } of coverage) cover(contents, device, from, to);
    return { made: groups.length, from: chosen.length };
  });
}

function reopen({ vault, epochs, membership }: Contents, { envelope }: LogEnvelope): Opened | null {
  const opened = openEnvelope(
    envelope,
    ({ epochTag }) => epochs.keyFor(epochTag),
    (device) => membership.author(device)?.signing ?? null,
    { channel: vault.keys.channel },
  );
  return opened.ok ? opened : null;
}

function cover({ vault }: Contents, device: string, from: number, to: number): void {
  vault.database.prepare('insert or ignore into covered values (?, ?, ?)').run(device, from, to);
}

function gather(opened: readonly Opened[]): Gathered {
  const gathered: Gathered = {
    documents: new Set(),
    buried: new Set(),
    entries: new Map(),
    sessions: new Map(),
    coverage: [],
  };
  for (const { header, body } of opened) gatherBody({ kind: header.kind, body }, gathered);
  return gathered;
}

function gatherBody({ kind, body }: Body, gathered: Gathered): void {
  switch (kind) {
    case envelopeKind.content:
      for (const { document } of decodeBatch(body) ?? []) gathered.documents.add(uuidOf(document));
      break;
    case envelopeKind.snapshot:
      for (const { document } of decodeDocuments(body) ?? []) {
        gathered.documents.add(uuidOf(document));
      }
      break;
    case envelopeKind.tombstone:
      for (const { document } of decodeBatch(body) ?? []) gathered.buried.add(uuidOf(document));
      break;
    case envelopeKind.entries:
      for (const entry of decodeEntries(body) ?? []) {
        gathered.entries.set(`${entry.journal} ${entry.subject} ${entry.sequence}`, entry);
      }
      break;
    case envelopeKind.session: {
      const session = decodeSession(body);
      const known = session && gathered.sessions.get(session.profileId);
      if (session && (!known || known.capturedAt < session.capturedAt)) {
        gathered.sessions.set(session.profileId, session);
      }
      break;
    }
    case envelopeKind.coverage:
      gathered.coverage.push(...(decodeCoverage(body) ?? []));
      break;
    case envelopeKind.mixed:
      for (const part of decodeMixed(body) ?? []) gatherBody(part, gathered);
      break;
    case envelopeKind.compacted:
      for (const part of decodeCompacted(body)?.bodies ?? []) gatherBody(part, gathered);
      break;
    default:
      break;
  }
}

/** Whole documents as they are now: everything that was said of them is in there. */
function documentBodies({ documents }: Contents, ids: readonly string[]): Body[] {
  return inParts(documents.outgoing(ids), ({ bytes }: OutgoingDocument) => bytes.length).map(
    (part) => ({ kind: envelopeKind.snapshot, body: encodeDocuments(part) }),
  );
}

function entryBodies(entries: readonly SharedEntry[]): Body[] {
  // A subject's entries follow one another, or whoever receives them has to wait.
  const ordered = entries.toSorted((a, b) =>
    a.subject === b.subject ? a.sequence - b.sequence : a.subject < b.subject ? -1 : 1,
  );
  return inParts(ordered, ({ body }) => body.length + 200).map((part) => ({
    kind: envelopeKind.entries,
    body: encodeEntries(part),
  }));
}

function otherBodies({ buried, sessions }: Gathered): Body[] {
  const tombstones = [...buried].map((id) => ({
    document: uuidBytes(id),
    bytes: new Uint8Array(),
  }));
  return [
    ...inParts(tombstones, () => 24).map((part) => ({
      kind: envelopeKind.tombstone,
      body: encodeBatch(part),
    })),
    ...[...sessions.values()].map((session) => ({
      kind: envelopeKind.session,
      body: encodeSession(session),
    })),
  ];
}

/** Which sequences of which devices it stands for, in runs, each with the proof of its end. */
function coverageOf(opened: readonly Opened[], before: readonly Coverage[]): Coverage[] {
  const single = opened.map(
    ({ attestation, signed }): Coverage => ({
      device: attestation.device,
      from: attestation.deviceSequence,
      to: attestation.deviceSequence,
      previous: attestation.previous,
      ...signed,
      nonces: [attestation.actorNonce],
    }),
  );
  const byDevice = new Map<string, Coverage[]>();
  for (const one of [...before, ...single]) {
    byDevice.set(one.device, [...(byDevice.get(one.device) ?? []), one]);
  }
  return [...byDevice.values()].flatMap(runsOf);
}

function runsOf(list: readonly Coverage[]): Coverage[] {
  const runs: Coverage[] = [];
  for (const one of list.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const last = runs.at(-1);
    if (!last || one.from > last.to + 1) runs.push(one);
    else {
      const end = one.to > last.to ? one : last;
      const { outerHeader, attestation, bodyHash, signature } = end;
      runs[runs.length - 1] = {
        ...last,
        to: end.to,
        outerHeader,
        attestation,
        bodyHash,
        signature,
        nonces: distinct([...last.nonces, ...one.nonces]),
      };
    }
  }
  return runs.filter(({ attestation }) => decodeAttestation(attestation) !== null);
}

function distinct(list: readonly Uint8Array[]): Uint8Array[] {
  return [...new Map(list.map((one) => [toHex(one), one])).values()];
}

function inParts<T>(list: readonly T[], size: (one: T) => number): T[][] {
  const parts: T[][] = [];
  let bytes = 0;
  for (const one of list) {
    const part = parts.at(-1);
    bytes += size(one);
    if (part && bytes <= bodyBytes) part.push(one);
    else {
      parts.push([one]);
      bytes = size(one);
    }
  }
  return parts;
}

const inGroups = (bodies: readonly Body[]): Body[][] => inParts(bodies, ({ body }) => body.length);
