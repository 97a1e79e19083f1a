/** Which rows are selected, by id, so that it survives sorting, searching and loading. */
import { type Accessor, createSignal } from 'solid-js';

export interface Selection {
  readonly ids: Accessor<ReadonlySet<string>>;
  toggle(id: string): void;
  /** Selects from the last toggled row to this one. */
  extend(id: string): void;
  all(): void;
  clear(): void;
}

export function createSelection(order: Accessor<readonly string[]>): Selection {
  const [ids, setIds] = createSignal<ReadonlySet<string>>(new Set());
  let anchor: string | null = null;
  return {
    ids,
    toggle(id) {
      anchor = id;
      const next = new Set(ids());
      if (!next.delete(id)) next.add(id);
      setIds(next);
    },
    extend(id) {
      setIds(new Set([...ids(), ...between(order(), anchor ?? id, id)]));
    },
    all: () => setIds(new Set(order())),
    clear: () => setIds(new Set<string>()),
  };
}

/** The ids from one to the other, both included, whichever comes first. */
export function between(order: readonly string[], one: string, other: string): readonly string[] {
  const from = order.indexOf(one);
  const to = order.indexOf(other);
  if (from < 0 || to < 0) return [other];
  return order.slice(Math.min(from, to), Math.max(from, to) + 1);
}
