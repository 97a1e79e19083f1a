/** A small word about a thing: a tag, a state. */
import type { JSX } from 'solid-js';

interface ChipProps {
  readonly tone?: 'plain' | 'accent' | 'warn' | 'bad';
  readonly children: JSX.Element;
}

const tones = {
  plain: 'bg-active text-ink-2',
  accent: 'bg-accent-soft text-accent-text',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
};

export function Chip(props: ChipProps) {
  return (
    <span
      class={`inline-block h-5 max-w-40 shrink-0 truncate rounded px-1.5 text-xs leading-5 font-medium ${tones[props.tone ?? 'plain']}`}
    >
      {props.children}
    </span>
  );
}
