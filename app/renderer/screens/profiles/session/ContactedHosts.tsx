/** Hosts that a profile's browser talked to, newest first; what was not let through is marked. */
import { Ban, Eraser } from 'lucide-solid';
import { For, Show } from 'solid-js';
import type { ContactedHost } from '../../../../../workspace/model/contactedHost.ts';
import { Button } from '../../../parts/Button.tsx';
import { confirm } from '../../../parts/confirm.tsx';
import { FailureNotice } from '../../../parts/Notice.tsx';
import { useHost } from '../../../shell/connection.ts';
import { createQuery } from '../../../shell/query.ts';
import { show, t, tOr } from '../../../shell/text.ts';
import { tellDone, tellFailure } from '../../../shell/toasts.tsx';

/** The newest say what goes on; the vault keeps more. */
const mostShown = 100;

export function ContactedHosts(props: { readonly profile: string }) {
  const host = useHost();
  const query = createQuery(
    () => props.profile,
    () => ['opened', 'runs'],
    (profile) => host.call('profiles.hosts', { profile }),
  );
  const hosts = () => query.value()?.hosts ?? [];
  const forget = async () => {
    const sure = await confirm({
      title: t('session.hosts.forget.title'),
      text: t('session.hosts.forget.text'),
      action: t('session.hosts.forget'),
    });
    if (!sure) return;
    const answer = await host.call('profiles.forgetHosts', { profile: props.profile });
    if (!answer.ok) return tellFailure(answer.failure);
    tellDone(t('session.hosts.forgotten'));
    await query.refresh();
  };
  return (
    <>
      <Show when={query.failure()}>{(failure) => <FailureNotice failure={failure()} />}</Show>
      <Show when={query.value()}>
        <Show
          when={hosts().length > 0}
          fallback={<p class="text-ink-2">{t('session.hosts.none')}</p>}
        >
          <table class="w-full border-collapse text-left">
            <caption class="sr-only">{t('session.hosts')}</caption>
            <thead class="border-b border-line text-xs text-ink-3">
              <tr>
                <th class="py-1.5 font-medium">{t('session.hosts.host')}</th>
                <th class="py-1.5 pl-3 text-right font-medium">{t('session.hosts.connections')}</th>
                <th class="py-1.5 pl-3 text-right font-medium">{t('session.hosts.last')}</th>
              </tr>
            </thead>
            <tbody class="tabular-nums">
              <For each={hosts().slice(0, mostShown)}>{(row) => <HostLine row={row} />}</For>
            </tbody>
          </table>
          <Show when={hosts().length > mostShown}>
            <p class="text-xs text-ink-3">
              {t('session.hosts.more', { count: hosts().length - mostShown })}
            </p>
          </Show>
          <div>
            <Button small onClick={() => void forget()}>
              <Eraser class="size-3.5" aria-hidden="true" />
              {t('session.hosts.forget')}
            </Button>
          </div>
        </Show>
      </Show>
    </>
  );
}

function HostLine(props: { readonly row: ContactedHost }) {
  const place = () => `${props.row.host}:${props.row.port}`;
  return (
    <tr class="border-b border-line align-top">
      <td class="max-w-0 w-full py-1.5">
        <span class="block truncate font-mono text-xs" title={place()}>
          {place()}
        </span>
        <Show when={props.row.blocked > 0}>
          <span class="mt-0.5 flex items-start gap-1.5 text-xs text-bad">
            <Ban class="mt-px size-3.5 shrink-0" aria-hidden="true" />
            <span>
              {t('session.hosts.blocked', { count: props.row.blocked })}
              <Show when={props.row.reason}>
                {(reason) => <> · {tOr(`hostBlock.${reason()}`, reason())}</>}
              </Show>
            </span>
          </span>
        </Show>
      </td>
      <td class="py-1.5 pl-3 text-right">{show.number(props.row.connections)}</td>
      <td class="py-1.5 pl-3 text-right whitespace-nowrap text-ink-2">
        {show.dateTime(props.row.lastAt)}
      </td>
    </tr>
  );
}
