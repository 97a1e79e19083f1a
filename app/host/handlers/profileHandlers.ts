/** Profiles: one by one, many at once, and their sessions. */
import { cookieFileStem } from '../../../workspace/model/cookieList.ts';
import { readCookies, writeCookies } from '../../../workspace/model/cookies.ts';
import { FailureError, type Issue } from '../../../workspace/model/failure.ts';
import { namesOf } from '../../../workspace/model/namePattern.ts';
import {
  type Profile,
  type ProfileInput,
  profileInputSchema,
} from '../../../workspace/model/profile.ts';
import { formatPath, issuesOf } from '../../../workspace/model/validation.ts';
import {
  addToSession,
  clearSite,
  readSession,
  sitesOf,
} from '../../../workspace/sessions/sessionContent.ts';
import { eachSlice } from '../../../workspace/views/slices.ts';
import { exportCookieList, planCookieList, takeCookieList } from '../cookieLists.ts';
import type { Handlers } from '../dispatcher.ts';
import { withState } from '../listSources.ts';
import { previewImport, runImport } from '../profileImport.ts';
import { consistencyHandlers } from './consistencyHandlers.ts';
import type { HandlerContext } from './context.ts';
import { definedOf, required } from './values.ts';

/** Records changed between two pauses. */
const atOnce = 20;

/** Lines of a cookie file that are told one by one. */
const refusedShown = 100;
/** Milliseconds that a relay gets to answer before it counts as out of reach. */
const lookTime = 3_000;

export function profileHandlers(
  context: HandlerContext,
): Pick<Handlers, Extract<keyof Handlers, `profiles.${string}`>> {
  const { commit, tasks } = context;
  const services = () => context.unlocked().services;
  /** What can not be given to other devices now is given to them later. */
  const tellOthers = (profileId: string) =>
    context
      .unlocked()
      .sync.replicator.travel.share(profileId)
      .catch(() => undefined);
  return {
    ...consistencyHandlers(context),
    'profiles.list': (query) => {
      const page = services().profiles.list(query);
      return { ...page, rows: withState(services(), page.rows) };
    },
    'profiles.get': ({ profile }) => services().profiles.get(profile),
    'profiles.add': ({ input }) => commit(({ profiles }) => required(profiles.add([input])[0])),
    'profiles.addMany': ({ input, count, first }) => {
      const inputs = namesOf(input.name, count, first).map((name) => ({ ...input, name }));
      return tasks.run('import', (signal, onProgress) =>
        services().vault.store.exclusive(async (step) => {
          const added: Profile[] = [];
          await eachSlice(inputs, atOnce, (slice, from) => {
            signal.throwIfAborted();
            added.push(...step(() => services().profiles.add(slice)));
            onProgress(from + slice.length, inputs.length);
          });
          return { added: added.length, first: required(added[0]) };
        }),
      );
    },
    'profiles.duplicate': ({ profile, count }) =>
      commit(({ profiles }) => {
        const { id: _i, createdAt: _c, updatedAt: _u, ...input } = profiles.get(profile);
        const copies = Array.from({ length: count }, () =>
          required(profiles.add([{ ...input, name: profiles.freeName(input.name) }])[0]),
        );
        return { profiles: copies };
      }),
    'profiles.edit': ({ profile, patch }) =>
      commit(({ profiles }) => {
        const { id, createdAt: _c, updatedAt: _u, ...input } = profiles.get(profile);
        return profiles.replace(id, { ...input, ...definedOf(patch) });
      }),
    'profiles.editMany': ({ profiles, patch }) =>
      tasks.run('edit', (signal, onProgress) =>
        context.unlocked().edits.edit(profiles, patch, signal, onProgress),
      ),
    'profiles.undoEdit': ({ edit }) =>
      tasks.run('edit', (signal, onProgress) =>
        context.unlocked().edits.undo(edit, signal, onProgress),
      ),
    'profiles.facets': () => ({
      groups: services().profiles.countBy('group'),
      tags: services().profiles.countBy('tags'),
    }),
    'profiles.remove': async ({ profile }) => {
      const { id, name } = services().profiles.get(profile);
      if (services().sessions.isOpen(id)) throw new FailureError({ code: 'profileBusy', name });
      await commit(({ profiles }) => profiles.trash([id]));
      return null;
    },
    'profiles.removeMany': ({ profiles }) =>
      tasks.run('edit', (signal, onProgress) =>
        context.unlocked().edits.remove(profiles, signal, onProgress),
      ),
    'profiles.import': ({ items }) => {
      const inputs = parseProfiles(items);
      return tasks.run('import', (signal, onProgress) =>
        services().vault.store.exclusive(async (step) => {
          await eachSlice(inputs, atOnce, (slice, from) => {
            signal.throwIfAborted();
            step(() => services().profiles.add(slice, 'import'));
            onProgress(from + slice.length, inputs.length);
          });
          return { added: inputs.length };
        }),
      );
    },
    'profiles.readImport': (request) => previewImport(services(), request),
    'profiles.runImport': (request) =>
      tasks.run('import', (signal, onProgress) =>
        runImport(services(), request, { tellOthers, signal, onProgress }),
      ),
    'profiles.export': ({ profiles }) => ({
      profiles: (profiles ?? services().profiles.listedIds()).map((one) =>
        services().profiles.get(one),
      ),
    }),
    'profiles.lease': async ({ profile }) => {
      const { id } = services().profiles.get(profile);
      const { sync } = context.unlocked();
      const { replicator } = sync;
      if (!sync.isAlone()) await sync.settled(lookTime);
      const { known, holder } = await replicator.leases.state(id);
      const newer = replicator.travel.newer(id);
      const nameOf = (device: string) => services().membership.device(device)?.name ?? device;
      return { known, holder, newerOn: newer && nameOf(newer.deviceId) };
    },
    'profiles.open': ({ profile, ...options }) =>
      context.unlocked().opened.open(services().profiles.get(profile), options),
    'profiles.close': async ({ profile }) => {
      await context.unlocked().opened.close(services().profiles.get(profile));
      return null;
    },
    'profiles.closeAll': async () => {
      await context.unlocked().opened.closeAll();
      return null;
    },
    'profiles.show': ({ profile }) => {
      context.unlocked().opened.show(services().profiles.get(profile));
      return null;
    },
    'profiles.attach': ({ profile }) =>
      context.unlocked().opened.attach(services().profiles.get(profile)),
    'profiles.opened': () => ({ opened: context.unlocked().opened.list() }),
    'profiles.hosts': async ({ profile }) => ({
      hosts: await context.unlocked().network.hosts(services().profiles.get(profile).id),
    }),
    'profiles.forgetHosts': async ({ profile }) => {
      await context.unlocked().network.forgetHosts(services().profiles.get(profile).id);
      return null;
    },
    'profiles.sites': async ({ profile }) => ({
      sites: sitesOf(await readSession(services(), services().profiles.get(profile).id)),
    }),
    'profiles.clearSite': async ({ profile, site }) => {
      const target = services().profiles.get(profile);
      const cleared = await clearSite(services(), target, site);
      if (cleared) await tellOthers(target.id);
      return { cleared };
    },
    'profiles.importCookies': async ({ profile, text, replace, preview }) => {
      const target = services().profiles.get(profile);
      const read = readCookies(text);
      if (!read) {
        const reason = 'notCookies';
        throw new FailureError({ code: 'importRefused', path: 'cookies', reason });
      }
      const { format, cookies, origins, refused } = read;
      if (!preview) {
        await addToSession(services(), target, { cookies, origins }, replace);
        await tellOthers(target.id);
      }
      return {
        format,
        read: cookies.length,
        sites: sitesOf({ cookies, origins }).length,
        refused: refused.slice(0, refusedShown),
        refusedCount: refused.length,
      };
    },
    'profiles.exportCookies': async ({ profile, format }, caller) => {
      context.requireProof(caller);
      const { id, name } = services().profiles.get(profile);
      const { cookies, origins } = await readSession(services(), id);
      const ending = format === 'netscape' ? 'cookies.txt' : 'cookies.json';
      return {
        fileName: `${cookieFileStem(name)}.${ending}`,
        text: writeCookies(format, cookies, origins),
      };
    },
    'profiles.exportManyCookies': ({ profiles, format }, caller) => {
      context.requireProof(caller);
      return tasks.run('export', async (signal, onProgress) => ({
        fileName: 'warren-cookies.json',
        text: await exportCookieList(services(), profiles, format, { signal, onProgress }),
      }));
    },
    'profiles.importManyCookies': async ({ text, replace, preview }) => {
      const plan = planCookieList(services(), text);
      if (!preview) {
        await tasks.run('import', (signal, onProgress) =>
          takeCookieList(services(), plan, replace, tellOthers, { signal, onProgress }),
        );
      }
      return plan.report;
    },
    'profiles.clearSession': async ({ profile }) => {
      const { id, name } = services().profiles.get(profile);
      await services().sessions.clear(id, name);
      return null;
    },
  };
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
