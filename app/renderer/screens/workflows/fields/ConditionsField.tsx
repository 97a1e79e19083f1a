/** What has to hold: an expression, or something that is or is not on the page. */
import { For, Show } from 'solid-js';
import { t } from '../../../shell/text.ts';
import { ListRows } from './ListRows.tsx';
import { SelectorsField } from './SelectorsField.tsx';
import {
  conditionKinds,
  conditionOfKind,
  kindOfCondition,
  selectorsOfCondition,
} from './selectors.ts';

interface ConditionsFieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: readonly unknown[];
  readonly onValue: (value: readonly unknown[]) => void;
  readonly problems: readonly string[];
}

export function ConditionsField(props: ConditionsFieldProps) {
  return (
    <ListRows
      {...props}
      addLabel={t('condition.add')}
      nameOf={(number) => t('condition.number', { number })}
      newItem=""
    >
      {(item, onItem, name) => <ConditionRow value={item()} onValue={onItem} name={name} />}
    </ListRows>
  );
}

interface ConditionRowProps {
  readonly value: unknown;
  readonly onValue: (value: unknown) => void;
  readonly name: string;
}

function ConditionRow(props: ConditionRowProps) {
  const kind = () => kindOfCondition(props.value);
  const choose = (value: string) => {
    const next = conditionKinds.find((one) => one === value);
    if (next) props.onValue(conditionOfKind(next, props.value));
  };
  return (
    <div class="flex flex-col gap-1.5">
      <div class="flex gap-1">
        <select
          class="control !w-36 shrink-0"
          aria-label={t('condition.kindOf', { name: props.name })}
          value={kind()}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <For each={conditionKinds}>
            {(one) => <option value={one}>{t(`condition.kind.${one}`)}</option>}
          </For>
        </select>
        <Show when={kind() === 'expression'}>
          <input
            class="control font-mono text-xs"
            aria-label={props.name}
            placeholder="size(rows) > 0"
            spellcheck={false}
            value={typeof props.value === 'string' ? props.value : ''}
            onInput={(event) => props.onValue(event.currentTarget.value)}
          />
        </Show>
      </div>
      <Show when={kind() !== 'expression'}>
        <div class="border-l-2 border-line pl-3">
          <SelectorsField
            label={t('step.field.selectors')}
            value={selectorsOfCondition(props.value)}
            onValue={(selectors) => props.onValue({ [kind()]: selectors })}
            problems={[]}
          />
        </div>
      </Show>
    </div>
  );
}
