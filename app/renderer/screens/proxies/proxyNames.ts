/** What proxies are called, for lists that name them by id: all of them, kept current. */
import { type Accessor, createEffect, createMemo } from 'solid-js';
import type { ProxyRow } from '../../../../workspace/model/proxy.ts';
import { createLiveRows } from '../../shell/liveRows.ts';

export interface ProxyNames {
  nameOf(id: string): string | undefined;
  /** False also while it is not known yet. */
  isGone(id: string): boolean;
}

/** @param needed the host is asked for nothing while this is false. */
export function createProxyNames(needed: Accessor<boolean>): ProxyNames {
  const isNeeded = createMemo(needed);
  const list = createMemo(() =>
    isNeeded() ? createLiveRows<ProxyRow>('proxies', () => ({})) : null,
  );
  createEffect(() => void list()?.reach(list()?.total() ?? 0));
  const names = createMemo(
    () =>
      new Map(
        list()
          ?.rows()
          .map((row) => [row.id, row.name]),
      ),
  );
  const isComplete = () => names().size >= (list()?.total() ?? Number.POSITIVE_INFINITY);
  return {
    nameOf: (id) => names().get(id),
    isGone: (id) => isComplete() && !names().has(id),
  };
}
