/** An ordered list of small forms: add, remove, raise. */
import { ArrowUp, Plus, Trash2 } from 'lucide-solid';
import { type Accessor, For, Index, type JSX, Show } from 'solid-js';
import { Button, IconButton } from '../../../parts/Button.tsx';
import { t } from '../../../shell/text.ts';

interface ListRowsProps {
  readonly label: string;
  readonly optional?: string | undefined;
  readonly hint?: string | undefined;
  readonly addLabel: string;
  /** "Selector 2". */
  readonly nameOf: (number: number) => string;
  readonly value: readonly unknown[];
  readonly onValue: (value: readonly unknown[]) => void;
  readonly newItem: unknown;
  readonly problems: readonly string[];
  readonly children: (
    item: Accessor<unknown>,
    onItem: (item: unknown) => void,
    name: string,
  ) => JSX.Element;
}

export function ListRows(props: ListRowsProps) {
  const set = (index: number, item: unknown) =>
    props.onValue(props.value.map((one, at) => (at === index ? item : one)));
  const raise = (index: number) => {
    const items = [...props.value];
    items.splice(index - 1, 0, ...items.splice(index, 1));
    props.onValue(items);
  };
  return (
    <fieldset class="flex min-w-0 flex-col gap-1.5">
      <legend class="mb-1 flex w-full items-baseline justify-between gap-2 font-medium text-ink-2">
        {props.label}
        <Show when={props.optional}>
          <span class="text-xs font-normal text-ink-3">{props.optional}</span>
        </Show>
      </legend>
      <Index each={props.value}>
        {(item, index) => (
          <div class="flex items-start gap-1">
            <div class="min-w-0 grow">
              {props.children(item, (next) => set(index, next), props.nameOf(index + 1))}
            </div>
            <Show when={index > 0}>
              <IconButton
                class="mt-0.5"
                label={t('list.raise', { name: props.nameOf(index + 1) })}
                onClick={() => raise(index)}
              >
                <ArrowUp aria-hidden="true" />
              </IconButton>
            </Show>
            <IconButton
              class="mt-0.5"
              label={t('common.removeNamed', { name: props.nameOf(index + 1) })}
              onClick={() => props.onValue(props.value.filter((_, at) => at !== index))}
            >
              <Trash2 aria-hidden="true" />
            </IconButton>
          </div>
        )}
      </Index>
      <div>
        <Button
          small
          look="plain"
          class="-ml-2.5"
          onClick={() => props.onValue([...props.value, props.newItem])}
        >
          <Plus class="size-3.5" aria-hidden="true" />
          {props.addLabel}
        </Button>
      </div>
      <Show when={props.hint}>
        <p class="text-xs text-ink-3">{props.hint}</p>
      </Show>
      <For each={props.problems}>{(problem) => <p class="text-xs text-bad">{problem}</p>}</For>
    </fieldset>
  );
}
