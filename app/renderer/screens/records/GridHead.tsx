/** What stands in the head of every grid of records. */
import { Show } from 'solid-js';
import { Checkbox } from '../../parts/Checkbox.tsx';
import { t } from '../../shell/text.ts';
import type { GridControls } from './gridControls.ts';
import type { NamedRow } from './RecordRow.tsx';

interface SelectAllProps<Row extends NamedRow> {
  readonly grid: GridControls<Row>;
  readonly onClear: () => void;
}

export function SelectAll<Row extends NamedRow>(props: SelectAllProps<Row>) {
  return (
    <Checkbox
      label={t('profiles.selectAll')}
      tabIndex={-1}
      checked={props.grid.allSelected()}
      indeterminate={props.grid.selectedCount() > 0 && !props.grid.allSelected()}
      onChecked={(checked) => (checked ? void props.grid.selectAll() : props.onClear())}
    />
  );
}

interface NoRowsProps {
  readonly total: number | null;
  readonly search: string;
}

/** Says that nothing matches. */
export function NoRows(props: NoRowsProps) {
  return (
    <Show when={props.total === 0}>
      <p class="px-6 py-10 text-center text-base text-ink-2">
        {props.search ? t('profiles.noneFound', { search: props.search }) : t('profiles.noneHere')}
      </p>
    </Show>
  );
}
