/** What ran in one profile, the latest first; a run of many is told by what became of this one. */
import { Play } from 'lucide-solid';
import { For, Show } from 'solid-js';
import type { RunRow } from '../../../../workspace/model/run.ts';
import { Button } from '../../parts/Button.tsx';
import { FailureNotice } from '../../parts/Notice.tsx';
import { StatusBadge } from '../../parts/StatusBadge.tsx';
import { useHost } from '../../shell/connection.ts';
import { openRunDialog } from '../../shell/intents.ts';
import { createPagedRows } from '../../shell/pagedRows.ts';
import { routeHash } from '../../shell/route.ts';
import { show, t } from '../../shell/text.ts';

export function ProfileRuns(props: { readonly profile: string }) {
  const host = useHost();
  const list = createPagedRows(
    () => props.profile,
    ['runs'],
    (profile, page) => host.call('runs.list', { profile, ...page }),
  );
  const isMore = () => list.rows().length < (list.total() ?? 0);
  return (
    <>
      <Show when={list.failure()}>{(failure) => <FailureNotice failure={failure()} />}</Show>
      <Show
        when={list.total() !== 0}
        fallback={
          <div class="flex flex-col items-start gap-3">
            <p class="text-ink-2">{t('profile.runs.none')}</p>
            <Button
              small
              onClick={() => openRunDialog({ workflowId: null, profileIds: [props.profile] })}
            >
              <Play class="size-3.5" aria-hidden="true" />
              {t('profiles.runWorkflow')}
            </Button>
          </div>
        }
      >
        <table class="w-full border-collapse text-left">
          <caption class="sr-only">{t('nav.runs')}</caption>
          <thead class="border-b border-line text-xs text-ink-3">
            <tr>
              <th class="py-1.5 font-medium">{t('runs.column.workflow')}</th>
              <th class="py-1.5 pl-3 font-medium">{t('profile.runs.outcome')}</th>
              <th class="py-1.5 pl-3 text-right font-medium">{t('runs.column.started')}</th>
              <th class="py-1.5 pl-3 text-right font-medium">{t('runs.column.duration')}</th>
            </tr>
          </thead>
          <tbody class="tabular-nums">
            <For each={list.rows()}>{(run) => <Line run={run} />}</For>
          </tbody>
        </table>
        <Show when={isMore()}>
          <div>
            <Button small onClick={() => void list.reach(list.rows().length)}>
              {t('profile.runs.more')}
            </Button>
          </div>
        </Show>
      </Show>
    </>
  );
}

function Line(props: { readonly run: RunRow }) {
  /** Its own part of the run; until its turn comes there is only the run's beginning. */
  const own = () => props.run.own ?? props.run;
  const startedAt = () => own().startedAt ?? props.run.startedAt;
  return (
    <tr class="border-b border-line">
      <td class="max-w-0 w-full py-2">
        <a
          href={routeHash({ screen: 'run', id: props.run.id })}
          class="block truncate font-medium text-accent-text hover:underline"
        >
          {props.run.workflowName}
        </a>
      </td>
      <td class="py-2 pl-3">
        <StatusBadge status={own().status} />
      </td>
      <td
        class="py-2 pl-3 text-right whitespace-nowrap text-ink-2"
        title={show.dateTime(startedAt())}
      >
        {show.ago(startedAt())}
      </td>
      <td class="py-2 pl-3 text-right whitespace-nowrap text-ink-2">
        <Show when={own().finishedAt}>
          {(finishedAt) => show.duration(finishedAt() - startedAt())}
        </Show>
      </td>
    </tr>
  );
}
