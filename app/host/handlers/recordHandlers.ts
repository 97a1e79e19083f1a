/** What all kinds of records share: history, versions, the trash, and lists that stay current. */

import { recordsOf } from '../../../workspace/contents.ts';
import type { Profile } from '../../../workspace/model/profile.ts';
import type { Workflow } from '../../../workspace/model/workflow.ts';
import type { Handlers } from '../dispatcher.ts';
import type { HandlerContext } from './context.ts';

type RecordMethod = Extract<
  keyof Handlers,
  `records.${string}` | `trash.${string}` | `lists.${string}` | `activity.${string}`
>;

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
