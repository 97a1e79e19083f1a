/** Asks which way round lines are that make sense both ways, by what the first of them would be. */
import { For, Show } from 'solid-js';
import type { ProxyLineRow } from '../../../ipc/contract.ts';
import { t } from '../../shell/text.ts';

export type Order = 'hostFirst' | 'userFirst';

interface OrderChoiceProps {
  readonly line: ProxyLineRow;
  readonly value: Order | null;
  readonly onValue: (value: Order) => void;
}

export function OrderChoice(props: OrderChoiceProps) {
  const reading = (order: Order) =>
    order === 'hostFirst' ? props.line.address : props.line.otherwise;
  return (
    <fieldset class="rounded-lg bg-warn-soft px-3 py-2.5">
      <legend class="sr-only">{t('proxies.order')}</legend>
      <p class="font-semibold" aria-hidden="true">
        {t('proxies.order')}
      </p>
      <p class="text-ink-2">{t('proxies.order.text', { line: props.line.line })}</p>
      <div class="mt-2 grid grid-cols-2 gap-2">
        <For each={['hostFirst', 'userFirst'] as const}>
          {(order) => (
            <label class="flex min-w-0 items-start gap-2 rounded-md border border-line-strong bg-surface px-2.5 py-2 has-checked:border-accent">
              <input
                type="radio"
                name="proxy-line-order"
                class="mt-0.5 size-4 shrink-0 accent-(--accent)"
                checked={props.value === order}
                onChange={() => props.onValue(order)}
              />
              <span class="min-w-0">
                <span class="block font-medium">{t(`proxies.order.${order}`)}</span>
                <Show when={reading(order)}>
                  {(address) => (
                    <span class="block truncate font-mono text-xs text-ink-2">{address()}</span>
                  )}
                </Show>
              </span>
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
}
