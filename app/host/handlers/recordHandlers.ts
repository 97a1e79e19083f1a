/** What all kinds of records share: history, versions, the trash, and lists that stay current. */

import { recordsOf } from '../../../workspace/contents.ts';
import type { ProxyInput } from '../../../workspace/model/proxy.ts';
import type { RecordKindName } from '../../../workspace/model/record.ts';
import type { Stored } from '../../../workspace/records/records.ts';
import { eachSlice } from '../../../workspace/views/slices.ts';
import type { AnyRecord } from '../../ipc/contract.ts';
import type { Handlers } from '../dispatcher.ts';
import type { HandlerContext } from './context.ts';
import { withoutPassword } from './proxyHandlers.ts';

type RecordMethod = Extract<
  keyof Handlers,
  `records.${string}` | `trash.${string}` | `lists.${string}` | `activity.${string}`
>;

/** Records changed between two pauses. */
const atOnce = 20;

export function recordHandlers(context: HandlerContext): Pick<Handlers, RecordMethod> {
  const { commit, lists, tasks } = context;
  const services = () => context.unlocked().services;
  return {
    'records.history': ({ kind, record }) => {
      const records = recordsOf(services(), kind);
      const versions = records.history(record);
      const newest = versions[0]?.version ?? '';
      return { name: records.at(record, newest).name, versions };
    },
    'records.version': ({ kind, record, version }) =>
      shown(kind, recordsOf(services(), kind).at(record, version)),
    'records.restoreVersion': ({ kind, record, version }) =>
      commit((all) => shown(kind, recordsOf(all, kind).restoreVersion(record, version))),
    'trash.list': () => ({ rows: services().trash.rows() }),
    'trash.restore': async ({ kind, id }) => {
      const { name } = await commit((all) => recordsOf(all, kind).untrash(id));
      return { name };
    },
    'trash.restoreMany': async ({ kind, ids }) => {
      const { vault } = services();
      const records = recordsOf(services(), kind);
      await tasks.run('edit', (signal, onProgress) =>
        vault.store.exclusive((step) =>
          eachSlice(ids, atOnce, (slice, from) => {
            signal.throwIfAborted();
            step(() => records.untrashEach(slice));
            onProgress(from + slice.length, ids.length);
          }),
        ),
      );
      return null;
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

/** A record of whatever kind as a window may see it. */
function shown(kind: RecordKindName, record: object): AnyRecord {
  return kind === 'proxy'
    ? withoutPassword(record as Stored<ProxyInput>)
    : (record as unknown as AnyRecord);
}
