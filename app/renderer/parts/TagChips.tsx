/** The first of a record's tags, and how many more there are. */
import { For, Show } from 'solid-js';
import { show } from '../shell/text.ts';
import { Chip } from './Chip.tsx';

const shown = 3;

export function TagChips(props: { readonly tags: readonly string[] }) {
  return (
    <span class="flex min-w-0 gap-1 overflow-hidden">
      <For each={props.tags.slice(0, shown)}>{(tag) => <Chip>{tag}</Chip>}</For>
      <Show when={props.tags.length > shown}>
        <span class="text-xs leading-5 text-ink-3">+{show.number(props.tags.length - shown)}</span>
      </Show>
    </span>
  );
}
