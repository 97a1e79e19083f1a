/** The rows of a list of records, as a grid that is walked with the arrow keys. */
import { type Accessor, For, type JSX } from 'solid-js';
import { Cells } from '../../parts/Cells.tsx';
import { VirtualList } from '../../parts/VirtualList.tsx';
import { t } from '../../shell/text.ts';
import { NoRows, SelectAll } from './GridHead.tsx';
import { createGridControls, type GridProps } from './gridControls.ts';
import { type NamedRow, RecordRow, rowLayout } from './RecordRow.tsx';

interface RecordGridProps<Row extends NamedRow> extends GridProps<Row> {
  /** The columns as tracks of a grid: the box to tick is the first, the actions are the last. */
  readonly columns: string;
  /** What the columns take at least, as a CSS length; narrower, they are scrolled sideways. */
  readonly minWidth?: string;
  readonly heads: readonly string[];
  readonly cells: (row: Accessor<Row>) => JSX.Element;
  readonly actions: (row: Accessor<Row>, open: () => void) => JSX.Element;
}

const rowHeight = 44;
/** Rows that Page Up and Page Down move by. */
const pageLines = 15;

export function RecordGrid<Row extends NamedRow>(props: RecordGridProps<Row>) {
  const grid = createGridControls(props, { pageLines });
  return (
    <VirtualList
      id={props.id}
      role="grid"
      tabIndex={0}
      aria-label={props.label}
      aria-rowcount={grid.total() + 1}
      aria-multiselectable="true"
      aria-activedescendant={grid.activeId()}
      class="min-h-0 grow focus-visible:outline-none"
      count={grid.total()}
      rowHeight={rowHeight}
      minWidth={props.minWidth}
      onReach={(index) => void props.list.reach(index)}
      handle={grid.setHandle}
      onKeyDown={grid.keyed}
      onFocus={() => grid.setFocused(true)}
      onBlur={() => grid.setFocused(false)}
      head={
        <>
          <Cells
            role="row"
            aria-rowindex="1"
            style={{ 'grid-template-columns': props.columns, 'min-width': props.minWidth }}
            class={`${rowLayout} sticky top-0 z-10 h-9 border-b border-line bg-canvas text-xs font-medium text-ink-3`}
          >
            <Cells role="columnheader" class="flex items-center">
              <SelectAll grid={grid} onClear={props.selection.clear} />
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
          <NoRows total={props.list.total()} search={props.search} />
        </>
      }
    >
      {(index) => (
        <RecordRow
          id={grid.idOf(index)}
          index={index}
          row={props.list.rows()[index]}
          columns={props.columns}
          active={grid.isActive(index)}
          selected={grid.isSelected(index)}
          onOpen={(row) => grid.openAt(index, row)}
          onSelect={(row, extend) => grid.selectAt(index, row, extend)}
          cells={props.cells}
          actions={(row) => props.actions(row, () => grid.openAt(index, row()))}
        />
      )}
    </VirtualList>
  );
}
