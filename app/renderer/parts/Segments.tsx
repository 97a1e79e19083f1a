/** A choice among two to four that are all worth seeing. */
import { SegmentGroup } from '@ark-ui/solid/segment-group';
import { For } from 'solid-js';
import type { Choice } from './SelectField.tsx';

interface SegmentsProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly choices: readonly Choice<V>[];
  readonly onValue: (value: V) => void;
}

export function Segments<V extends string>(props: SegmentsProps<V>) {
  const choose = (value: string | null) => {
    const choice = props.choices.find((one) => one.value === value);
    if (choice) props.onValue(choice.value);
  };
  return (
    <SegmentGroup.Root
      class="inline-flex rounded-lg bg-active p-0.5"
      aria-label={props.label}
      value={props.value}
      onValueChange={(details) => choose(details.value)}
    >
      <For each={props.choices}>
        {(choice) => (
          <SegmentGroup.Item
            value={choice.value}
            class="flex h-7 items-center rounded-md px-2.5 font-medium text-ink-2 transition-colors duration-100 select-none data-[focus-visible]:outline-2 data-[focus-visible]:outline-accent data-[state=checked]:bg-surface data-[state=checked]:text-ink data-[state=checked]:shadow-[0_0_0_1px_var(--line-strong)]"
          >
            <SegmentGroup.ItemText>{choice.label}</SegmentGroup.ItemText>
            <SegmentGroup.ItemHiddenInput />
          </SegmentGroup.Item>
        )}
      </For>
    </SegmentGroup.Root>
  );
}
