/**
 * What a worker captures of a session, sealed as it comes: a host that dies takes nothing with it that it
 * was told. One at a time, and of those that wait only the latest.
 */
import type { StorageState } from '../../agent/worker/protocol.ts';
import type { SessionStore } from '../../workspace/sessions/sessionStore.ts';

export interface KeptCaptures {
  take(captured: StorageState): void;
  /** Seals the whole session, with the last that was captured. @throws as `SessionStore.close`. */
  close(): Promise<void>;
}

export function keepCaptures(
  sessions: Pick<SessionStore, 'capture' | 'close'>,
  profileId: string,
): KeptCaptures {
  let latest: StorageState | undefined;
  let waiting: StorageState | null = null;
  let working: Promise<void> | null = null;

  async function work(): Promise<void> {
    while (waiting) {
      const next = waiting;
      waiting = null;
      // A full disk, say: the next one is tried again, and closing tells of it.
      await sessions.capture(profileId, next).catch(() => undefined);
    }
    working = null;
  }

  return {
    take(captured) {
      latest = captured;
      waiting = captured;
      working ??= work();
    },
    async close() {
      waiting = null;
      await working;
      await sessions.close(profileId, latest);
    },
  };
}
