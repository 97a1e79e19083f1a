/** One run: its tasks on the left, what happened in the chosen one on the right. */
import { createMemo, createSignal, Match, Show, Switch } from 'solid-js';
import { Button } from '../../parts/Button.tsx';
import { FailureNotice } from '../../parts/Notice.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { useHost } from '../../shell/connection.ts';
import { createQuery } from '../../shell/query.ts';
import { navigate } from '../../shell/router.ts';
import { t } from '../../shell/text.ts';
import { tellFailure } from '../../shell/toasts.tsx';
import { ResultsView } from './ResultsView.tsx';
import { RunHead } from './RunHead.tsx';
import { watchRun } from './runEvents.ts';
import { TaskList } from './TaskList.tsx';
import { TaskView } from './TaskView.tsx';
import { buildTimelines } from './timeline.ts';

export default function RunScreen(props: { readonly id: string }) {
  const host = useHost();
  const run = createQuery(
    () => props.id,
    (id) => ['runs', `run:${id}`],
    (id) => host.call('runs.get', { run: id }),
  );
  const watched = watchRun(props.id);
  const timelines = createMemo(() => buildTimelines(watched.events()));
  const [chosen, setChosen] = createSignal<string | null>(null);
  const [view, setView] = createSignal<'timeline' | 'results'>('timeline');

  /** The chosen task, else the first that failed, else the first. */
  const taskId = createMemo(() => {
    const rows = run.value()?.taskRows ?? [];
    const first = rows.find((row) => row.status === 'failed') ?? rows[0];
    return chosen() ?? first?.id ?? null;
  });
  const task = () => run.value()?.taskRows.find((row) => row.id === taskId()) ?? null;

  const cancel = async () => {
    const answer = await host.call('runs.cancel', { run: props.id });
    if (!answer.ok) tellFailure(answer.failure);
    await run.refresh();
  };

  return (
    <Switch>
      <Match when={run.failure() && !run.value() ? run.failure() : null}>
        {(failure) => (
          <div class="p-6">
            <FailureNotice failure={failure()}>
              <Button class="mt-3" onClick={() => navigate({ screen: 'runs' })}>
                {t('run.backToList')}
              </Button>
            </FailureNotice>
          </div>
        )}
      </Match>
      <Match when={run.value()}>
        {(detail) => (
          <div class="flex h-full flex-col">
            <RunHead run={detail()} onCancel={cancel} />
            <div class="flex min-h-0 grow">
              <Show when={view() === 'timeline'}>
                <TaskList tasks={detail().taskRows} chosen={taskId()} onChoose={setChosen} />
              </Show>
              <div class="flex min-h-0 min-w-0 grow flex-col">
                <div class="flex h-12 shrink-0 items-center justify-between gap-3 border-b border-line px-6">
                  <span class="truncate text-base font-semibold">
                    {view() === 'timeline' ? task()?.profileName : t('run.results')}
                  </span>
                  <Segments
                    label={t('run.view')}
                    value={view()}
                    choices={[
                      { value: 'timeline', label: t('run.timeline') },
                      { value: 'results', label: t('run.results') },
                    ]}
                    onValue={setView}
                  />
                </div>
                <Show
                  when={view() === 'timeline'}
                  fallback={<ResultsView runId={props.id} running={detail().finishedAt === null} />}
                >
                  <Show keyed when={taskId()}>
                    {(id) => <TaskView timeline={timelines().get(id) ?? null} task={task()} />}
                  </Show>
                </Show>
              </div>
            </div>
          </div>
        )}
      </Match>
    </Switch>
  );
}
