/**
 * Events that never change: entries in the order in which this device wrote them, gapless within their
 * subject (a run, the activity of the vault), each signed by the device and chained to the one before
 * it, so that a removed, reordered or altered entry shows.
 */
import { utf8 } from '../../crypto/bytes.ts';
import { digest, hashBytes } from '../../crypto/digest.ts';
import { type Signer, verify } from '../../crypto/signing.ts';
import type { VaultKeys } from '../keys/vaultKeys.ts';
import type { Store } from '../store/store.ts';

export type JournalName = 'run' | 'activity';

export interface Entry {
  /** Rises over all journals of this vault. */
  readonly position: number;
  readonly subject: string;
  /** From 1, without gaps within the subject. */
  readonly sequence: number;
  readonly at: number;
  readonly deviceId: string;
  /** JSON. */
  readonly body: string;
}

/** An entry with its proof, as an export carries it. */
export interface ForeignEntry extends Omit<Entry, 'position'> {
  readonly previous: Uint8Array;
  readonly signature: Uint8Array;
}

export interface Journal {
  /** Appends in order, in a transaction of its own or the one that is open. */
  append(subject: string, bodies: readonly string[]): Entry[];
  entries(subject: string, after: number, limit: number): Entry[];
  /** All entries by position, in pages that a long task can pause between. */
  page(afterPosition: number, limit: number): Entry[];
  /** Like `page`, with what proves whose they are. */
  proofs(afterPosition: number, limit: number): (Entry & ForeignEntry)[];
  count(): number;
  /**
   * Takes a subject's next entry from another vault as it is.
   *
   * @param signingKey of the device that it says wrote it; null when that device signed what it came
   *   in, and it need not be verified a second time.
   * @returns the entry, or null when it is not what that device signed as the subject's next one.
   */
  adopt(entry: ForeignEntry, signingKey: Uint8Array | null): Entry | null;
  has(subject: string): boolean;
  /** The sequence of a subject's last entry; 0 where there is none. */
  last(subject: string): number;
  /** @returns the sequence of the first entry that is not what its device signed, or null. */
  firstAltered(subject: string): number | null;
  subjects(): string[];
}

const domain = 'warren/entry/v1';
/** Entries held at a time while a journal is checked. */
const checkedAtOnce = 500;
const noPrevious = new Uint8Array(32);

interface Signed {
  readonly subject: string;
  readonly sequence: number;
  readonly at: number;
  readonly deviceId: string;
  readonly body: string;
}

/** What is signed, and what the next entry names as the one before it. */
export function entryHash(journal: JournalName, entry: Signed, previous: Uint8Array): Uint8Array {
  const { subject, sequence, at, deviceId, body } = entry;
  return digest(
    hashBytes,
    domain,
    utf8(journal),
    utf8(subject),
    utf8(`${sequence} ${at} ${deviceId}`),
    previous,
    utf8(body),
  );
}

export const signEntry = (signer: Signer, hash: Uint8Array): Uint8Array =>
  signer.sign(domain, hash);

interface Row {
  position: number;
  subject: string;
  sequence: number;
  at: number;
  device_id: string;
  body: string;
  previous: Buffer;
  signature: Buffer;
}

/** @param tell what this device appended, inside the transaction that stores it. */
export function createJournal(
  store: Store,
  keys: VaultKeys,
  journal: JournalName,
  tell: (entries: readonly ForeignEntry[]) => void,
): Journal {
  const { database } = store;
  const newest = database.prepare<[JournalName, string], Row>(
    'select * from entry where journal = ? and subject = ? order by sequence desc limit 1',
  );
  const insert = database.prepare(
    `insert into entry (journal, subject, sequence, at, device_id, body, previous, signature)
     values (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const select = database.prepare<[JournalName, string, number, number], Row>(
    `select * from entry where journal = ? and subject = ? and sequence > ?
     order by sequence limit ?`,
  );
  const selectPage = database.prepare<[number, JournalName, number], Row>(
    'select * from entry where position > ? and journal = ? order by position limit ?',
  );
  /** Where the newest subjects stand, so that a run's next entry needs no look at the last one. */
  const ends = new Map<string, { sequence: number; hash: Uint8Array }>();
  store.onRollback(() => ends.clear());
  const remembered = 512;

  function endOf(subject: string): { sequence: number; hash: Uint8Array } {
    const known = ends.get(subject);
    if (known) return known;
    const row = newest.get(journal, subject);
    if (!row) return { sequence: 0, hash: noPrevious };
    return { sequence: row.sequence, hash: entryHash(journal, toEntry(row), row.previous) };
  }

  function keepEnd(subject: string, end: { sequence: number; hash: Uint8Array }): void {
    ends.delete(subject);
    ends.set(subject, end);
    const [oldest] = ends;
    if (ends.size > remembered && oldest) ends.delete(oldest[0]);
  }

  return {
    append: (subject, bodies) =>
      store.write(() => {
        let { sequence, hash: previous } = endOf(subject);
        const told: ForeignEntry[] = [];
        const entries = bodies.map((body): Entry => {
          sequence += 1;
          const entry = {
            subject,
            sequence,
            at: store.clock.tick(),
            deviceId: keys.device.id,
            body,
          };
          const hash = entryHash(journal, entry, previous);
          const signature = signEntry(keys.device.signer, hash);
          const { lastInsertRowid } = insert.run(
            journal,
            subject,
            sequence,
            entry.at,
            entry.deviceId,
            body,
            previous,
            signature,
          );
          told.push({ ...entry, previous, signature });
          previous = hash;
          return { ...entry, position: Number(lastInsertRowid) };
        });
        keepEnd(subject, { sequence, hash: previous });
        tell(told);
        return entries;
      }),
    adopt(entry, signingKey) {
      const { subject, sequence, at, deviceId, body, previous, signature } = entry;
      const end = endOf(subject);
      const hash = entryHash(journal, entry, previous);
      const next = sequence === end.sequence + 1 && Buffer.from(end.hash).equals(previous);
      if (!next) return null;
      if (signingKey && !verify(signingKey, domain, hash, signature)) return null;
      const { lastInsertRowid } = insert.run(
        journal,
        subject,
        sequence,
        at,
        deviceId,
        body,
        previous,
        signature,
      );
      keepEnd(subject, { sequence, hash });
      return { subject, sequence, at, deviceId, body, position: Number(lastInsertRowid) };
    },
    last: (subject) => newest.get(journal, subject)?.sequence ?? 0,
    has: (subject) => newest.get(journal, subject) !== undefined,
    entries: (subject, after, limit) => select.all(journal, subject, after, limit).map(toEntry),
    page: (after, limit) => selectPage.all(after, journal, limit).map(toEntry),
    proofs: (after, limit) =>
      selectPage.all(after, journal, limit).map((row) => ({
        ...toEntry(row),
        previous: new Uint8Array(row.previous),
        signature: new Uint8Array(row.signature),
      })),
    count: () =>
      Number(database.prepare('select count(*) from entry where journal = ?').pluck().get(journal)),
    firstAltered(subject) {
      const keyOf = database
        .prepare<[string], Buffer>('select signing_key from device where id = ?')
        .pluck();
      let previous: Uint8Array = noPrevious;
      let expected = 1;
      for (;;) {
        const rows = select.all(journal, subject, expected - 1, checkedAtOnce);
        for (const row of rows) {
          const key = keyOf.get(row.device_id);
          const hash = entryHash(journal, toEntry(row), row.previous);
          const sound =
            row.sequence === expected &&
            Buffer.from(previous).equals(row.previous) &&
            key !== undefined &&
            verify(new Uint8Array(key), domain, hash, new Uint8Array(row.signature));
          if (!sound) return row.sequence;
          previous = hash;
          expected += 1;
        }
        if (rows.length < checkedAtOnce) return null;
      }
    },
    subjects: () =>
      database
        .prepare<[JournalName], string>('select distinct subject from entry where journal = ?')
        .pluck()
        .all(journal),
  };
}

const toEntry = (row: Row): Entry => ({
  position: row.position,
  subject: row.subject,
  sequence: row.sequence,
  at: row.at,
  deviceId: row.device_id,
  body: row.body,
});
