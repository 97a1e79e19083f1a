/**
 * Taking in what other devices sealed: opened, verified, believed only as far as the membership log says,
 * and applied with its views in one transaction. The order in which envelopes come does not matter.
 */

import { decodeAttestation } from '../../crypto/attestation.ts';
import { compareBytes } from '../../crypto/bytes.ts';
import {
  type Attestation,
  type EpochKeyFor,
  envelopeId,
  type OpenedEnvelope,
  openEnvelope,
  type ReopenedEnvelope,
  reopenEnvelope,
  type SignedAttestation,
  verifySignedAttestation,
} from '../../crypto/envelope.ts';
import { toHex } from '../../crypto/hex.ts';
import { type AnyRecords, type Contents, recordsOf } from '../contents.ts';
import { deriveActor } from '../documents/actor.ts';
import { changeHeader } from '../documents/changeHeader.ts';
import { uuidBytes, uuidOf } from '../documents/documentId.ts';
import { decodeEntry } from '../membership/entry.ts';
import type { RecordKindName } from '../model/record.ts';
import {
  type Coverage,
  decodeBatch,
  decodeCompacted,
  decodeCoverage,
  decodeDocuments,
  decodeEntries,
  decodeMixed,
  decodeSession,
  envelopeKind,
  type OutgoingChange,
  type OutgoingDocument,
  type SharedEntry,
  type SharedSession,
} from '../outbox/bodies.ts';
import type { LogEnvelope } from '../outbox/log.ts';
import type { SealedBody } from '../outbox/outbox.ts';
import { sortKey } from '../views/textKeys.ts';

/** What came of one envelope. */
export type Outcome =
  /** It was there already. */
  | 'known'
  | 'taken'
  /** It waits for an epoch, a device or entries that are not here yet. */
  | 'parked'
  | 'refused';

/** Devices whose envelopes are missing here, and how many at least. */
export interface Missing {
  readonly deviceId: string;
  readonly name: string;
  readonly count: number;
}

export interface Trouble {
  readonly missing: readonly Missing[];
  /** Envelopes that wait for an epoch or a device. */
  readonly parked: number;
  /** Envelopes that were not believed, newest first, with the reason. */
  readonly refused: readonly { readonly reason: string; readonly deviceId: string | null }[];
}

export interface Receiver {
  /**
   * Takes envelopes in. To be called inside a transaction; none of them can fail it.
   *
   * @param from the relay that they came from; null for one that is not a relay of this vault.
   */
  take(envelopes: readonly Uint8Array[], from: string | null): Outcome[];
  /** Takes what whoever rotated a relay's key left there. To be called inside a transaction. */
  takeNotice(notice: Uint8Array): void;
  trouble(): Trouble;
  /** Opens a few documents that were taken whole. @returns whether any are left. */
  openSome(): Promise<boolean>;
  /**
   * Makes fewer envelopes of many that were sealed one by one and never left, so that a month offline
   * is told in one go.
   */
  regroup(pause: () => Promise<void>): Promise<void>;
}

/** What came of a document and waits to be merged with it. */
interface Incoming {
  readonly parts: Uint8Array[];
  /** Ids of the envelopes that it came in. */
  readonly from: Uint8Array[];
  /** Whether parts of histories are among it, which say less about who made what. */
  bundles: boolean;
  /** When the newest of it was made, by its author's clock. */
  at: number;
}

type Opened = Extract<OpenedEnvelope, { ok: true }>;

/** A part that cannot be believed; the envelope is refused and nothing of it is kept. */
class UnbelievableError extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}

/** What an envelope needs first. */
class WaitingError extends Error {
  readonly wants: string;
  constructor(wants: string) {
    super('waits');
    this.wants = wants;
  }
}

const refusedKept = 500;
/** What waits beyond that is not kept; it is asked for again when a relay's set is compared next. */
const parkedAtMost = { envelopes: 100_000, bytes: 256 * 1024 * 1024 } as const;
/** What an envelope waits for that was taken, but for some entries. */
const entriesWait = 'entries';
/** Documents opened in one transaction, so that nothing else waits long. */
const openedAtOnce = 20;
/** Documents merged in the transaction that brings their changes; more of them wait their turn. */
const mergedAtOnce = 20;
/** Fewer envelopes than that are sent as they are. */
const worthRegrouping = 64;
const regroupedAtOnce = 100;
const none = new Uint8Array(32);

export function createReceiver(contents: Contents): Receiver {
  const { vault, epochs, membership, log, outbox, documents, journal, activity } = contents;
  const { store, keys, database } = vault;
  const attest = database.prepare('insert or ignore into attestation values (?, ?, ?)');
  const attested = database
    .prepare<[string, number], Buffer>(
      'select id from attestation where device_id = ? and device_sequence = ?',
    )
    .pluck();
  const forgetAttested = database.prepare(
    'delete from attestation where device_id = ? and device_sequence >= ?',
  );
  const noteNonce = database.prepare('insert or ignore into actor_nonce values (?, ?, ?)');
  const cover = database.prepare('insert or ignore into covered values (?, ?, ?)');
  const park = database.prepare('insert or ignore into parked values (?, ?, ?, ?)');
  const unpark = database.prepare('delete from parked where id = ?');
  const allParked = database
    .prepare<[string], Buffer>(
      'select envelope from parked where wants <> ? order by received_at, id',
    )
    .pluck();
  const entriesParked = database
    .prepare<[string], Buffer>(
      'select envelope from parked where wants = ? order by received_at, id',
    )
    .pluck();
  const countParked = database.prepare<[], number>('select count(*) from parked').pluck();
  const parkedSize = database.prepare<[], { envelopes: number; bytes: number }>(
    'select count(*) as envelopes, coalesce(sum(length(envelope)), 0) as bytes from parked',
  );
  const refuse = database.prepare('insert or replace into refused values (?, ?, ?, ?)');
  const trimRefused = database.prepare(
    `delete from refused where id not in (select id from refused order by received_at desc limit ${refusedKept})`,
  );
  const isBuried = database
    .prepare<[string], number>('select 1 from tombstone where document_id = ?')
    .pluck();
  const bury = database.prepare('insert or ignore into tombstone values (?, ?, ?, ?, ?)');
  const viewOf = database.prepare<[string], { kind: string; name: string }>(
    'select kind, name from record_view where id = ?',
  );
  const putView = database.prepare(
    `insert or ignore into record_view
       (id, kind, name, name_key, search_text, summary, created_at, updated_at, trashed_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const dropView = database.prepare('delete from record_view where id = ?');
  const sessionElsewhere = database.prepare(
    `insert into session_elsewhere values (@profileId, @device, @capturedAt, @state)
     on conflict (profile_id) do update
       set device_id = excluded.device_id, captured_at = excluded.captured_at, state = excluded.state
       where excluded.captured_at > captured_at`,
  );
  const keyOf = (device: string): Uint8Array | null => membership.author(device)?.signing ?? null;
  const epochKey: EpochKeyFor = ({ epochTag }) => epochs.keyFor(epochTag);
  const place = { channel: keys.channel };
  const open = (envelope: Uint8Array) => openEnvelope(envelope, epochKey, keyOf, place);
  const reopen = (envelope: Uint8Array) => reopenEnvelope(envelope, epochKey, place);

  /** Changes of the transaction's envelopes, by document, so that each document is loaded once. */
  let changes = new Map<string, Incoming>();

  function takeOne(envelope: Uint8Array, from: string | null): Outcome {
    const id = envelopeId(envelope);
    if (log.has(id)) {
      if (from !== null) log.known(from, id);
      return 'known';
    }
    const opened = open(envelope);
    if (!opened.ok) {
      if (opened.reason === 'unknownEpoch' || opened.reason === 'unknownDevice') {
        return wait(id, envelope, opened.reason);
      }
      return reject(id, opened.reason, null);
    }
    const { attestation } = opened;
    try {
      store.write(() => {
        believe(opened.attestation, opened.attestationId, id);
        const { kind } = opened.header;
        apply({ kind, body: opened.body }, attestation, id);
        const { device: deviceId, deviceSequence: sequence } = attestation;
        const level =
          kind === envelopeKind.compacted ? (decodeCompacted(opened.body)?.level ?? 0) : 0;
        log.add({ id, envelope, kind, deviceId, sequence, level }, from);
        unpark.run(id);
        if (awaiting.delete(toHex(id))) park.run(id, envelope, entriesWait, store.clock.tick());
      });
      return 'taken';
    } catch (error) {
      if (error instanceof WaitingError) return wait(id, envelope, error.wants);
      if (error instanceof UnbelievableError) return reject(id, error.reason, attestation.device);
      // What a member's device signed may still be nothing that anybody can read.
      if (isUnreadable(error)) return reject(id, 'malformed', attestation.device);
      throw error;
    }
  }

  /** Counted anew at the beginning of each batch; within it, what is added is. */
  let room = { envelopes: 0, bytes: 0 };
  const measureRoom = () => {
    const { envelopes, bytes } = parkedSize.get() ?? { envelopes: 0, bytes: 0 };
    room = { envelopes: parkedAtMost.envelopes - envelopes, bytes: parkedAtMost.bytes - bytes };
  };

  function wait(id: Uint8Array, envelope: Uint8Array, wants: string): Outcome {
    room.envelopes -= 1;
    room.bytes -= envelope.length;
    if (room.envelopes >= 0 && room.bytes >= 0) {
      park.run(id, envelope, wants, store.clock.tick());
    }
    return 'parked';
  }

  function reject(id: Uint8Array, reason: string, device: string | null): Outcome {
    unpark.run(id);
    refuse.run(id, reason, device, store.clock.tick());
    trimRefused.run();
    return 'refused';
  }

  /** Whether its author may say this, and where it stands in what the author ever said. */
  function believe(attestation: Attestation, id: Uint8Array, envelope: Uint8Array): void {
    const { device, deviceSequence: sequence, previous } = attestation;
    if (sequence < 1) throw new UnbelievableError('badSequence');
    const member = membership.author(device);
    if (!member) throw new WaitingError('unknownDevice');
    if (member.removed && sequence > member.removed.pin) throw new UnbelievableError('removed');
    if (device === keys.device.id) takeBack(sequence);
    const there = attested.get(device, sequence);
    const before = sequence === 1 ? none : attested.get(device, sequence - 1);
    const isFork =
      (there && compareBytes(there, id) !== 0) || (before && compareBytes(before, previous) !== 0);
    if (isFork) {
      // What it says is kept, since it merges; that a device speaks with two tongues is shown.
      refuse.run(envelope, 'fork', device, store.clock.tick());
    }
    attest.run(device, sequence, id);
    noteNonce.run(attestation.actorNonce, device, store.clock.tick());
  }

  /**
   * An envelope of this very device that it does not know: the vault was put back from a backup, or
   * copied. What was sealed since and never left is sealed again, after what others have.
   */
  function takeBack(sequence: number): void {
    const { sequence: last } = outbox.last();
    // Nothing was sealed in its place.
    if (sequence > last) return;
    const again = log.neverSent(keys.device.id, 0, Number.MAX_SAFE_INTEGER).flatMap((one) => {
      const opened = open(one.envelope);
      if (!opened.ok || opened.attestation.deviceSequence < sequence) return [];
      log.drop([one.position]);
      return [opened];
    });
    if (again.length === 0) return;
    forgetAttested.run(keys.device.id, sequence);
    resealed.push(...again);
  }
  let resealed: Opened[] = [];
  /** Envelopes of this transaction with entries that have to wait. */
  const awaiting = new Set<string>();

  function apply(
    { kind, body }: { readonly kind: number; readonly body: Uint8Array },
    attestation: Attestation,
    id: Uint8Array,
  ): void {
    switch (kind) {
      case envelopeKind.content:
        applyBatch(readable(decodeBatch(body)), attestation, id);
        break;
      case envelopeKind.snapshot:
        applyDocuments(readable(decodeDocuments(body)), id);
        break;
      case envelopeKind.compacted:
        for (const part of readable(decodeCompacted(body)).bodies) apply(part, attestation, id);
        break;
      case envelopeKind.mixed:
        for (const part of readable(decodeMixed(body))) apply(part, attestation, id);
        break;
      case envelopeKind.tombstone:
        applyTombstones(readable(decodeBatch(body)), attestation.device);
        break;
      case envelopeKind.membership:
        readable(decodeEntry(body));
        takeMembership(() => membership.take([body]));
        break;
      case envelopeKind.entries:
        applyEntries(readable(decodeEntries(body)), attestation.device, id);
        break;
      case envelopeKind.session:
        applySession(readable(decodeSession(body)), attestation.device);
        break;
      case envelopeKind.coverage:
        for (const one of readable(decodeCoverage(body))) applyCoverage(one);
        break;
      // Of a later version: kept and passed on.
      default:
        break;
    }
  }

  /**
   * What this device took from another in good faith, before it heard that it was removed, others refuse
   * from now on. It is said again, in this device's name, so that everybody has the same.
   */
  function takeMembership(take: () => boolean): void {
    const before = membership.current().devices;
    if (!take()) return;
    for (const { id, removed } of membership.current().devices.values()) {
      const pin = before.get(id)?.removed?.pin ?? Number.MAX_SAFE_INTEGER;
      if (removed && removed.pin < pin && id !== keys.device.id) vouching.set(id, removed.pin);
    }
    // Whom a removed device had let in meanwhile never belonged.
    for (const id of before.keys()) if (!membership.device(id)) vouching.set(id, 0);
  }
  /** Devices to vouch for in this transaction, each after which of its sequences. */
  const vouching = new Map<string, number>();

  /** After all is merged: what has just come is told as it is then. */
  function vouchForAll(): void {
    const devices = [...vouching];
    vouching.clear();
    for (const [device, pin] of devices) vouchFor(device, pin);
  }

  function vouchFor(device: string, pin: number): void {
    if (membership.removal()) return;
    // What it said of the membership counts or not, whoever passes it on; epochs of others follow from it.
    for (const entry of membership.entries()) {
      if (decodeEntry(entry)?.statement.author === device) outbox.seal('membership', entry);
    }
    const known = new Set<string>();
    const buried = new Set<string>();
    for (const { envelope } of log.of(device, pin)) {
      const opened = reopen(envelope);
      if (opened) collectDocuments({ kind: opened.header.kind, body: opened.body }, known, buried);
    }
    documents.announce([...known].filter((id) => documents.has(id)));
    outbox.add(
      'tombstone',
      [...buried].map((id) => ({ document: uuidBytes(id), bytes: new Uint8Array() })),
    );
  }

  function collectDocuments(
    { kind, body }: { readonly kind: number; readonly body: Uint8Array },
    known: Set<string>,
    buried: Set<string>,
  ): void {
    if (kind === envelopeKind.mixed) {
      for (const part of decodeMixed(body) ?? []) collectDocuments(part, known, buried);
    } else if (kind === envelopeKind.compacted) {
      for (const part of decodeCompacted(body)?.bodies ?? []) collectDocuments(part, known, buried);
    } else if (kind === envelopeKind.snapshot) {
      for (const { document } of decodeDocuments(body) ?? []) known.add(uuidOf(document));
    } else if (kind === envelopeKind.content || kind === envelopeKind.tombstone) {
      const ids = kind === envelopeKind.content ? known : buried;
      for (const { document } of decodeBatch(body) ?? []) ids.add(uuidOf(document));
    }
  }

  function applySession({ profileId, capturedAt, state }: SharedSession, device: string): void {
    if (device === keys.device.id) return;
    sessionElsewhere.run({
      profileId,
      device,
      // Another clock may run ahead, or lie.
      capturedAt: Math.min(capturedAt, store.clock.tick()),
      state: JSON.stringify({
        blob: toHex(state.blob),
        size: state.size,
        key: toHex(state.key),
      }),
    });
    store.touch('profile', profileId);
  }

  /** Whole documents: shown by their rows and opened later, or merged with what is here. */
  function applyDocuments(batch: readonly OutgoingDocument[], envelope: Uint8Array): void {
    for (const { document, bytes, row } of batch) {
      const id = uuidOf(document);
      if (isBuried.get(id)) continue;
      const changedAt = Math.min(row?.updatedAt ?? 0, store.clock.tick());
      const isNew = row && !changes.has(id) && kindRecords(row.kind);
      if (isNew && documents.keepUnopened(id, row.kind, bytes, changedAt)) {
        const { kind, name, searchText, summary, createdAt, trashedAt } = row;
        const key = sortKey(name);
        putView.run(id, kind, name, key, searchText, summary, createdAt, changedAt, trashedAt);
      } else {
        const waiting = incoming(id);
        waiting.bundles = true;
        waiting.parts.push(bytes);
        waiting.from.push(envelope);
        waiting.at = Math.max(waiting.at, changedAt);
      }
    }
  }

  /** @param author whose changes they have to be. */
  function applyBatch(
    batch: readonly OutgoingChange[],
    author: Attestation,
    envelope: Uint8Array,
  ): void {
    for (const { document, bytes } of batch) {
      const header = changeHeader(bytes);
      const right = deriveActor(author.device, document, author.actorNonce);
      if (header?.actor !== right) throw new UnbelievableError('wrongActor');
    }
    for (const { document, bytes } of batch) {
      const id = uuidOf(document);
      if (isBuried.get(id)) continue;
      const waiting = incoming(id);
      waiting.parts.push(bytes);
      waiting.from.push(envelope);
      waiting.at = Math.max(waiting.at, changeHeader(bytes)?.time ?? 0);
    }
  }

  function incoming(id: string): Incoming {
    const known = changes.get(id) ?? { parts: [], from: [], bundles: false, at: 0 };
    changes.set(id, known);
    return known;
  }

  function mergeAll(): void {
    const merging = changes;
    changes = new Map();
    if (merging.size > mergedAtOnce) {
      deferAll(merging);
      return;
    }
    const touched = new Map<string, string[]>();
    for (const [id, { parts, from, bundles, at }] of merging) {
      try {
        const { kind } = store.write(() =>
          documents.merge(id, null, joined(parts), { bundles }, at),
        );
        touched.set(kind, [...(touched.get(kind) ?? []), id]);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        for (const envelope of from) refuse.run(envelope, 'badDocument', null, store.clock.tick());
      }
    }
    for (const [kind, ids] of touched) {
      const records = kindRecords(kind);
      for (const id of records ? ids : []) showOne(records as AnyRecords, id);
    }
  }

  /** So much at once is kept as it came, and merged a few documents at a time. */
  function deferAll(merging: typeof changes): void {
    for (const [id, { parts, from, at }] of merging) {
      try {
        documents.keepChanges(id, joined(parts), at);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        for (const envelope of from) refuse.run(envelope, 'badDocument', null, store.clock.tick());
      }
    }
  }

  /** A document that no screen of this version can show stays a document. */
  function showOne(records: AnyRecords, id: string): void {
    try {
      records.rebuild([id]);
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      dropView.run(id);
    }
  }

  function kindRecords(kind: string): AnyRecords | null {
    return kind === 'profile' || kind === 'workflow'
      ? recordsOf(contents, kind satisfies RecordKindName)
      : null;
  }

  function applyTombstones(batch: readonly OutgoingChange[], device: string): void {
    const freed: string[] = [];
    for (const { document } of batch) {
      const id = uuidOf(document);
      if (isBuried.get(id)) continue;
      const view = viewOf.get(id);
      bury.run(id, view?.kind ?? '', view?.name ?? '', device, store.clock.tick());
      changes.delete(id);
      documents.forget([id]);
      dropView.run(id);
      if (view && !contents.sessions.isOpen(id)) {
        freed.push(...contents.sessions.forget(id, view.name));
      }
    }
    // Their files go with the next sweep, if not now.
    if (freed.length > 0)
      setImmediate(() => void contents.blobs.collect(freed).catch(() => undefined));
  }

  /**
   * Entries follow one another; one whose forerunner is missing waits, and keeps nothing else of its
   * envelope from being taken.
   */
  function applyEntries(
    entries: readonly SharedEntry[],
    author: string,
    envelope: Uint8Array,
  ): void {
    for (const { journal: name, ...entry } of entries) {
      const member = keyOf(entry.deviceId);
      // Of a device of another vault, whose journal was imported here or there: nobody can vouch for it.
      if (!member) continue;
      const target = name === 'run' ? journal : activity;
      const last = target.journal.last(entry.subject);
      if (entry.sequence <= last) continue;
      if (entry.sequence > last + 1) {
        awaiting.add(toHex(envelope));
        continue;
      }
      const adopted = target.journal.adopt(entry, entry.deviceId === author ? null : member);
      if (!adopted) {
        // Of a vault that was put back from a backup, say: it told two stories.
        refuse.run(envelope, 'badEntry', entry.deviceId, store.clock.tick());
        continue;
      }
      if (name === 'run') journal.adopt([adopted]);
      else {
        activity.show([adopted]);
        store.touch('activity', entry.subject);
      }
    }
  }

  function applyCoverage(one: Coverage): void {
    const { device, from, to, nonces } = one;
    const key = keyOf(device);
    if (!key) throw new WaitingError('unknownDevice');
    const signed: SignedAttestation = one;
    const last = decodeAttestation(one.attestation);
    const sound =
      last?.device === device &&
      last.deviceSequence === to &&
      from <= to &&
      verifySignedAttestation(key, signed);
    if (!sound || !last) throw new UnbelievableError('badCoverage');
    cover.run(device, from, to);
    // What it stands for need not be kept here either.
    log.hideRange(device, from, to);
    for (const nonce of nonces) noteNonce.run(nonce, device, store.clock.tick());
  }

  /** What waited may be understood now. */
  function retryParked(from: string | null): void {
    for (let progress = true; progress; ) {
      progress = retryEntries();
      for (const envelope of allParked.all(entriesWait)) {
        const outcome = takeOne(new Uint8Array(envelope), from);
        if (outcome === 'taken') progress = true;
        if (outcome === 'known') unpark.run(envelopeId(new Uint8Array(envelope)));
      }
      mergeAll();
    }
  }

  /** @returns whether any entry that waited was taken. */
  function retryEntries(): boolean {
    let progress = false;
    for (const bytes of entriesParked.all(entriesWait)) {
      const envelope = new Uint8Array(bytes);
      const id = envelopeId(envelope);
      const opened = reopen(envelope);
      const parts = opened ? entriesOf({ kind: opened.header.kind, body: opened.body }) : [];
      applyEntries(parts, opened?.attestation.device ?? '', id);
      if (awaiting.delete(toHex(id))) continue;
      unpark.run(id);
      progress = true;
    }
    return progress;
  }

  function entriesOf({
    kind,
    body,
  }: {
    readonly kind: number;
    readonly body: Uint8Array;
  }): SharedEntry[] {
    if (kind === envelopeKind.entries) return decodeEntries(body) ?? [];
    if (kind === envelopeKind.mixed) return (decodeMixed(body) ?? []).flatMap(entriesOf);
    return (decodeCompacted(body)?.bodies ?? []).flatMap(entriesOf);
  }

  return {
    take: (envelopes, from) =>
      store.write(() => {
        changes = new Map();
        resealed = [];
        vouching.clear();
        measureRoom();
        const outcomes = envelopes.map((envelope) => takeOne(envelope, from));
        mergeAll();
        if ((countParked.get() ?? 0) > 0 && outcomes.includes('taken')) retryParked(from);
        vouchForAll();
        const again = resealed;
        resealed = [];
        const last = outbox.last().sequence;
        if (again.length > 0) outbox.sealAgain(last + 1, again.map(bodyOf));
        return outcomes;
      }),
    takeNotice: (notice) =>
      store.write(() => {
        vouching.clear();
        measureRoom();
        takeMembership(() => membership.takeNotice(notice));
        if ((countParked.get() ?? 0) > 0) retryParked(null);
        vouchForAll();
      }),
    async regroup(pause) {
      const me = keys.device.id;
      const opened: ReopenedEnvelope[] = [];
      const positions: number[] = [];
      const openAll = (page: readonly LogEnvelope[]) => {
        for (const { position, envelope } of page) {
          const one = reopen(envelope);
          if (one) opened.push(one);
          positions.push(position);
        }
      };
      for (;;) {
        const page = log.neverSent(me, positions.at(-1) ?? 0, regroupedAtOnce);
        openAll(page);
        if (page.length < regroupedAtOnce) break;
        await pause();
      }
      if (opened.length < worthRegrouping) return;
      await store.commit(() => {
        // What was sealed meanwhile follows the rest, or the chain would have a hole.
        openAll(log.neverSent(me, positions.at(-1) ?? 0, Number.MAX_SAFE_INTEGER));
        const from = opened[0]?.attestation.deviceSequence ?? 0;
        const all = outbox.last().sequence - from + 1 === opened.length;
        if (!all || positions.length !== opened.length) return;
        log.drop(positions);
        outbox.sealAgain(from, opened.map(bodyOf));
      });
    },
    openSome: async () =>
      // A transaction for nothing would keep what is being exchanged waiting.
      documents.unopened(1).length > 0 &&
      store.receive(() => {
        for (const id of documents.unopened(openedAtOnce)) {
          try {
            const records = kindRecords(documents.open(id));
            if (records) showOne(records, id);
          } catch (error) {
            if (!isUnreadable(error)) throw error;
            if (!documents.has(id)) dropView.run(id);
            refuse.run(uuidBytes(id), 'badDocument', null, store.clock.tick());
          }
        }
        return documents.unopened(1).length > 0;
      }),
    trouble() {
      const refused = database
        .prepare<[], { reason: string; device_id: string | null }>(
          'select reason, device_id from refused order by received_at desc limit 50',
        )
        .all()
        .map(({ reason, device_id }) => ({ reason, deviceId: device_id }));
      return { missing: missing(), parked: countParked.get() ?? 0, refused };
    },
  };

  function missing(): Missing[] {
    const reached = database
      .prepare<[], { device_id: string; sequence_from: number; sequence_to: number }>(
        `select device_id, device_sequence as sequence_from, device_sequence as sequence_to
           from attestation
         union all select device_id, sequence_from, sequence_to from covered
         order by device_id, sequence_from`,
      )
      .iterate();
    const holes = new Map<string, number>();
    let device = '';
    let end = 0;
    for (const row of reached) {
      if (row.device_id !== device) {
        device = row.device_id;
        end = 0;
      }
      const hole = row.sequence_from - end - 1;
      if (hole > 0) holes.set(device, (holes.get(device) ?? 0) + hole);
      end = Math.max(end, row.sequence_to);
    }
    return [...holes].map(([deviceId, count]) => ({
      deviceId,
      name: membership.device(deviceId)?.name ?? deviceId.slice(0, 8),
      count,
    }));
  }
}

/** @throws UnbelievableError when nothing could be decoded. */
function readable<T>(decoded: T | null): T {
  if (decoded === null) throw new UnbelievableError('malformed');
  return decoded;
}

const isUnreadable = (error: unknown): boolean =>
  error instanceof RangeError || error instanceof TypeError || error instanceof SyntaxError;

const bodyOf = ({ header, attestation, body }: ReopenedEnvelope): SealedBody => ({
  kind: header.kind,
  body,
  actorNonce: attestation.actorNonce,
});

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const [only, another] = parts;
  return only && !another ? only : new Uint8Array(Buffer.concat(parts));
}
