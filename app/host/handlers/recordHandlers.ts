/** What all kinds of records share: history, versions, the trash, and lists that stay current. */

import type { Profile } from '../../../workspace/model/profile.ts';
import type { RecordKindName } from '../../../workspace/model/record.ts';
import type { Workflow } from '../../../workspace/model/workflow.ts';
import type { Records } from '../../../workspace/records/records.ts';
import type { Handlers } from '../dispatcher.ts';
import type { Services } from '../services.ts';
import type { HandlerContext } from './context.ts';

type RecordMethod = Extract<
  keyof Handlers,
  `records.${string}` | `trash.${string}` | `lists.${string}` | `activity.${string}`
>;

type AnyRecords = Records<{ readonly name: string }, object>;

/** The kinds' own inputs do not matter to what is done here. */
export function recordsOf(services: Services, kind: RecordKindName): AnyRecords {
  const byKind = { profile: services.profiles, workflow: services.workflows };
  return byKind[kind] as unknown as AnyRecords;
}

export function recordHandlers(context: HandlerContext): Pick<Handlers, RecordMethod> {
  const { commit, lists } = context;
  const services = () => context.unlocked().services;
  return {
    'records.history': ({ kind, record }) => {
      const records = recordsOf(services(), kind);
      const versions = records.history(record);
      const newest = versions[0]?.version ?? '';
      return { name: records.at(record, newest).name, versions };
    },
    'records.version': ({ kind, record, version }) =>
      recordsOf(services(), kind).at(record, version) as unknown as Profile | Workflow,
    'records.restoreVersion': ({ kind, record, version }) =>
      commit(
        (all) =>
          recordsOf(all, kind).restoreVersion(record, version) as unknown as Profile | Workflow,
      ),
    'trash.list': () => ({ rows: services().trash.rows() }),
    'trash.restore': async ({ kind, id }) => {
      const { name } = await commit((all) => recordsOf(all, kind).untrash(id));
      return { name };
    },
    'trash.empty': async ({ ids }) => ({ removed: await services().trash.empty(ids) }),
    'activity.list': ({ record, ...query }) =>
      services().activity.list({ ...query, recordId: record }),
    'lists.open': ({ list, ...query }, caller) => lists.open(caller, list, query),
    'lists.more': ({ id, limit }, caller) => lists.more(caller, id, limit),
    'lists.close': ({ id }, caller) => {
      lists.close(caller, id);
      return null;
    },
  };
}
