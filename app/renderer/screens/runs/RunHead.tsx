/** The top of a run: what runs, how far it is, and how to stop or repeat it. */
import { ArrowLeft, RotateCcw, Square } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import type { RunDetail, TaskRow } from '../../../../workspace/model/run.ts';
import { Button } from '../../parts/Button.tsx';
import { StatusBadge } from '../../parts/StatusBadge.tsx';
import { useHost } from '../../shell/connection.ts';
import { openRunDialog } from '../../shell/intents.ts';
import { routeHash } from '../../shell/route.ts';
import { navigate } from '../../shell/router.ts';
import { show, t } from '../../shell/text.ts';
import { tellFailure } from '../../shell/toasts.tsx';
import { RunProgress } from './RunProgress.tsx';

const isDone = ({ status }: TaskRow): boolean => status === 'succeeded';

interface RunHeadProps {
  readonly run: RunDetail;
  readonly onCancel: () => Promise<void>;
}

export function RunHead(props: RunHeadProps) {
  const host = useHost();
  const [cancelling, setCancelling] = createSignal(false);
  const [retrying, setRetrying] = createSignal(false);
  const again = () =>
    openRunDialog({
      workflowId: props.run.workflowId,
      profileIds: props.run.taskRows.map((task) => task.profileId),
    });
  /** Otherwise it is the same as running all of it again. */
  const isMixed = () => new Set(props.run.taskRows.map(isDone)).size === 2;
  const retry = async () => {
    setRetrying(true);
    const answer = await host.call('runs.retry', { run: props.run.id });
    setRetrying(false);
    if (!answer.ok) return tellFailure(answer.failure);
    navigate({ screen: 'run', id: answer.value.id });
  };
  return (
    <header class="flex min-h-14 shrink-0 items-center gap-2 border-b border-line px-4 py-3">
      <a
        href={routeHash({ screen: 'runs' })}
        aria-label={t('run.backToList')}
        title={t('run.backToList')}
        class="inline-flex size-7 shrink-0 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
      >
        <ArrowLeft class="size-4" aria-hidden="true" />
      </a>
      <h1 class="min-w-0 truncate text-lg font-semibold tracking-tight">
        {props.run.workflowName}
      </h1>
      <span class="mx-2" role="status">
        <StatusBadge status={props.run.status} />
      </span>
      <RunProgress run={props.run} />
      <span class="mr-auto truncate pl-3 text-ink-3 tabular-nums">
        {show.dateTime(props.run.startedAt)}
        <Show when={props.run.finishedAt}>
          {(finishedAt) => ` · ${show.duration(finishedAt() - props.run.startedAt)}`}
        </Show>
      </span>
      <Show
        when={props.run.finishedAt === null}
        fallback={
          <>
            <Show when={isMixed()}>
              <Button busy={retrying()} onClick={() => void retry()}>
                {t('run.retryFailed')}
              </Button>
            </Show>
            <Button onClick={again}>
              <RotateCcw class="size-3.5" aria-hidden="true" />
              {t('run.again')}
            </Button>
          </>
        }
      >
        <Button
          look="danger"
          busy={cancelling()}
          onClick={async () => {
            setCancelling(true);
            await props.onCancel();
            setCancelling(false);
          }}
        >
          <Square class="size-3" aria-hidden="true" />
          {t('run.cancel')}
        </Button>
      </Show>
    </header>
  );
}
