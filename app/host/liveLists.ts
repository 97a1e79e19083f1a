/** The lists that windows have open, and the patches that keep them current. */
import { FailureError } from '../../workspace/model/failure.ts';
import type { ListQuery } from '../../workspace/records/records.ts';
import type { Changes } from '../../workspace/store/store.ts';
import { createLiveList, type LiveList } from '../../workspace/views/liveList.ts';
import type { AnyRow, Page } from '../ipc/contract.ts';
import type { Caller } from './caller.ts';

export type ListName = 'profiles' | 'proxies' | 'workflows';

/** A source that also adds what only this device knows of a row: whether it is open, say. */
export interface LiveSource {
  readonly kind: string;
  list(query: ListQuery): Page<AnyRow>;
  rowsAmong(
    query: ListQuery,
    ids: readonly string[],
  ): { row: AnyRow; position: readonly [string | number, string] }[];
}

export interface LiveLists {
  open(
    caller: Caller,
    list: ListName,
    query: Pick<ListQuery, 'search' | 'sort' | 'filter' | 'limit'>,
  ): { id: number; page: Page<AnyRow> };
  /** @throws FailureError `notFound`. */
  more(caller: Caller, id: number, limit: number): Page<AnyRow>;
  close(caller: Caller, id: number): void;
  closeAll(caller: Caller): void;
  changed(changes: Changes): void;
  /** Tells nobody anything any more: what the rows are read from is about to be closed. */
  stop(): void;
}

interface OpenList {
  readonly id: number;
  readonly caller: Caller;
  readonly kind: string;
  readonly list: LiveList<AnyRow>;
}

/** Changes that come closer together than this many milliseconds are told in one patch. */
const patchEvery = 30;

export function createLiveLists(source: (list: ListName) => LiveSource): LiveLists {
  const open = new Map<number, OpenList>();
  const waiting = new Map<string, Set<string>>();
  let timer: NodeJS.Timeout | null = null;
  let stopped = false;
  let nextId = 1;

  function find(caller: Caller, id: number): OpenList {
    const found = open.get(id);
    if (found?.caller !== caller) {
      throw new FailureError({ code: 'notFound', kind: 'list', name: String(id) });
    }
    return found;
  }

  function tell(): void {
    timer = null;
    const changes = new Map(waiting);
    waiting.clear();
    for (const { id, caller, kind, list } of open.values()) {
      const ids = changes.get(kind);
      const patch = ids && list.update([...ids]);
      if (patch) caller.push({ type: 'rows', list: id, ...patch });
    }
  }

  return {
    open(caller, name, { search, sort, filter, limit }) {
      const rows = source(name);
      const list = createLiveList(rows, { search, sort, filter });
      const id = nextId++;
      open.set(id, { id, caller, kind: rows.kind, list });
      return { id, page: list.more(limit) };
    },
    more: (caller, id, limit) => find(caller, id).list.more(limit),
    close(caller, id) {
      find(caller, id);
      open.delete(id);
    },
    closeAll(caller) {
      for (const list of open.values()) if (list.caller === caller) open.delete(list.id);
    },
    changed(changes) {
      if (stopped) return;
      for (const [kind, ids] of changes) {
        const known = waiting.get(kind) ?? new Set();
        for (const id of ids) known.add(id);
        waiting.set(kind, known);
      }
      if (open.size === 0) waiting.clear();
      else if (!timer) timer = setTimeout(tell, patchEvery);
    },
    stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      open.clear();
    },
  };
}
