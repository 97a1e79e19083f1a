/** The profiles that leave by a proxy; as one of a pool it is not counted here. */
import { For, Show } from 'solid-js';
import { useHost } from '../../shell/connection.ts';
import { profileOpening } from '../../shell/intents.ts';
import { createQuery } from '../../shell/query.ts';
import { show, t } from '../../shell/text.ts';

/** Names that are shown; of the others only how many there are. */
const shown = 20;

export function WhereUsed(props: { readonly proxy: string }) {
  const host = useHost();
  const query = createQuery(
    () => props.proxy,
    () => ['profiles'],
    (proxyId) => host.call('profiles.list', { filter: { proxyId }, limit: shown }),
  );
  const rows = () => query.value()?.rows ?? [];
  const others = () => (query.value()?.total ?? 0) - rows().length;
  return (
    <section class="flex flex-col gap-2 border-t border-line pt-5">
      <h3 class="text-base font-semibold">{t('proxies.usedBy')}</h3>
      <Show
        when={rows().length > 0}
        fallback={<p class="text-ink-3">{t('proxies.usedBy.nobody')}</p>}
      >
        <ul class="flex flex-wrap items-center gap-x-3 gap-y-1">
          <For each={rows()}>
            {(row) => (
              <li>
                <button
                  type="button"
                  class="text-accent-text underline-offset-2 hover:underline"
                  onClick={() => profileOpening.ask(row.id)}
                >
                  {row.name}
                </button>
              </li>
            )}
          </For>
          <Show when={others() > 0}>
            <li class="text-ink-3">+{show.number(others())}</li>
          </Show>
        </ul>
      </Show>
    </section>
  );
}
