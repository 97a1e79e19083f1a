/** Envelopes that wait for something: kept aside until it has come, and only so many of them. */
import type { Contents } from '../../contents.ts';

export interface Parked {
  /** Counts anew how much room is left; to be called at the beginning of each batch. */
  measureRoom(): void;
  /** Keeps an envelope that could not be taken, while there is room. */
  keep(id: Uint8Array, envelope: Uint8Array, wants: string): void;
  /** Keeps one that was taken, but for some entries. */
  keepForEntries(id: Uint8Array, envelope: Uint8Array): void;
  letGo(id: Uint8Array): void;
  /** Those that could not be taken, oldest first. */
  notTaken(): Iterable<Uint8Array>;
  /** Those that were taken but for some entries, oldest first. */
  forEntries(): Iterable<Uint8Array>;
  count(): number;
}

/** What waits beyond that is not kept; it is asked for again when a relay's set is compared next. */
const parkedAtMost = { envelopes: 100_000, bytes: 256 * 1024 * 1024 } as const;
/** What an envelope waits for that was taken, but for some entries. */
const entriesWait = 'entries';

export function createParked({ vault }: Contents): Parked {
  const { store, database } = vault;
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
  /** Within a batch, what is added is counted. */
  let room = { envelopes: 0, bytes: 0 };

  return {
    measureRoom() {
      const { envelopes, bytes } = parkedSize.get() ?? { envelopes: 0, bytes: 0 };
      room = { envelopes: parkedAtMost.envelopes - envelopes, bytes: parkedAtMost.bytes - bytes };
    },
    keep(id, envelope, wants) {
      room.envelopes -= 1;
      room.bytes -= envelope.length;
      if (room.envelopes >= 0 && room.bytes >= 0) {
        park.run(id, envelope, wants, store.clock.tick());
      }
    },
    keepForEntries: (id, envelope) => void park.run(id, envelope, entriesWait, store.clock.tick()),
    letGo: (id) => void unpark.run(id),
    notTaken: () => unpacked(allParked.all(entriesWait)),
    forEntries: () => unpacked(entriesParked.all(entriesWait)),
    count: () => countParked.get() ?? 0,
  };
}

/** One after the other, so that never all that waits is copied at once. */
function* unpacked(envelopes: readonly Buffer[]): Generator<Uint8Array> {
  for (const envelope of envelopes) yield new Uint8Array(envelope);
}
