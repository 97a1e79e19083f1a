/** A list of short texts, one a line, edited as they are typed. */
import { createEffect, createSignal, type JSX, untrack } from 'solid-js';
import { TextField } from './TextField.tsx';

interface LinesFieldProps {
  readonly label: string;
  readonly value: readonly string[];
  readonly onValue: (lines: string[]) => void;
  /** How lines come back as the value, where that is not as they were typed. */
  readonly normal?: (lines: readonly string[]) => readonly string[];
  readonly hint?: JSX.Element;
  readonly problems?: readonly string[] | undefined;
}

export function LinesField(props: LinesFieldProps) {
  // What is typed stays as it is: an empty line is the beginning of the next one.
  const [typed, setTyped] = createSignal('');
  createEffect(() => {
    const outside = props.value.join('\n');
    const own = linesOf(untrack(typed));
    const said = (props.normal?.(own) ?? own).join('\n');
    if (said !== outside) setTyped(outside);
  });
  return (
    <TextField
      label={props.label}
      hint={props.hint}
      problems={props.problems}
      lines={3}
      mono
      value={typed()}
      onValue={(text) => {
        setTyped(text);
        props.onValue(linesOf(text));
      }}
    />
  );
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
