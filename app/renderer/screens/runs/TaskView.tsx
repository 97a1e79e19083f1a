/** What happened in one task: why it failed first, then its timeline. */
import { createMemo, createSignal, onCleanup, Show } from 'solid-js';
import type { TaskRow } from '../../../../workspace/model/run.ts';
import { VirtualList } from '../../parts/VirtualList.tsx';
import { show, t } from '../../shell/text.ts';
import { FailurePanel } from './FailurePanel.tsx';
import { PageMessageLine } from './PageMessageLine.tsx';
import { StepExecutionLine } from './StepExecutionLine.tsx';
import { TimelineFilter } from './TimelineFilter.tsx';
import { type EntryKind, failedStep, spanOf, type TaskTimeline } from './timeline.ts';

interface TaskViewProps {
  readonly timeline: TaskTimeline | null;
  readonly task: TaskRow | null;
}

const estimatedHeight = 40;
/** Milliseconds between moves of the bars while a task runs. */
const tick = 200;

export function TaskView(props: TaskViewProps) {
  const [hidden, setHidden] = createSignal<ReadonlySet<EntryKind>>(new Set());
  const now = createClock(() => props.timeline?.status === 'running');
  const entries = createMemo(() =>
    (props.timeline?.entries ?? []).filter((entry) => !hidden().has(entry.kind)),
  );
  const span = () => (props.timeline ? spanOf(props.timeline, now()) : 1);
  const failure = () => props.timeline?.failure ?? props.task?.failure ?? null;
  return (
    <div class="flex min-h-0 grow flex-col">
      <TimelineFilter
        entries={props.timeline?.entries ?? []}
        hidden={hidden()}
        onHidden={setHidden}
        browser={props.timeline?.browser ?? null}
      />
      <VirtualList
        measured
        role="list"
        aria-label={t('run.timeline')}
        class="min-h-0 grow"
        count={entries().length}
        rowHeight={estimatedHeight}
        head={
          <>
            <Show when={failure()}>
              {(shown) => (
                <FailurePanel
                  failure={shown()}
                  step={props.timeline ? failedStep(props.timeline) : null}
                />
              )}
            </Show>
            <Show when={entries().length === 0}>
              <p class="px-6 py-10 text-center text-base text-ink-2">
                {props.timeline?.status === 'queued' ? t('run.waiting') : t('run.noEntries')}
              </p>
            </Show>
          </>
        }
      >
        {(index) => {
          const step = () => {
            const entry = entries()[index];
            return entry?.kind === 'step' ? entry : null;
          };
          const message = () => {
            const entry = entries()[index];
            return entry && entry.kind !== 'step' ? entry : null;
          };
          return (
            <>
              <Show when={step()}>
                {(entry) => (
                  <StepExecutionLine
                    entry={entry()}
                    start={props.timeline?.startedAt ?? entry().at}
                    span={span()}
                    now={now()}
                  />
                )}
              </Show>
              <Show when={message()}>{(entry) => <PageMessageLine entry={entry()} />}</Show>
            </>
          );
        }}
      </VirtualList>
      <Show when={props.timeline?.finishedAt}>
        <p class="border-t border-line px-6 py-2 text-xs text-ink-3 tabular-nums">
          {t('run.taskTook', { duration: show.duration(span()) })}
        </p>
      </Show>
    </div>
  );
}

/** The time, moving only while `running`. */
function createClock(running: () => boolean): () => number {
  const [now, setNow] = createSignal(Date.now());
  const timer = setInterval(() => running() && setNow(Date.now()), tick);
  onCleanup(() => clearInterval(timer));
  return now;
}
