/** One record of a grid; a row that is still on its way is drawn as bars. */
import { type Accessor, type JSX, Show } from 'solid-js';
import { Cells } from '../../parts/Cells.tsx';
import { Checkbox } from '../../parts/Checkbox.tsx';
import { t } from '../../shell/text.ts';

/** How rows and the head above them are laid out; the tracks are told by the list. */
export const rowLayout = 'grid items-center gap-4 px-6';

export interface NamedRow {
  readonly id: string;
  readonly name: string;
}

interface RecordRowProps<Row extends NamedRow> {
  readonly id: string;
  readonly index: number;
  readonly row: Row | undefined;
  readonly columns: string;
  readonly active: boolean;
  readonly selected: boolean;
  readonly onOpen: (row: Row) => void;
  readonly onSelect: (row: Row, extend: boolean) => void;
  readonly cells: (row: Accessor<Row>) => JSX.Element;
  readonly actions: (row: Accessor<Row>) => JSX.Element;
}

export function RecordRow<Row extends NamedRow>(props: RecordRowProps<Row>) {
  return (
    <Show when={props.row} fallback={<Skeleton columns={props.columns} />}>
      {(row) => (
        <Cells
          id={props.id}
          role="row"
          tabIndex={-1}
          aria-rowindex={props.index + 2}
          aria-selected={props.selected}
          style={{ 'grid-template-columns': props.columns }}
          class={`${rowLayout} h-full border-b border-line transition-colors duration-75 hover:bg-hover aria-selected:bg-accent-soft ${props.active ? 'shadow-[inset_0_0_0_2px_var(--accent)]' : ''}`}
          onClick={() => props.onOpen(row())}
          onKeyDown={(event) => event.key === 'Enter' && props.onOpen(row())}
        >
          <Cells role="gridcell" class="flex items-center">
            <Checkbox
              label={t('profiles.select', { name: row().name })}
              tabIndex={-1}
              checked={props.selected}
              onChecked={(_, event) => props.onSelect(row(), event.shiftKey)}
            />
          </Cells>
          {props.cells(row)}
          {/* The row opens the record; what is clicked in here does not. */}
          <Cells
            role="gridcell"
            class="flex items-center justify-end"
            onClick={(event) => event.stopPropagation()}
            onKeyDown={(event) => event.stopPropagation()}
          >
            {props.actions(row)}
          </Cells>
        </Cells>
      )}
    </Show>
  );
}

function Skeleton(props: { readonly columns: string }) {
  return (
    <div
      style={{ 'grid-template-columns': props.columns }}
      class={`${rowLayout} h-full border-b border-line`}
      aria-hidden="true"
    >
      <span />
      <span class="skeleton h-3 w-40" />
      <span class="skeleton h-3 w-20" />
      <span class="skeleton h-3 w-24" />
    </div>
  );
}
