/** A value as JSON text; what does not parse stays on screen and is not handed on. */
import { createEffect, createSignal, on } from 'solid-js';
import { TextField } from '../../../parts/TextField.tsx';
import { t } from '../../../shell/text.ts';

interface JsonFieldProps {
  readonly label: string;
  readonly value: unknown;
  readonly onValue: (value: unknown) => void;
  readonly optional?: string | undefined;
  readonly hint?: string | undefined;
  readonly problems?: readonly string[] | undefined;
}

const textOf = (value: unknown): string =>
  value === undefined ? '' : JSON.stringify(value, null, 2);

export function JsonField(props: JsonFieldProps) {
  const [text, setText] = createSignal(textOf(props.value));
  const [unreadable, setUnreadable] = createSignal(false);
  let own = textOf(props.value);
  createEffect(
    on(
      () => textOf(props.value),
      (next) => {
        if (next === own) return;
        own = next;
        setText(next);
        setUnreadable(false);
      },
    ),
  );
  const typed = (value: string) => {
    setText(value);
    try {
      const parsed: unknown = value.trim() === '' ? undefined : JSON.parse(value);
      setUnreadable(false);
      own = textOf(parsed);
      props.onValue(parsed);
    } catch {
      setUnreadable(true);
    }
  };
  return (
    <TextField
      label={props.label}
      optional={props.optional}
      lines={3}
      mono
      value={text()}
      onValue={typed}
      hint={props.hint}
      problems={[...(unreadable() ? [t('common.notJson')] : []), ...(props.problems ?? [])]}
    />
  );
}
