/** What checks of one proxy found, newest first, with a way to ask again and to change its exit. */
import { Globe, RefreshCw } from 'lucide-solid';
import { For, Show } from 'solid-js';
import type { ShownProxy } from '../../../../workspace/model/proxy.ts';
import { Button } from '../../parts/Button.tsx';
import { FailureNotice } from '../../parts/Notice.tsx';
import { useHost } from '../../shell/connection.ts';
import { createQuery } from '../../shell/query.ts';
import { show, t } from '../../shell/text.ts';
import { ExitFound } from './ExitFound.tsx';
import type { ProxyWork } from './proxyWork.ts';

interface CheckHistoryProps {
  readonly proxy: ShownProxy;
  readonly work: ProxyWork;
}

export function CheckHistory(props: CheckHistoryProps) {
  const host = useHost();
  const query = createQuery(
    () => props.proxy.id,
    () => ['proxies'],
    (proxy) => host.call('proxies.checks', { proxy }),
  );
  const checks = () => query.value()?.checks ?? [];
  const busy = () => props.work.checking().has(props.proxy.id);
  return (
    <section class="flex flex-col gap-3 border-t border-line pt-5">
      <div>
        <h3 class="text-base font-semibold">{t('proxies.checks')}</h3>
        <p class="text-ink-3">{t('proxies.checks.text')}</p>
      </div>
      <div class="flex flex-wrap gap-2">
        <Button
          small
          busy={busy()}
          disabled={props.work.checking().size > 0}
          onClick={() => void props.work.check([props.proxy.id])}
        >
          <Show when={!busy()}>
            <Globe class="size-3.5" aria-hidden="true" />
          </Show>
          {busy() ? t('proxies.checking') : t('proxies.checkNow')}
        </Button>
        <Show when={busy()}>
          <Button small onClick={props.work.stopChecking}>
            {t('proxies.checkStop')}
          </Button>
        </Show>
        <Show when={props.proxy.changeIpUrl}>
          <Button
            small
            busy={props.work.changing() === props.proxy.id}
            onClick={() => void props.work.changeExit(props.proxy.id)}
          >
            <RefreshCw class="size-3.5" aria-hidden="true" />
            {t('proxies.changeExit')}
          </Button>
        </Show>
      </div>
      <Show when={query.failure()}>{(failure) => <FailureNotice failure={failure()} />}</Show>
      <Show when={query.value()}>
        <ul class="flex flex-col" aria-label={t('proxies.checks')}>
          <For each={checks()} fallback={<li class="text-ink-2">{t('proxies.checks.none')}</li>}>
            {(check) => (
              <li class="grid grid-cols-[8.5rem_minmax(0,1fr)] gap-3 border-b border-line py-1.5">
                <span class="text-ink-3 tabular-nums">{show.dateTime(check.at)}</span>
                <ExitFound check={check} />
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}
