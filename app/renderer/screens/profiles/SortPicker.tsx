/** How the list is ordered. */
import { For } from 'solid-js';
import { t } from '../../shell/text.ts';

const sorts = ['name', 'recent', 'created'] as const;
export type ProfileSort = (typeof sorts)[number];

interface SortPickerProps {
  readonly value: ProfileSort;
  readonly onValue: (value: ProfileSort) => void;
}

export function SortPicker(props: SortPickerProps) {
  return (
    <select
      class="control !w-auto"
      aria-label={t('profiles.sort')}
      value={props.value}
      onChange={(event) => {
        const chosen = sorts.find((one) => one === event.currentTarget.value);
        if (chosen) props.onValue(chosen);
      }}
    >
      <For each={sorts}>{(sort) => <option value={sort}>{t(`profiles.sort.${sort}`)}</option>}</For>
    </select>
  );
}
