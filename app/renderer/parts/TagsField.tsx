/** Words as chips: typed, pasted with commas, taken away with Backspace. */
import { TagsInput } from '@ark-ui/solid/tags-input';
import { X } from 'lucide-solid';
import { Index, type JSX, Show } from 'solid-js';
import { t } from '../shell/text.ts';

interface TagsFieldProps {
  readonly label: string;
  readonly value: readonly string[];
  readonly onValue: (value: string[]) => void;
  readonly hint?: JSX.Element;
}

export function TagsField(props: TagsFieldProps) {
  return (
    <TagsInput.Root
      class="flex flex-col gap-1"
      value={[...props.value]}
      onValueChange={(details) => props.onValue(details.value)}
      addOnPaste
      blurBehavior="add"
      max={50}
      maxLength={60}
      delimiter=","
    >
      <TagsInput.Label class="font-medium text-ink-2">{props.label}</TagsInput.Label>
      <TagsInput.Context>
        {(tags) => (
          <TagsInput.Control class="control flex flex-wrap items-center gap-1 !px-1.5 !py-1">
            <Index each={tags().value}>
              {(tag, index) => (
                <TagsInput.Item index={index} value={tag()}>
                  <TagsInput.ItemPreview class="flex h-5.5 items-center gap-0.5 rounded bg-active pr-0.5 pl-1.5 text-xs data-[highlighted]:outline-2 data-[highlighted]:outline-accent">
                    <TagsInput.ItemText>{tag()}</TagsInput.ItemText>
                    <TagsInput.ItemDeleteTrigger
                      class="rounded p-0.5 text-ink-3 hover:text-ink"
                      aria-label={t('common.removeNamed', { name: tag() })}
                    >
                      <X class="size-3" aria-hidden="true" />
                    </TagsInput.ItemDeleteTrigger>
                  </TagsInput.ItemPreview>
                  <TagsInput.ItemInput />
                </TagsInput.Item>
              )}
            </Index>
            <TagsInput.Input class="min-w-20 grow bg-transparent px-1 focus-visible:outline-none" />
          </TagsInput.Control>
        )}
      </TagsInput.Context>
      <Show when={props.hint}>
        <p class="text-xs text-ink-3">{props.hint}</p>
      </Show>
      <TagsInput.HiddenInput />
    </TagsInput.Root>
  );
}
