/** One line of text, or several, under a label. */
import { type ComponentProps, type JSX, Show, splitProps } from 'solid-js';
import { Field } from './Field.tsx';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly hint?: JSX.Element;
  readonly problems?: readonly string[] | undefined;
  readonly optional?: string | undefined;
  readonly lines?: number;
  readonly mono?: boolean;
  readonly class?: string;
  readonly input?: ComponentProps<'input'>;
}

export function TextField(props: TextFieldProps) {
  const [field] = splitProps(props, ['label', 'hint', 'problems', 'optional', 'class']);
  return (
    <Field {...field}>
      {(control) => (
        <Show
          when={props.lines}
          fallback={
            <input
              type="text"
              autocomplete="off"
              {...props.input}
              {...control}
              class={`control ${props.mono ? 'font-mono text-xs' : ''}`}
              value={props.value}
              onInput={(event) => props.onValue(event.currentTarget.value)}
            />
          }
        >
          <textarea
            {...control}
            rows={props.lines}
            style={{ '--lines': props.lines }}
            spellcheck={!props.mono}
            class={`control control-grow max-h-96 ${props.mono ? 'font-mono text-xs' : ''}`}
            value={props.value}
            onInput={(event) => props.onValue(event.currentTarget.value)}
          />
        </Show>
      )}
    </Field>
  );
}
