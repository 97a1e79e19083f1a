/** Ways to find an element, tried in order. */
import { For, Show } from 'solid-js';
import { t } from '../../../shell/text.ts';
import { ListRows } from './ListRows.tsx';
import {
  mayBeExact,
  readSelector,
  type SelectorParts,
  strategies,
  writeSelector,
} from './selectors.ts';

interface SelectorsFieldProps {
  readonly label: string;
  readonly optional?: string | undefined;
  readonly hint?: string | undefined;
  readonly value: readonly unknown[];
  readonly onValue: (value: readonly unknown[]) => void;
  readonly problems: readonly string[];
}

export function SelectorsField(props: SelectorsFieldProps) {
  return (
    <ListRows
      {...props}
      addLabel={t('selector.add')}
      nameOf={(number) => t('selector.number', { number })}
      newItem=""
    >
      {(item, onItem, name) => <SelectorRow value={item()} onValue={onItem} name={name} />}
    </ListRows>
  );
}

interface SelectorRowProps {
  readonly value: unknown;
  readonly onValue: (value: unknown) => void;
  readonly name: string;
}

function SelectorRow(props: SelectorRowProps) {
  const parts = () => readSelector(props.value);
  const change = (patch: Partial<SelectorParts>) =>
    props.onValue(writeSelector({ ...parts(), ...patch }));
  const choose = (value: string) => {
    const strategy = strategies.find((one) => one === value);
    if (strategy) change({ strategy });
  };
  return (
    <div class="flex flex-wrap items-center gap-1">
      <select
        class="control !w-28 shrink-0"
        aria-label={t('selector.strategyOf', { name: props.name })}
        value={parts().strategy}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <For each={strategies}>
          {(one) => <option value={one}>{t(`selector.strategy.${one}`)}</option>}
        </For>
      </select>
      <input
        class="control min-w-32 !w-auto grow basis-32 font-mono text-xs"
        aria-label={props.name}
        placeholder={t(`selector.example.${parts().strategy}`)}
        spellcheck={false}
        value={parts().text}
        onInput={(event) => change({ text: event.currentTarget.value })}
      />
      <Show when={parts().strategy === 'role'}>
        <input
          class="control min-w-28 !w-auto grow basis-28 font-mono text-xs"
          aria-label={t('selector.nameOf', { name: props.name })}
          placeholder={t('selector.accessibleName')}
          spellcheck={false}
          value={parts().name}
          onInput={(event) => change({ name: event.currentTarget.value })}
        />
      </Show>
      <Show when={mayBeExact(parts().strategy)}>
        <label class="flex h-8 items-center gap-1.5 px-1 text-xs text-ink-2">
          <input
            type="checkbox"
            class="size-4 accent-(--accent)"
            checked={parts().exact}
            onChange={(event) => change({ exact: event.currentTarget.checked })}
          />
          {t('selector.exact')}
        </label>
      </Show>
    </div>
  );
}
