/** A choice in a screen's head, whose label only screen readers meet. */
import { For } from 'solid-js';
import type { Choice } from './SelectField.tsx';

interface HeadSelectProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly choices: readonly Choice<V>[];
  readonly onValue: (value: V) => void;
}

export function HeadSelect<V extends string>(props: HeadSelectProps<V>) {
  return (
    <select
      class="control !w-auto"
      aria-label={props.label}
      value={props.value}
      onChange={(event) => {
        const chosen = props.choices.find((one) => one.value === event.currentTarget.value);
        if (chosen) props.onValue(chosen.value);
      }}
    >
      <For each={props.choices}>
        {(choice) => (
          // The choices may come later than what is chosen.
          <option value={choice.value} selected={choice.value === props.value}>
            {choice.label}
          </option>
        )}
      </For>
    </select>
  );
}
