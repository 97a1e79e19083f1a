/**
 * A long list of the host's, loaded page by page as it is scrolled. `total` is known from the first page,
 * so the scroll bar is right from the start; rows not loaded yet are null to the view.
 */
import { type Accessor, createEffect, createSignal, on } from 'solid-js';
import type { Failure, Result } from '../../../workspace/model/failure.ts';
import type { Page, Topic } from '../../ipc/contract.ts';
import { onChanged } from './query.ts';

export interface PagedRows<Row> {
  readonly rows: Accessor<readonly Row[]>;
  /** Null until the first page has come. */
  readonly total: Accessor<number | null>;
  readonly failure: Accessor<Failure | null>;
  /** Loads on until the row at `index` is there, or the list ends. */
  reach(index: number): Promise<void>;
  /** Shows a change at once; the answer undoes it. */
  assume(change: (rows: readonly Row[]) => readonly Row[]): () => void;
}

/** Small enough to come at once, large enough that scrolling seldom waits. */
export const firstPage = 100;
export const nextPage = 500;

export function createPagedRows<Q, Row>(
  query: Accessor<Q>,
  topics: readonly Topic[],
  ask: (query: Q, page: { after?: string; limit: number }) => Promise<Result<Page<Row>>>,
): PagedRows<Row> {
  const [rows, setRows] = createSignal<readonly Row[]>([]);
  const [total, setTotal] = createSignal<number | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  let next: string | null = null;
  let wanted = 0;
  /** Answers to questions that are no longer asked are dropped. */
  let generation = 0;
  let loading: Promise<void> | null = null;

  const load = async (upTo: number): Promise<void> => {
    const mine = ++generation;
    const asked = query();
    let loaded: readonly Row[] = [];
    let after: string | null = null;
    do {
      const answer: Result<Page<Row>> = await ask(asked, {
        ...(after === null ? {} : { after }),
        limit: after === null ? firstPage : nextPage,
      });
      if (mine !== generation) return;
      if (!answer.ok) return void setFailure(answer.failure);
      loaded = [...loaded, ...answer.value.rows];
      after = answer.value.next;
      setTotal(answer.value.total);
    } while (after !== null && loaded.length <= upTo);
    next = after;
    setFailure(null);
    setRows(loaded);
  };

  const more = async (): Promise<void> => {
    while (next !== null && rows().length <= wanted) {
      const mine = generation;
      const answer = await ask(query(), { after: next, limit: nextPage });
      if (mine !== generation) return;
      if (!answer.ok) return void setFailure(answer.failure);
      next = answer.value.next;
      setRows((shown) => [...shown, ...answer.value.rows]);
    }
  };

  createEffect(
    on(query, () => {
      wanted = 0;
      void load(0);
    }),
  );
  onChanged(
    () => topics,
    () => load(wanted),
  );

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
      const beforeTotal = total();
      const after = change(before);
      setRows(after);
      setTotal((count) => (count === null ? null : count + after.length - before.length));
      return () => {
        setRows(before);
        setTotal(beforeTotal);
      };
    },
  };
}
