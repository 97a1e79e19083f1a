/** A choice among a few, with the system's own list. */
import { For, type JSX } from 'solid-js';
import { Field } from './Field.tsx';

export interface Choice<V extends string> {
  readonly value: V;
  readonly label: string;
}

interface SelectFieldProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly choices: readonly Choice<V>[];
  readonly onValue: (value: V) => void;
  readonly hint?: JSX.Element;
  readonly problems?: readonly string[] | undefined;
  readonly class?: string;
}

export function SelectField<V extends string>(props: SelectFieldProps<V>) {
  const choose = (value: string) => {
    const choice = props.choices.find((one) => one.value === value);
    if (choice) props.onValue(choice.value);
  };
  return (
    <Field
      label={props.label}
      hint={props.hint}
      problems={props.problems}
      class={props.class ?? ''}
    >
      {(control) => (
        <select
          {...control}
          class="control"
          value={props.value}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          <For each={props.choices}>
            {(choice) => (
              <option value={choice.value} selected={choice.value === props.value}>
                {choice.label}
              </option>
            )}
          </For>
        </select>
      )}
    </Field>
  );
}
