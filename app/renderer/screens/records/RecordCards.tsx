/** Records as cards side by side, as many as fit, walked with the arrow keys like rows. */
import { type Accessor, createSignal, For, type JSX, onCleanup, Show } from 'solid-js';
import { Cells } from '../../parts/Cells.tsx';
import { Checkbox } from '../../parts/Checkbox.tsx';
import { VirtualList } from '../../parts/VirtualList.tsx';
import { t } from '../../shell/text.ts';
import { NoRows, SelectAll } from './GridHead.tsx';
import { createGridControls, type GridControls, type GridProps } from './gridControls.ts';
import type { NamedRow } from './RecordRow.tsx';

interface RecordCardsProps<Row extends NamedRow> extends GridProps<Row> {
  /** Pixels of one card. */
  readonly cardHeight: number;
  /** Its name, beside the box to tick. */
  readonly head: (row: Accessor<Row>) => JSX.Element;
  readonly body: (row: Accessor<Row>) => JSX.Element;
  readonly actions: (row: Accessor<Row>, open: () => void) => JSX.Element;
}

/** Pixels: what a card takes at least, what is between two, and what is beside them. */
const narrowest = 272;
const gap = 12;
const edge = 24;
/** Lines that Page Up and Page Down move by. */
const pageLines = 3;
/** Lines drawn beyond each edge: about half a window. */
const linesBeyond = 2;

export function RecordCards<Row extends NamedRow>(props: RecordCardsProps<Row>) {
  const [width, setWidth] = createSignal(0);
  const across = () => Math.max(1, Math.floor((width() - 2 * edge + gap) / (narrowest + gap)));
  const grid = createGridControls(props, { across, pageLines });
  const lines = () => Math.ceil(grid.total() / across());
  const observer = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
  onCleanup(() => observer.disconnect());
  return (
    <div ref={(element) => observer.observe(element)} class="flex min-h-0 grow flex-col">
      <Show when={width() > 0}>
        <VirtualList
          id={props.id}
          role="grid"
          tabIndex={0}
          aria-label={props.label}
          aria-rowcount={lines() + 1}
          aria-multiselectable="true"
          aria-activedescendant={grid.activeId()}
          class="min-h-0 grow focus-visible:outline-none"
          count={lines()}
          rowHeight={props.cardHeight + gap}
          overscan={linesBeyond}
          onReach={(line) => void props.list.reach((line + 1) * across() - 1)}
          handle={grid.setHandle}
          onKeyDown={grid.keyed}
          onFocus={() => grid.setFocused(true)}
          onBlur={() => grid.setFocused(false)}
          head={
            <>
              <Cells
                role="row"
                aria-rowindex="1"
                class="sticky top-0 z-10 mb-3 flex h-9 items-center border-b border-line bg-canvas px-6 text-xs font-medium text-ink-3"
              >
                <Cells role="columnheader" class="flex items-center gap-2">
                  <SelectAll grid={grid} onClear={props.selection.clear} />
                  <span aria-hidden="true">{t('profiles.selectAll')}</span>
                </Cells>
              </Cells>
              <NoRows total={props.list.total()} search={props.search} />
            </>
          }
        >
          {(line) => (
            <Cells
              role="row"
              aria-rowindex={line + 2}
              class="grid px-6"
              style={{
                'grid-template-columns': `repeat(${across()}, minmax(0, 1fr))`,
                gap: `${gap}px`,
                height: `${props.cardHeight}px`,
              }}
            >
              <For each={placesOf(line, across(), grid.total())}>
                {(index) => <Card index={index} grid={grid} cards={props} />}
              </For>
            </Cells>
          )}
        </VirtualList>
      </Show>
    </div>
  );
}

const placesOf = (line: number, across: number, total: number): number[] =>
  Array.from({ length: Math.min(across, total - line * across) }, (_, at) => line * across + at);

interface CardProps<Row extends NamedRow> {
  readonly index: number;
  readonly grid: GridControls<Row>;
  readonly cards: RecordCardsProps<Row>;
}

function Card<Row extends NamedRow>(props: CardProps<Row>) {
  const isSelected = () => props.grid.isSelected(props.index);
  return (
    <Show when={props.cards.list.rows()[props.index]} fallback={<Skeleton />}>
      {(row) => (
        <Cells
          id={props.grid.idOf(props.index)}
          role="gridcell"
          tabIndex={-1}
          aria-label={row().name}
          aria-selected={isSelected()}
          class={`flex min-w-0 flex-col rounded-lg border border-line bg-surface transition-colors duration-75 hover:bg-hover aria-selected:border-accent aria-selected:bg-accent-soft ${props.grid.isActive(props.index) ? 'shadow-[inset_0_0_0_2px_var(--accent)]' : ''}`}
          onClick={() => props.grid.openAt(props.index, row())}
          onKeyDown={(event) => event.key === 'Enter' && props.grid.openAt(props.index, row())}
        >
          <div class="flex min-w-0 grow flex-col gap-2 p-3">
            <div class="flex h-6 min-w-0 items-center gap-2">
              <Checkbox
                label={t('profiles.select', { name: row().name })}
                tabIndex={-1}
                checked={isSelected()}
                onChecked={(_, event) => props.grid.selectAt(props.index, row(), event.shiftKey)}
              />
              {props.cards.head(row)}
            </div>
            {props.cards.body(row)}
          </div>
          {/* The card opens the record; what is clicked in here does not. */}
          <Cells
            role="presentation"
            class="flex items-center justify-end border-t border-line px-3 py-1.5"
            onClick={(event) => event.stopPropagation()}
            onKeyDown={(event) => event.stopPropagation()}
          >
            {props.cards.actions(row, () => props.grid.openAt(props.index, row()))}
          </Cells>
        </Cells>
      )}
    </Show>
  );
}

function Skeleton() {
  return (
    <div class="flex flex-col gap-3 rounded-lg border border-line p-4" aria-hidden="true">
      <span class="skeleton h-3 w-40" />
      <span class="skeleton h-3 w-24" />
    </div>
  );
}
