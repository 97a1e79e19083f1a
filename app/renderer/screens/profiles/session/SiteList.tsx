/** Sites with what they left in a profile's session, and a way to forget one. */
import { Eraser } from 'lucide-solid';
import { For, Show } from 'solid-js';
import type { SiteRow } from '../../../../ipc/contract.ts';
import { IconButton } from '../../../parts/Button.tsx';
import { confirm } from '../../../parts/confirm.tsx';
import { FailureNotice } from '../../../parts/Notice.tsx';
import { useHost } from '../../../shell/connection.ts';
import { createQuery } from '../../../shell/query.ts';
import { show, t } from '../../../shell/text.ts';
import { tellDone, tellFailure } from '../../../shell/toasts.tsx';

/** Those with the most come first; a session with more is looked at as a file. */
const mostShown = 200;

interface SiteListProps {
  readonly profile: string;
  /** While its browser is open, what is kept is not to be changed. */
  readonly locked: boolean;
}

export function SiteList(props: SiteListProps) {
  const host = useHost();
  const query = createQuery(
    () => props.profile,
    () => ['profiles', 'opened'],
    (profile) => host.call('profiles.sites', { profile }),
  );
  const sites = () => query.value()?.sites ?? [];

  const clear = async ({ site }: SiteRow) => {
    const sure = await confirm({
      title: t('session.clear.title', { site }),
      text: t('session.clear.text'),
      action: t('session.clear.action'),
    });
    if (!sure) return;
    const answer = await host.call('profiles.clearSite', { profile: props.profile, site });
    if (!answer.ok) return tellFailure(answer.failure);
    await query.refresh();
    tellDone(t('session.cleared', { site }));
  };

  return (
    <>
      <Show when={query.failure()}>{(failure) => <FailureNotice failure={failure()} />}</Show>
      <Show when={query.value()}>
        <Show
          when={sites().length > 0}
          fallback={
            <Show when={!props.locked}>
              <p class="text-ink-2">{t('session.sites.none')}</p>
            </Show>
          }
        >
          <table class="w-full border-collapse text-left">
            <caption class="sr-only">{t('session.sites')}</caption>
            <thead class="border-b border-line text-xs text-ink-3">
              <tr>
                <th class="py-1.5 font-medium">{t('session.sites.site')}</th>
                <th class="py-1.5 pl-3 text-right font-medium">{t('session.sites.cookies')}</th>
                <th class="py-1.5 pl-3 text-right font-medium">{t('session.sites.storage')}</th>
                <td class="w-9" />
              </tr>
            </thead>
            <tbody class="tabular-nums">
              <For each={sites().slice(0, mostShown)}>
                {(row) => (
                  <tr class="border-b border-line">
                    <td class="max-w-0 w-full truncate" title={row.site}>
                      {row.site}
                    </td>
                    <td class="pl-3 text-right">{show.number(row.cookies)}</td>
                    <td class="pl-3 text-right whitespace-nowrap">{show.bytes(row.storage)}</td>
                    <td class="py-1 pl-2 text-right">
                      <IconButton
                        label={t('session.clear', { site: row.site })}
                        disabled={props.locked}
                        onClick={() => void clear(row)}
                      >
                        <Eraser aria-hidden="true" />
                      </IconButton>
                    </td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
          <Show when={sites().length > mostShown}>
            <p class="text-xs text-ink-3">
              {t('session.more', { count: sites().length - mostShown })}
            </p>
          </Show>
        </Show>
      </Show>
    </>
  );
}
