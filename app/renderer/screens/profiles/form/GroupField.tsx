/** The group of a profile: one that is there already, or a new one by its name. */
import { createUniqueId, For } from 'solid-js';
import { TextField } from '../../../parts/TextField.tsx';
import { t } from '../../../shell/text.ts';
import { useFacets } from './facets.ts';

interface GroupFieldProps {
  readonly value: string | null;
  readonly onValue: (value: string | null) => void;
  readonly problems?: readonly string[] | undefined;
}

export function GroupField(props: GroupFieldProps) {
  const listId = createUniqueId();
  const facets = useFacets();
  return (
    <>
      <TextField
        label={t('profile.group')}
        value={props.value ?? ''}
        onValue={(value) => props.onValue(value === '' ? null : value)}
        problems={props.problems}
        input={{ list: listId, maxlength: 60, placeholder: t('profile.group.none') }}
      />
      <datalist id={listId}>
        <For each={facets()?.groups}>{({ value }) => <option value={value} />}</For>
      </datalist>
    </>
  );
}
