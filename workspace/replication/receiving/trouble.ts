/** What is wrong with what came: envelopes that were not believed, that wait, or that are missing. */
import type { Contents } from '../../contents.ts';

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

export interface TroubleNotes {
  /** Notes what is wrong with an envelope that is kept all the same, or with a document. */
  note(id: Uint8Array, reason: string, device: string | null): void;
  /** Notes an envelope that was refused, and lets go of the oldest notes. */
  noteRefused(id: Uint8Array, reason: string, device: string | null): void;
  trouble(): Trouble;
}

const refusedKept = 500;

export function createTroubleNotes(
  { vault, membership }: Contents,
  countParked: () => number,
): TroubleNotes {
  const { store, database } = vault;
  const refuse = database.prepare('insert or replace into refused values (?, ?, ?, ?)');
  const trimRefused = database.prepare(
    `delete from refused where id not in (select id from refused order by received_at desc limit ${refusedKept})`,
  );

  function note(id: Uint8Array, reason: string, device: string | null): void {
    refuse.run(id, reason, device, store.clock.tick());
  }

  return {
    note,
    noteRefused(id, reason, device) {
      note(id, reason, device);
      trimRefused.run();
    },
    trouble() {
      const refused = database
        .prepare<[], { reason: string; device_id: string | null }>(
          'select reason, device_id from refused order by received_at desc limit 50',
        )
        .all()
        .map(({ reason, device_id }) => ({ reason, deviceId: device_id }));
      return { missing: missing(), parked: countParked(), refused };
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
