/** Who a proxy is used as; of a password only that there is one. */
import { Show } from 'solid-js';
import { t } from '../../shell/text.ts';

export function Login(props: { readonly username: string; readonly hasPassword: boolean }) {
  return (
    <Show
      when={props.username || props.hasPassword}
      fallback={<span class="text-ink-3">{t('proxies.noLogin')}</span>}
    >
      <span class="flex min-w-0 items-baseline gap-1.5">
        <span class="truncate">{props.username}</span>
        <Show when={props.hasPassword}>
          <span class="shrink-0 text-ink-3" aria-hidden="true">
            ••••
          </span>
          <span class="sr-only">{t('proxies.withPassword')}</span>
        </Show>
      </span>
    </Show>
  );
}
