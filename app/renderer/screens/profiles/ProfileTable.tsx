/** The rows of the profile list, as a grid that is walked with the arrow keys. */

import { createEffect, createSignal, For, on, Show } from 'solid-js';
import type { ProfileRow as Row } from '../../../../workspace/model/profile.ts';
import { Cells } from '../../parts/Cells.tsx';
import { Checkbox } from '../../parts/Checkbox.tsx';
import { VirtualList, type VirtualListHandle } from '../../parts/VirtualList.tsx';
import type { PagedRows } from '../../shell/pagedRows.ts';
import { t } from '../../shell/text.ts';
import { columns, ProfileRow } from './ProfileRow.tsx';
import type { Selection } from './selection.ts';

interface ProfileTableProps {
  readonly list: PagedRows<Row>;
  readonly selection: Selection;
  readonly search: string;
  readonly onOpen: (row: Row) => void;
  readonly onRun: (ids: readonly string[]) => void;
  readonly onExport: (ids: readonly string[]) => void;
  readonly onRemove: (ids: readonly string[], name: string | null) => void;
  readonly onSelectAll: () => void;
}

const rowHeight = 44;
/** Rows that Page Up and Page Down move by. */
const pageRows = 15;

export function ProfileTable(props: ProfileTableProps) {
  const [active, setActive] = createSignal(0);
  const [focused, setFocused] = createSignal(false);
  let handle: VirtualListHandle | undefined;
  const total = () => props.list.total() ?? 0;
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
    else if (event.key === 'Enter' && row) props.onOpen(row);
    else if (event.key === 'Delete' && row) removeFrom(row);
    else if (event.key === 'Escape') props.selection.clear();
    else if (event.key === 'a' && (event.ctrlKey || event.metaKey)) props.onSelectAll();
    else return;
    event.preventDefault();
  };

  const removeFrom = (row: Row) => {
    const selected = [...props.selection.ids()];
    if (selected.length > 0) props.onRemove(selected, null);
    else props.onRemove([row.id], row.name);
  };

  const selectedCount = () => props.selection.ids().size;
  const allSelected = () => total() > 0 && selectedCount() >= total();
  return (
    <VirtualList
      id="profile-grid"
      role="grid"
      tabIndex={0}
      aria-label={t('nav.profiles')}
      aria-rowcount={total() + 1}
      aria-multiselectable="true"
      aria-activedescendant={focused() ? `profile-row-${active()}` : undefined}
      class="min-h-0 grow focus-visible:outline-none"
      count={total()}
      rowHeight={rowHeight}
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
            class={`${columns} sticky top-0 z-10 h-9 border-b border-line bg-canvas text-xs font-medium text-ink-3`}
          >
            <Cells role="columnheader" class="flex items-center">
              <Checkbox
                label={t('profiles.selectAll')}
                tabIndex={-1}
                checked={allSelected()}
                indeterminate={selectedCount() > 0 && !allSelected()}
                onChecked={(checked) => (checked ? props.onSelectAll() : props.selection.clear())}
              />
            </Cells>
            <For each={['name', 'tags', 'place', 'session', 'lastRun'] as const}>
              {(name) => (
                <Cells role="columnheader" class="truncate">
                  {t(`profiles.column.${name}`)}
                </Cells>
              )}
            </For>
            <Cells role="columnheader">
              <span class="sr-only">{t('common.actions')}</span>
            </Cells>
          </Cells>
          <Show when={props.list.total() === 0}>
            <p class="px-6 py-10 text-center text-base text-ink-2">
              {t('profiles.noneFound', { search: props.search })}
            </p>
          </Show>
        </>
      }
    >
      {(index) => (
        <ProfileRow
          index={index}
          row={props.list.rows()[index]}
          active={focused() && active() === index}
          selected={props.selection.ids().has(props.list.rows()[index]?.id ?? '')}
          onOpen={(row) => {
            setActive(index);
            props.onOpen(row);
          }}
          onSelect={(row, extend) => {
            setActive(index);
            if (extend) props.selection.extend(row.id);
            else props.selection.toggle(row.id);
          }}
          onRun={(row) => props.onRun([row.id])}
          onExport={(row) => props.onExport([row.id])}
          onRemove={(row) => props.onRemove([row.id], row.name)}
        />
      )}
    </VirtualList>
  );
}
