/** The rows of a list of records, as a grid that is walked with the arrow keys. */
import { type Accessor, createEffect, createSignal, For, type JSX, on, Show } from 'solid-js';
import { Cells } from '../../parts/Cells.tsx';
import { Checkbox } from '../../parts/Checkbox.tsx';
import { VirtualList, type VirtualListHandle } from '../../parts/VirtualList.tsx';
import type { PagedRows } from '../../shell/pagedRows.ts';
import { t } from '../../shell/text.ts';
import { type NamedRow, RecordRow, rowLayout } from './RecordRow.tsx';
import type { Selection } from './selection.ts';

interface RecordGridProps<Row extends NamedRow> {
  /** The grid's id in the page; its rows are `id-row-0` and so on. */
  readonly id: string;
  readonly label: string;
  readonly list: PagedRows<Row>;
  readonly selection: Selection;
  readonly search: string;
  /** The columns as tracks of a grid: the box to tick is the first, the actions are the last. */
  readonly columns: string;
  /** What the columns take at least, as a CSS length; narrower, they are scrolled sideways. */
  readonly minWidth?: string;
  readonly heads: readonly string[];
  readonly onOpen: (row: Row) => void;
  /** Mod+Enter on a row, where that means something. */
  readonly onLaunch?: (row: Row) => void;
  /** @param name of the only one; null for those that are selected. */
  readonly onRemove: (ids: readonly string[], name: string | null) => void;
  readonly cells: (row: Accessor<Row>) => JSX.Element;
  readonly actions: (row: Accessor<Row>, open: () => void) => JSX.Element;
}

const rowHeight = 44;
/** Rows that Page Up and Page Down move by. */
const pageRows = 15;

export function RecordGrid<Row extends NamedRow>(props: RecordGridProps<Row>) {
  const [active, setActive] = createSignal(0);
  const [focused, setFocused] = createSignal(false);
  let handle: VirtualListHandle | undefined;
  const total = () => props.list.total() ?? 0;
  const rowId = (index: number) => `${props.id}-row-${index}`;
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
    handle?.scrollTo(at);
  };

  const steps: Record<string, () => number> = {
    ArrowDown: () => active() + 1,
    ArrowUp: () => active() - 1,
    PageDown: () => active() + pageRows,
    PageUp: () => active() - pageRows,
    Home: () => 0,
    End: () => total() - 1,
  };

  const keyed = (event: KeyboardEvent) => {
    // A button inside a row handles its own keys.
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
  const allSelected = () => total() > 0 && selectedCount() >= total();
  const openAt = (index: number, row: Row) => {
    setActive(index);
    props.onOpen(row);
  };
  return (
    <VirtualList
      id={props.id}
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={total() + 1}
      aria-multiselectable="true"
      aria-activedescendant={focused() ? rowId(active()) : undefined}
      class="min-h-0 grow focus-visible:outline-none"
      count={total()}
      rowHeight={rowHeight}
      minWidth={props.minWidth}
      onReach={(index) => void props.list.reach(index)}
      handle={(made) => {
        handle = made;
      }}
      onKeyDown={keyed}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      head={
        <>
          <Cells
            role="row"
            aria-rowindex="1"
            style={{ 'grid-template-columns': props.columns, 'min-width': props.minWidth }}
            class={`${rowLayout} sticky top-0 z-10 h-9 border-b border-line bg-canvas text-xs font-medium text-ink-3`}
          >
            <Cells role="columnheader" class="flex items-center">
              <Checkbox
                label={t('profiles.selectAll')}
                tabIndex={-1}
                checked={allSelected()}
                indeterminate={selectedCount() > 0 && !allSelected()}
                onChecked={(checked) => (checked ? void selectAll() : props.selection.clear())}
              />
            </Cells>
            <For each={props.heads}>
              {(head) => (
                <Cells role="columnheader" class="truncate">
                  {head}
                </Cells>
              )}
            </For>
            <Cells role="columnheader">
              <span class="sr-only">{t('common.actions')}</span>
            </Cells>
          </Cells>
          <Show when={props.list.total() === 0}>
            <p class="px-6 py-10 text-center text-base text-ink-2">
              {props.search
                ? t('profiles.noneFound', { search: props.search })
                : t('profiles.noneHere')}
            </p>
          </Show>
        </>
      }
    >
      {(index) => (
        <RecordRow
          id={rowId(index)}
          index={index}
          row={props.list.rows()[index]}
          columns={props.columns}
          active={focused() && active() === index}
          selected={props.selection.ids().has(props.list.rows()[index]?.id ?? '')}
          onOpen={(row) => openAt(index, row)}
          onSelect={(row, extend) => {
            setActive(index);
            if (extend) props.selection.extend(row.id);
            else props.selection.toggle(row.id);
          }}
          cells={props.cells}
          actions={(row) => props.actions(row, () => openAt(index, row()))}
        />
      )}
    </VirtualList>
  );
}
