/** Profiles that a person has open on this device: a browser each, until it or this host is closed. */
import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Endpoint, startWorker, type WorkerHandle } from '../../agent/worker/client.ts';
import { defaultLimits, type StorageState, type TaskSpec } from '../../agent/worker/protocol.ts';
import type { SpareWorkers } from '../../agent/worker/spare.ts';
import { FailureError } from '../../workspace/model/failure.ts';
import type { Profile } from '../../workspace/model/profile.ts';
import type { OpenedProfile } from '../ipc/contract.ts';
import { hasDisplay, requireBrowser } from './browser.ts';
import { extensionFolders } from './extensions.ts';
import { keepCaptures } from './keptCaptures.ts';
import type { ProfileConnection, ProfileNetwork } from './profileNetwork.ts';
import type { ProfileUse } from './profileUse.ts';
import type { Services } from './services.ts';
import { requireUsableProfile } from './usable.ts';

export interface OpenProfiles {
  /**
   * Resolves when its window is up.
   *
   * @throws FailureError as `ProfileUse.begin`, `browserMissing`, `displayMissing`, `proxyMissing`, `extensionMissing`, `recordUnusable`, `profileBusy`, `openFailed`.
   */
  open(profile: Profile, options: OpenOptions): Promise<OpenedProfile>;
  /**
   * Resolves when its session is sealed; where that failed before, it is tried again.
   *
   * @throws FailureError `profileNotOpen`; what the disk says, when it could not be sealed.
   */
  close(profile: Profile): Promise<void>;
  /** @throws FailureError `profileNotOpen`. */
  show(profile: Profile): void;
  /** Offers the open browser to programs. @throws FailureError `profileNotOpen`. */
  attach(profile: Profile): Promise<Endpoint>;
  list(): OpenedProfile[];
  /** @throws what the disk says, when one of them could not be sealed; the others are. */
  closeAll(): Promise<void>;
}

export interface OpenOptions {
  readonly headless: boolean;
  /** Goes on where nobody can say whether another device uses it. */
  readonly branch: boolean;
}

interface Opened {
  readonly profile: Profile;
  readonly since: number;
  readonly headless: boolean;
  readonly worker: WorkerHandle;
  /** Once it was asked for. */
  endpoint: Promise<Endpoint> | null;
  onEndpoint: (endpoint: Endpoint) => void;
  readonly problem: () => string | null;
  /** Settles when everything of it is put away. */
  readonly ended: Promise<void>;
}

/** Milliseconds: as long as a timer can wait. A person closes the browser, not a clock. */
const forever = 20 * 24 * 3_600_000;

export function createOpenProfiles(
  services: Services,
  profileUse: ProfileUse,
  network: ProfileNetwork,
  now: () => number,
  spares: SpareWorkers,
  onChange: () => void,
): OpenProfiles {
  const opened = new Map<string, Opened>();
  const opening = new Map<string, { readonly done: Promise<OpenedProfile>; cancel(): void }>();

  const shown = ({ profile, since, headless, problem }: Opened): OpenedProfile => ({
    profileId: profile.id,
    name: profile.name,
    since,
    headless,
    proxyProblem: problem(),
    isUnsealed: false,
  });

  /** A browser that is gone, with its session still in the open. */
  function shownUnsealed(id: string): OpenedProfile {
    const name = nameOf(id);
    const since = services.vault.store.clock.tick();
    return { profileId: id, name, since, headless: false, proxyProblem: null, isUnsealed: true };
  }

  /** What is left to be put away of those whose session could not be sealed. */
  const unsealed = new Map<string, () => Promise<void>>();

  async function sealAgain(id: string): Promise<void> {
    const putAway = unsealed.get(id);
    await (putAway?.() ?? services.sessions.close(id));
    unsealed.delete(id);
    onChange();
  }

  /** Another device may have taken the profile away meanwhile. */
  function nameOf(id: string): string {
    try {
      return services.profiles.get(id).name;
    } catch {
      return id;
    }
  }

  function required({ id, name }: Profile): Opened {
    const found = opened.get(id);
    if (!found) throw new FailureError({ code: 'profileNotOpen', name });
    return found;
  }

  /** @param stop ends it, on the way or later, with what is said of it as its reason. */
  async function begin(
    profile: Profile,
    { headless, branch }: OpenOptions,
    stop: AbortController,
  ): Promise<OpenedProfile> {
    requireUsableProfile(profile);
    const settings = services.settings.read();
    const executablePath = await requireBrowser(settings.browserPath, profile);
    const extensions = await extensionFolders(settings, profile);
    if (!headless && !hasDisplay()) throw new FailureError({ code: 'displayMissing' });
    const undo: (() => Promise<void>)[] = [];
    /** The last first; a step that fails is where the next try begins. */
    const undoAll = async () => {
      for (let step = undo.at(-1); step; step = undo.at(-1)) {
        await step();
        undo.pop();
      }
    };
    const captures = keepCaptures(services.sessions, profile.id);
    let connection: ProfileConnection | null = null;
    let worker: WorkerHandle | null = null;
    try {
      const use = await profileUse.begin(profile, 'person', branch, () => {
        // The gate first: nothing of this profile may leave from here once another device may start.
        void connection?.close();
        stop.abort('leaseLost');
      });
      undo.push(use.release);
      const session = await services.sessions.open(profile.id, profile.name);
      undo.push(captures.close);
      connection = await network.connect(profile);
      undo.push(connection.close);
      if (stop.signal.aborted) throw openFailed(profile, stop.signal.reason);
      const spec: TaskSpec = {
        taskId: profile.id,
        runId: '',
        workflow: { name: '', steps: [], variables: [] },
        variables: {},
        profile,
        userDataDir: resolve(session.userDataDir),
        scratchDir: resolve(session.scratchDir),
        storageState: session.storageState as StorageState | null,
        stateReplaces: session.stateReplaces,
        cookiesNewer: session.cookiesNewer,
        network: connection.network,
        person: { startPages: profile.startPages, downloadsDir: downloadsFolder() },
        browser: {
          executablePath,
          sandbox: process.getuid?.() !== 0,
          headless,
          extensions,
        },
        limits: { ...defaultLimits, deadline: forever },
      };
      const up = Promise.withResolvers<void>();
      const handle = startWorker(
        spec,
        {
          onSession: captures.take,
          onEndpoint: ({ wsEndpoint, httpEndpoint }) =>
            opened.get(profile.id)?.onEndpoint({ wsEndpoint, httpEndpoint }),
          onEvent(event) {
            if (event.type === 'task.started') up.resolve();
            if (event.type === 'task.finished') {
              up.reject(openFailed(profile, event.failure?.reason ?? 'cancelled'));
            }
          },
        },
        spares.take(),
      );
      worker = handle;
      stop.signal.addEventListener('abort', () => handle.cancel());
      const ended = handle.done.then(undoAll).finally(() => {
        opened.delete(profile.id);
        if (undo.length > 0) unsealed.set(profile.id, undoAll);
        onChange();
      });
      ended.catch(() => undefined);
      try {
        await up.promise;
      } catch (error) {
        // What could not be sealed is shown as such; why it did not come up is what was asked.
        await ended.catch(() => undefined);
        throw error;
      }
      const record: Opened = {
        profile,
        since: now(),
        headless,
        worker: handle,
        endpoint: null,
        onEndpoint: () => undefined,
        problem: connection.problem,
        ended,
      };
      opened.set(profile.id, record);
      onChange();
      // Open it is, whether or not there is room left to say so.
      await services.vault.store
        .commit(() => services.profileOpenings.note(profile.id, record.since))
        .catch(() => undefined);
      return shown(record);
    } catch (error) {
      if (!worker) await undoAll().catch(() => unsealed.set(profile.id, undoAll));
      throw error;
    }
  }

  return {
    async open(profile, options) {
      const { id, name } = profile;
      if (opened.has(id) || opening.has(id)) {
        throw new FailureError({ code: 'profileBusy', name, by: 'person' });
      }
      const stop = new AbortController();
      const sealed = unsealed.has(id) ? sealAgain(id) : Promise.resolve();
      const done = sealed
        .then(() => begin(profile, options, stop))
        .finally(() => opening.delete(id));
      opening.set(id, { done, cancel: () => stop.abort('cancelled') });
      return done;
    },
    async close(profile) {
      if (services.sessions.unsealed().includes(profile.id)) return sealAgain(profile.id);
      const { worker, ended } = required(profile);
      worker.close();
      await ended;
    },
    show: (profile) => required(profile).worker.show(),
    attach(profile) {
      const one = required(profile);
      one.endpoint ??= new Promise((resolve, reject) => {
        one.onEndpoint = resolve;
        const { name } = profile;
        const gone = () => reject(new FailureError({ code: 'profileNotOpen', name }));
        void one.ended.then(gone, gone);
        one.worker.attach(randomBytes(24).toString('base64url'));
      });
      return one.endpoint;
    },
    list: () => [
      ...[...opened.values()].map(shown),
      ...services.sessions.unsealed().map(shownUnsealed),
    ],
    async closeAll() {
      const comingUp = [...opening.values()];
      for (const { cancel } of comingUp) cancel();
      await Promise.allSettled(comingUp.map(({ done }) => done));
      const again = services.sessions.unsealed().map(sealAgain);
      for (const { worker } of opened.values()) worker.close();
      const all = [...again, ...[...opened.values()].map(({ ended }) => ended)];
      const failed = (await Promise.allSettled(all)).find(({ status }) => status === 'rejected');
      if (failed?.status === 'rejected') throw failed.reason;
    },
  };
}

const openFailed = ({ name }: Profile, reason: string): FailureError =>
  new FailureError({ code: 'openFailed', name, reason });

/** Where people look for what they downloaded; made when a download comes and it is not there. */
const downloadsFolder = (): string => join(homedir(), 'Downloads');
