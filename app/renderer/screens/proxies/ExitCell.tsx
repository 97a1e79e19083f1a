/** Where a proxy comes out, as far as the newest check on this device tells. */
import { LoaderCircle, RefreshCw } from 'lucide-solid';
import { Match, Show, Switch } from 'solid-js';
import type { ProxyRow } from '../../../../workspace/model/proxy.ts';
import { show, t } from '../../shell/text.ts';
import { ExitFound } from './ExitFound.tsx';

export function ExitCell(props: { readonly row: ProxyRow; readonly checking: boolean }) {
  return (
    <div class="flex min-w-0 items-center gap-2">
      <Switch fallback={<span class="text-ink-3">{t('proxies.notChecked')}</span>}>
        <Match when={props.checking}>
          <span class="inline-flex items-center gap-1.5 text-ink-2">
            <LoaderCircle class="size-3.5 motion-safe:animate-spin" aria-hidden="true" />
            {t('proxies.checking')}
          </span>
        </Match>
        <Match when={props.row.check}>
          {(check) => (
            <div class="min-w-0 leading-tight">
              <ExitFound check={check()} />
              <span class="block truncate text-xs text-ink-3">
                {t('proxies.checkedWhen', { ago: show.ago(check().at) })}
              </span>
            </div>
          )}
        </Match>
      </Switch>
      <Show when={props.row.changesExit}>
        <span
          class="ml-auto inline-flex shrink-0 items-center text-accent-text"
          title={t('proxies.exit.changes')}
        >
          <RefreshCw class="size-3.5" aria-hidden="true" />
          <span class="sr-only">{t('proxies.exit.changes')}</span>
        </span>
      </Show>
    </div>
  );
}
