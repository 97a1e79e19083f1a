/** A choice among hundreds, found by typing; empty means none. */
import { Combobox, createListCollection } from '@ark-ui/solid/combobox';
import { Check, ChevronDown, X } from 'lucide-solid';
import { createMemo, createSignal, createUniqueId, For, type JSX, Show } from 'solid-js';
import { t } from '../shell/text.ts';
import { PopupPortal } from './PopupPortal.tsx';
import type { Choice } from './SelectField.tsx';

interface ComboFieldProps {
  readonly label: string;
  readonly value: string | null;
  readonly choices: readonly Choice<string>[];
  readonly onValue: (value: string | null) => void;
  readonly placeholder: string;
  /** Where the choices are found by somebody else: told what is typed, gives `choices` that match. */
  readonly onSearch?: (typed: string) => void;
  readonly hint?: JSX.Element;
  readonly problems?: readonly string[] | undefined;
}

/** More than a person reads through; typing narrows it down. */
const shownAtMost = 60;

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}|[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

export function ComboField(props: ComboFieldProps) {
  const problemId = createUniqueId();
  const [typed, setTyped] = createSignal('');
  const matching = createMemo(() => {
    const wanted = plain(typed());
    const found =
      wanted && !props.onSearch
        ? props.choices.filter((choice) => plain(choice.label + choice.value).includes(wanted))
        : props.choices;
    const shown = found.slice(0, shownAtMost);
    // The chosen one has to be among them, since its label is what the closed field shows.
    const chosen = props.choices.find((choice) => choice.value === props.value);
    const items = !chosen || wanted || shown.includes(chosen) ? shown : [chosen, ...shown];
    return createListCollection({ items });
  });
  /** Held back until its label is known: the closed field looks for the label when the value comes, not later. */
  const value = () => {
    const { value: chosen } = props;
    const known = typed() !== '' || props.choices.some((choice) => choice.value === chosen);
    return chosen !== null && known ? [chosen] : [];
  };
  return (
    <Combobox.Root
      class="flex flex-col gap-1"
      collection={matching()}
      value={value()}
      inputBehavior="autohighlight"
      openOnClick
      positioning={{ strategy: 'fixed', sameWidth: true }}
      onInputValueChange={(details) => {
        const search = details.reason === 'input-change' ? details.inputValue : '';
        setTyped(search);
        props.onSearch?.(search);
      }}
      onValueChange={(details) => props.onValue(details.value[0] ?? null)}
      invalid={(props.problems?.length ?? 0) > 0}
      lazyMount
      unmountOnExit
    >
      <Combobox.Label class="font-medium text-ink-2">{props.label}</Combobox.Label>
      <Combobox.Control class="control flex items-center !p-0">
        <Combobox.Input
          class="h-7 min-w-0 grow bg-transparent px-2.5 focus-visible:outline-none"
          placeholder={props.placeholder}
          aria-describedby={props.problems?.length ? problemId : undefined}
        />
        <Show when={props.value}>
          <Combobox.ClearTrigger
            class="p-1 text-ink-3 hover:text-ink"
            aria-label={t('common.clear')}
          >
            <X class="size-3.5" aria-hidden="true" />
          </Combobox.ClearTrigger>
        </Show>
        <Combobox.Trigger class="p-1.5 text-ink-3 hover:text-ink" aria-label={t('common.choices')}>
          <ChevronDown class="size-3.5" aria-hidden="true" />
        </Combobox.Trigger>
      </Combobox.Control>
      <Show when={props.hint}>
        <p class="text-xs text-ink-3">{props.hint}</p>
      </Show>
      <Show when={props.problems?.length}>
        <ul id={problemId} class="text-xs text-bad" aria-live="polite">
          <For each={props.problems}>{(problem) => <li>{problem}</li>}</For>
        </ul>
      </Show>
      <PopupPortal>
        <Combobox.Positioner>
          <Combobox.Content class="popup max-h-72 overflow-y-auto p-1">
            <Combobox.Empty class="px-2 py-1.5 text-ink-3">
              {t('common.nothingFound')}
            </Combobox.Empty>
            <For each={matching().items}>
              {(choice) => (
                <Combobox.Item item={choice} class="popup-item">
                  <Combobox.ItemText class="grow truncate">{choice.label}</Combobox.ItemText>
                  <Combobox.ItemIndicator>
                    <Check class="size-3.5 text-accent-text" aria-hidden="true" />
                  </Combobox.ItemIndicator>
                </Combobox.Item>
              )}
            </For>
          </Combobox.Content>
        </Combobox.Positioner>
      </PopupPortal>
    </Combobox.Root>
  );
}
