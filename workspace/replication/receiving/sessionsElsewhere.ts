/** Where the newest session of a profile lies, as another device says; it is fetched when it is wanted. */
import { toHex } from '../../../crypto/hex.ts';
import type { Contents } from '../../contents.ts';
import type { SharedSession } from '../../outbox/bodies.ts';

export interface SessionsElsewhere {
  /** @param device that has it. */
  take(session: SharedSession, device: string): void;
}

export function createSessionsElsewhere({ vault }: Contents): SessionsElsewhere {
  const { store, keys, database } = vault;
  const put = database.prepare(
    `insert into session_elsewhere values (@profileId, @device, @capturedAt, @state)
     on conflict (profile_id) do update
       set device_id = excluded.device_id, captured_at = excluded.captured_at, state = excluded.state
       where excluded.captured_at > captured_at`,
  );
  return {
    take({ profileId, capturedAt, state }, device) {
      if (device === keys.device.id) return;
      put.run({
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
    },
  };
}
