/**
 * Using a profile while other devices might: its lease is taken first, its newest session brought here,
 * and given to the others afterwards, before the lease is let go.
 */
import { FailureError } from '../../workspace/model/failure.ts';
import type { Profile } from '../../workspace/model/profile.ts';
import type { SyncService } from './syncService.ts';

export interface ProfileUse {
  /**
   * @param by who uses it here: told to whoever wants it meanwhile.
   * @param branch goes on where no relay can say who uses it, with the session that is here.
   * @param onLost called when the profile has to be given up at once.
   * @throws FailureError `profileBusy`, `profileLocked`, `lockUnknown`, `sessionElsewhere`.
   */
  begin(
    profile: Profile,
    by: 'person' | 'run',
    branch: boolean,
    onLost: () => void,
  ): Promise<{
    /** To be called when its session is sealed again. */
    release(): Promise<void>;
  }>;
}

/** Milliseconds that a relay gets to be reached and read before it counts as out of reach. */
const patience = 5_000;

export function createProfileUse(
  sync: SyncService,
  onProgress: (done: number, total: number) => void,
  log: (line: string) => void,
): ProfileUse {
  /** A lease only keeps other devices away: to the relay a second use by this one is the same holder. */
  const used = new Map<string, 'person' | 'run'>();

  return {
    async begin({ id, name }, by, branch, onLost) {
      const holder = used.get(id);
      if (holder) throw new FailureError({ code: 'profileBusy', name, by: holder });
      used.set(id, by);
      try {
        const release = await begin(id, name, branch, onLost);
        return { release: () => release().finally(() => used.delete(id)) };
      } catch (error) {
        used.delete(id);
        throw error;
      }
    },
  };

  async function begin(id: string, name: string, branch: boolean, onLost: () => void) {
    const { replicator } = sync;
    const { leases, travel } = replicator;
    const alone = sync.isAlone();
    if (!alone) await sync.settled(patience);
    const lease = await leases.take(id, name, branch, onLost);
    try {
      if (lease) {
        // Whoever had it before us told of its session before letting go: it is at the relay.
        await sync.settled(patience);
        await travel.bring(id, name, onProgress);
      } else if (!alone) {
        await travel.bring(id, name, onProgress).catch((error: unknown) => {
          if (!branch) throw error;
        });
      }
    } catch (error) {
      await lease?.release();
      throw error;
    }
    return async () => {
      // What could not be given to others now is given to them later.
      await travel.share(id).catch(() => log('A session could not be prepared for other devices.'));
      await lease?.release();
    };
  }
}
