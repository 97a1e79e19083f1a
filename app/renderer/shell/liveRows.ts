/**
 * A long list that stays current: loaded page by page as it is scrolled, and changed row by row as the
 * host tells what changed in it.
 */
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { Failure } from '../../../workspace/model/failure.ts';
import type { Params } from '../../ipc/contract.ts';
import { useHost } from './connection.ts';
import { patched } from './listPatch.ts';
import { firstPage, nextPage, type PagedRows } from './pagedRows.ts';

type Opening = Params<'lists.open'>;

export function createLiveRows<Row extends { readonly id: string }>(
  list: Opening['list'],
  query: Accessor<Omit<Opening, 'list' | 'limit'>>,
): PagedRows<Row> {
  const host = useHost();
  const [rows, setRows] = createSignal<readonly Row[]>([]);
  const [total, setTotal] = createSignal<number | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  let open: number | null = null;
  let complete = false;
  let wanted = 0;
  /** Answers to questions that are no longer asked are dropped. */
  let generation = 0;
  let loading: Promise<void> | null = null;

  const close = () => {
    if (open !== null) void host.call('lists.close', { id: open });
    open = null;
  };

  const load = async () => {
    const mine = ++generation;
    close();
    const answer = await host.call('lists.open', { list, ...query(), limit: firstPage });
    if (mine !== generation) {
      if (answer.ok) void host.call('lists.close', { id: answer.value.id });
      return;
    }
    if (!answer.ok) return void setFailure(answer.failure);
    open = answer.value.id;
    const { page } = answer.value;
    complete = page.next === null;
    setFailure(null);
    setTotal(page.total);
    setRows(page.rows as unknown as readonly Row[]);
  };

  const more = async () => {
    while (!complete && open !== null && rows().length <= wanted) {
      const mine = generation;
      const answer = await host.call('lists.more', { id: open, limit: nextPage });
      if (mine !== generation) return;
      if (!answer.ok) return void setFailure(answer.failure);
      complete = answer.value.next === null;
      setRows((shown) => [...shown, ...(answer.value.rows as unknown as readonly Row[])]);
    }
  };

  createEffect(
    on(query, () => {
      wanted = 0;
      void load();
    }),
  );
  const stop = host.onPush((push) => {
    if (push.type !== 'rows' || push.list !== open) return;
    const { removed, upserts } = push;
    setRows((shown) => patched(shown, { removed, upserts: upserts as never }));
    setTotal(push.total);
  });
  onCleanup(() => {
    generation++;
    stop();
    close();
  });

  return {
    rows,
    total,
    failure,
    async reach(index) {
      wanted = Math.max(wanted, index);
      loading ??= more().finally(() => {
        loading = null;
      });
      await loading;
    },
    assume(change) {
      const before = rows();
      const after = change(before);
      setRows(after);
      setTotal((count) => (count === null ? null : count + after.length - before.length));
      // Only the host knows what the rows are by now: the list is asked for again.
      return () => void load();
    },
  };
}
