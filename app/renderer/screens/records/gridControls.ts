/** Walking, selecting and opening the records of a grid by keys, in a table and in cards alike. */
import { type Accessor, createEffect, createSignal, on } from 'solid-js';
import type { VirtualListHandle } from '../../parts/VirtualList.tsx';
import type { PagedRows } from '../../shell/pagedRows.ts';
import type { NamedRow } from './RecordRow.tsx';
import type { Selection } from './selection.ts';

/** What a grid of records is about, however it is drawn. */
export interface GridProps<Row extends NamedRow> {
  /** The grid's id in the page; its records are `id-row-0` and so on. */
  readonly id: string;
  readonly label: string;
  readonly list: PagedRows<Row>;
  readonly selection: Selection;
  readonly search: string;
  readonly onOpen: (row: Row) => void;
  /** Mod+Enter on a record, where that means something. */
  readonly onLaunch?: (row: Row) => void;
  /** @param name of the only one; null for those that are selected. */
  readonly onRemove: (ids: readonly string[], name: string | null) => void;
}

interface GridShape {
  /** How many stand side by side; absent where they are rows, which the arrows to the sides leave alone. */
  readonly across?: Accessor<number>;
  /** Lines that Page Up and Page Down move by. */
  readonly pageLines: number;
}

export interface GridControls<Row extends NamedRow> {
  readonly total: Accessor<number>;
  idOf(index: number): string;
  isActive(index: number): boolean;
  isSelected(index: number): boolean;
  readonly selectedCount: Accessor<number>;
  readonly allSelected: Accessor<boolean>;
  selectAll(): Promise<void>;
  openAt(index: number, row: Row): void;
  /** @param extend selects all from the one that was selected last. */
  selectAt(index: number, row: Row, extend: boolean): void;
  /** To be given to the element that has the focus. */
  readonly keyed: (event: KeyboardEvent) => void;
  readonly setFocused: (focused: boolean) => void;
  /** The id of the active record while the grid has the focus. */
  readonly activeId: Accessor<string | undefined>;
  readonly setHandle: (handle: VirtualListHandle) => void;
}

export function createGridControls<Row extends NamedRow>(
  props: GridProps<Row>,
  { across, pageLines }: GridShape,
): GridControls<Row> {
  const [active, setActive] = createSignal(0);
  const [focused, setFocused] = createSignal(false);
  let handle: VirtualListHandle | undefined;
  const width = () => across?.() ?? 1;
  const lineOf = (index: number) => Math.floor(index / width());
  const total = () => props.list.total() ?? 0;
  const idOf = (index: number) => `${props.id}-row-${index}`;
  createEffect(
    on(
      () => props.search,
      () => {
        setActive(0);
        handle?.scrollTo(0);
      },
      { defer: true },
    ),
  );

  const moveTo = (index: number) => {
    const at = Math.max(0, Math.min(total() - 1, index));
    setActive(at);
    handle?.scrollTo(lineOf(at));
  };

  /** So many lines on, in the same place of the line; where there is no such line, it stays. */
  const below = (lines: number) => {
    const last = lineOf(Math.max(0, total() - 1));
    const line = Math.max(0, Math.min(last, lineOf(active()) + lines));
    return active() + (line - lineOf(active())) * width();
  };

  const steps: Record<string, () => number> = {
    ArrowDown: () => below(1),
    ArrowUp: () => below(-1),
    ...(across ? { ArrowRight: () => active() + 1, ArrowLeft: () => active() - 1 } : {}),
    PageDown: () => below(pageLines),
    PageUp: () => below(-pageLines),
    Home: () => 0,
    End: () => total() - 1,
  };

  const keyed = (event: KeyboardEvent) => {
    // A button inside a record handles its own keys.
    if (event.target !== event.currentTarget) return;
    const row = props.list.rows()[active()];
    const step = steps[event.key];
    if (step) {
      moveTo(step());
      const reached = props.list.rows()[active()];
      if (event.shiftKey && row && reached) {
        if (!props.selection.ids().has(row.id)) props.selection.toggle(row.id);
        props.selection.extend(reached.id);
      }
    } else if (event.key === ' ' && row) props.selection.toggle(row.id);
    else if (event.key === 'Enter' && row && props.onLaunch && (event.ctrlKey || event.metaKey)) {
      props.onLaunch(row);
    } else if (event.key === 'Enter' && row) props.onOpen(row);
    else if (event.key === 'Delete' && row) removeFrom(row);
    else if (event.key === 'Escape') props.selection.clear();
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) void selectAll();
    else return;
    event.preventDefault();
  };

  const removeFrom = (row: Row) => {
    const selected = [...props.selection.ids()];
    if (selected.length > 0) props.onRemove(selected, null);
    else props.onRemove([row.id], row.name);
  };

  const selectAll = async () => {
    await props.list.reach(total());
    props.selection.all();
  };

  const selectedCount = () => props.selection.ids().size;
  return {
    total,
    idOf,
    isActive: (index) => focused() && active() === index,
    isSelected: (index) => props.selection.ids().has(props.list.rows()[index]?.id ?? ''),
    selectedCount,
    allSelected: () => total() > 0 && selectedCount() >= total(),
    selectAll,
    openAt(index, row) {
      setActive(index);
      props.onOpen(row);
    },
    selectAt(index, row, extend) {
      setActive(index);
      if (extend) props.selection.extend(row.id);
      else props.selection.toggle(row.id);
    },
    keyed,
    setFocused,
    activeId: () => (focused() ? idOf(active()) : undefined),
    setHandle: (made) => {
      handle = made;
    },
  };
}
