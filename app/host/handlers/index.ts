/** What each request of the contract does. */
import { readFileSync } from 'node:fs';
import { parseWorkflow, stepCatalogue } from '../../agent/steps/index.ts';
import { readWhole } from '../../workspace/blobs/blobStore.ts';
import { resultTable } from '../../workspace/journal/results.ts';
import { FailureError, type Issue, type Result } from '../../workspace/model/failure.ts';
import { type ProfileInput, profileInputSchema } from '../../workspace/model/profile.ts';
import { formatPath, issuesOf } from '../../workspace/model/validation.ts';
import type { WorkflowInput } from '../../workspace/model/workflow.ts';
import type { OpenVault } from '../../workspace/vault/vault.ts';
import type { Topic } from '../ipc/contract.ts';
import type { Caller } from './caller.ts';
import type { Handlers } from './dispatcher.ts';
import { diagnose } from './doctor.ts';
import type { HostOptions, Unlocked } from './host.ts';
import { exportResults } from './resultExport.ts';
import type { VaultKeeper } from './vaultKeeper.ts';

/** What the handlers need of the host around them. */
export interface HandlerContext {
  readonly options: HostOptions;
  readonly keeper: VaultKeeper;
  readonly now: () => number;
  changed(topics: readonly Topic[]): void;
  become(vault: OpenVault): Promise<void>;
  putOffAutoLock(): void;
  isUnlocked(): boolean;
  /** @throws FailureError `locked`. */
  unlocked(): Unlocked;
  lock(): Promise<void>;
  watch(caller: Caller, runId: string, after: number): void;
}

const { version } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
) as { version: string };

export function createHandlers(context: HandlerContext): Handlers {
  const { keeper, changed } = context;
  const services = () => context.unlocked().services;

  return {
    'app.info': () => ({
      version,
      shell: context.options.shell,
      platform: process.platform,
      vaultDir: context.options.vaultDir,
    }),
    'app.doctor': async () => ({
      checks: await diagnose(
        context.options.vaultDir,
        context.isUnlocked() ? services().settings.read().browserPath : null,
      ),
    }),
    'app.active': () => {
      context.putOffAutoLock();
      return null;
    },

    'vault.status': () => keeper.status(context.isUnlocked()),
    'vault.prepare': ({ passphrase, kdf }) => keeper.prepare(passphrase, kdf),
    'vault.confirm': async ({ words }) => {
      await context.become(await keeper.confirm(words));
      return null;
    },
    'vault.unlock': async ({ passphrase }, caller) => {
      if (context.isUnlocked()) await keeper.verify(passphrase);
      else await context.become(await keeper.unlock(passphrase));
      caller.trusted = true;
      return null;
    },
    'vault.recover': async ({ words, newPassphrase }) => {
      await context.become(await keeper.recover(words, newPassphrase));
      return null;
    },
    'vault.lock': () => {
      // The answer goes out first: the process that would send it is about to end.
      setImmediate(() => void context.lock());
      return null;
    },

    'profiles.list': (query) => {
      const page = services().profiles.list(query);
      const withSession = services().sessions.has(page.rows.map((row) => row.id));
      return {
        ...page,
        rows: page.rows.map((row) => ({
          ...row,
          open: services().sessions.isOpen(row.id),
          hasSession: withSession.has(row.id),
        })),
      };
    },
    'profiles.get': ({ profile }) => services().profiles.get(profile),
    'profiles.add': ({ input }) => {
      const [added] = services().profiles.add([input]);
      changed(['profiles']);
      return required(added);
    },
    'profiles.edit': ({ profile, patch }) => {
      const { id, createdAt: _c, updatedAt: _u, ...input } = services().profiles.get(profile);
      const edited = services().profiles.replace(id, { ...input, ...definedOf(patch) });
      changed(['profiles']);
      return edited;
    },
    'profiles.remove': async ({ profile }) => {
      const { id, name } = services().profiles.get(profile);
      await services().sessions.clear(id, name);
      services().profiles.remove(id);
      changed(['profiles']);
      return null;
    },
    'profiles.import': ({ items }) => {
      const added = services().profiles.add(parseProfiles(items));
      changed(['profiles']);
      return { added: added.length };
    },
    'profiles.export': ({ profiles }) => ({
      profiles: profiles
        ? profiles.map((one) => services().profiles.get(one))
        : services().profiles.all(),
    }),
    'profiles.clearSession': async ({ profile }) => {
      const { id, name } = services().profiles.get(profile);
      await services().sessions.clear(id, name);
      changed(['profiles']);
      return null;
    },

    'workflows.list': ({ search, after, limit }) =>
      services().workflows.list({ search, sort: 'name', after, limit }),
    'workflows.get': ({ workflow }) => services().workflows.get(workflow),
    'workflows.add': ({ document }) => {
      const [added] = services().workflows.add([accepted(parseWorkflow(document))]);
      changed(['workflows']);
      return required(added);
    },
    'workflows.replace': ({ workflow, document }) => {
      const { id } = services().workflows.get(workflow);
      const replaced = services().workflows.replace(id, accepted(parseWorkflow(document)));
      changed(['workflows']);
      return replaced;
    },
    'workflows.check': ({ document }) => ({ issues: issuesIn(parseWorkflow(document)) }),
    'workflows.remove': ({ workflow }) => {
      services().workflows.remove(services().workflows.get(workflow).id);
      changed(['workflows']);
      return null;
    },
    'steps.catalogue': () => ({ kinds: stepCatalogue() }),

    'runs.start': (input) => context.unlocked().runs.start(input),
    'runs.cancel': ({ run }) => {
      services().journal.detail(run);
      context.unlocked().runs.cancel(run);
      return null;
    },
    'runs.list': ({ workflow, profile, ...query }) =>
      services().journal.list({
        ...query,
        workflowId: workflow && services().workflows.get(workflow).id,
        profileId: profile && services().profiles.get(profile).id,
      }),
    'runs.get': ({ run }) => services().journal.detail(run),
    'runs.events': ({ run, after, limit }) => {
      services().journal.detail(run);
      const events = services().journal.events(run, after, limit);
      return { events, last: events.at(-1)?.sequence ?? after };
    },
    'runs.watch': ({ run, after }, caller) => {
      services().journal.detail(run);
      // The answer goes out before the first push of what was asked for.
      setImmediate(() => {
        if (context.isUnlocked()) context.watch(caller, run, after);
      });
      return null;
    },
    'runs.unwatch': ({ run }, caller) => {
      caller.watching.delete(run);
      return null;
    },
    'runs.results': ({ run }) => {
      services().journal.detail(run);
      return resultTable(allEvents(context.unlocked(), run));
    },
    'runs.export': ({ run, format }) => {
      const detail = services().journal.detail(run);
      return exportResults(detail, resultTable(allEvents(context.unlocked(), run)), format);
    },
    'blobs.read': async ({ id }) => {
      const info = services().blobs.info(id);
      if (!info) throw new FailureError({ code: 'notFound', kind: 'file', name: id });
      const content = await readWhole(services().blobs.read(id));
      return { mediaType: info.mediaType, base64: Buffer.from(content).toString('base64') };
    },

    'settings.get': () => services().settings.read(),
    'settings.set': (patch) => {
      const settings = services().settings.change(definedOf(patch));
      context.putOffAutoLock();
      changed(['settings']);
      return settings;
    },
  };
}

const allEvents = ({ services }: Unlocked, run: string) =>
  services.journal.events(run, 0, Number.MAX_SAFE_INTEGER);

function accepted(parsed: Result<WorkflowInput>): WorkflowInput {
  if (!parsed.ok) throw new FailureError(parsed.failure);
  return parsed.value;
}

function issuesIn(parsed: Result<unknown>): readonly Issue[] {
  if (parsed.ok) return [];
  return parsed.failure.code === 'invalid' ? parsed.failure.issues : [];
}

/** @throws FailureError `invalid` with the issues of all items; nothing has been stored. */
function parseProfiles(items: readonly unknown[]): ProfileInput[] {
  const issues: Issue[] = [];
  const inputs = items.flatMap((item, index) => {
    const parsed = profileInputSchema.safeParse(withoutIdentity(item));
    if (parsed.success) return [parsed.data];
    issues.push(...issuesOf(parsed.error, [index]));
    return [];
  });
  const seen = new Map<string, number>();
  inputs.forEach((input, index) => {
    const first = seen.get(input.name);
    if (first === undefined) seen.set(input.name, index);
    else {
      issues.push({
        path: formatPath([index, 'name']),
        message: `is the same as that of item ${first}`,
      });
    }
  });
  if (issues.length > 0) throw new FailureError({ code: 'invalid', issues });
  return inputs;
}

/** An exported profile can be imported as it is: it becomes a new one, with an id and times of its own. */
function withoutIdentity(item: unknown): unknown {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
  const {
    id: _id,
    createdAt: _created,
    updatedAt: _updated,
    ...input
  } = item as Record<string, unknown>;
  return input;
}

function definedOf<T extends object>(patch: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a record that was added is missing from the answer');
  return value;
}
