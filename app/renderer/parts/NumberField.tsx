/** A number or nothing; what is not a number is shown as typed and reported as nothing. */
import { type JSX, Show } from 'solid-js';
import { Field } from './Field.tsx';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number | null;
  readonly onValue: (value: number | null) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly unit?: string;
  readonly placeholder?: string;
  readonly hint?: JSX.Element;
  readonly problems?: readonly string[] | undefined;
  readonly class?: string;
}

export function NumberField(props: NumberFieldProps) {
  return (
    <Field
      label={props.label}
      hint={props.hint}
      problems={props.problems}
      class={props.class ?? ''}
    >
      {(control) => (
        <div class="relative">
          <input
            {...control}
            type="number"
            inputmode="decimal"
            class={`control tabular-nums ${props.unit ? 'pr-12' : ''}`}
            min={props.min}
            max={props.max}
            step={props.step ?? 'any'}
            placeholder={props.placeholder}
            value={props.value ?? ''}
            onInput={(event) => {
              const number = event.currentTarget.valueAsNumber;
              props.onValue(Number.isNaN(number) ? null : number);
            }}
          />
          <Show when={props.unit}>
            <span class="pointer-events-none absolute top-1.5 right-7 text-xs leading-5 text-ink-3">
              {props.unit}
            </span>
          </Show>
        </div>
      )}
    </Field>
  );
}
