/**
 * What a worker captures of a session, sealed as it comes: a host that dies takes nothing with it that it
 * was told. One at a time, and of those that wait only the latest.
 */
import { createHash } from 'node:crypto';
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
  /** Of what was sealed last. */
  let sealed = '';

  async function work(): Promise<void> {
    // Whoever started it has to have noted so before it can be over.
    await Promise.resolve();
    while (waiting) {
      const next = waiting;
      waiting = null;
      // A browser that nobody touches is looked at as often: what has not changed costs no disk.
      const digest = createHash('sha256').update(JSON.stringify(next)).digest('base64');
      if (digest === sealed) continue;
      try {
        await sessions.capture(profileId, next);
        sealed = digest;
      } catch {
        // A full disk, say: the next one is tried again, and closing tells of it.
      }
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
