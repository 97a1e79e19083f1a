/** The tasks of a run, one a profile. */

import { Show } from 'solid-js';
import type { TaskRow } from '../../../../workspace/model/run.ts';
import { StatusBadge } from '../../parts/StatusBadge.tsx';
import { VirtualList } from '../../parts/VirtualList.tsx';
import { show, t } from '../../shell/text.ts';
import { nameOfStep } from '../workflows/catalogue.ts';

interface TaskListProps {
  readonly tasks: readonly TaskRow[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
}

const rowHeight = 56;

export function TaskList(props: TaskListProps) {
  const move = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    const at = props.tasks.findIndex((task) => task.id === props.chosen);
    const next = props.tasks[at + by];
    if (by === 0 || !next) return;
    event.preventDefault();
    props.onChoose(next.id);
  };
  return (
    <nav class="flex w-64 shrink-0 flex-col border-r border-line" aria-label={t('run.tasks')}>
      <p class="flex h-12 shrink-0 items-center border-b border-line px-4 font-medium text-ink-2">
        {t('run.tasksCount', { count: props.tasks.length })}
      </p>
      <VirtualList
        class="min-h-0 grow py-1"
        count={props.tasks.length}
        rowHeight={rowHeight}
        onKeyDown={move}
      >
        {(index) => (
          <Show when={props.tasks[index]}>
            {(task) => (
              <button
                type="button"
                aria-current={task().id === props.chosen ? 'true' : undefined}
                class="mx-1.5 flex h-[3.375rem] w-[calc(100%-0.75rem)] flex-col justify-center gap-0.5 rounded-lg px-2.5 text-left transition-colors duration-75 hover:bg-hover aria-[current=true]:bg-active"
                onClick={() => props.onChoose(task().id)}
              >
                <span class="w-full truncate font-medium">{task().profileName}</span>
                <span class="flex w-full items-center gap-2 text-xs">
                  <StatusBadge status={task().status} />
                  <span class="truncate text-ink-3 tabular-nums">{progress(task())}</span>
                </span>
              </button>
            )}
          </Show>
        )}
      </VirtualList>
    </nav>
  );
}

function progress(task: TaskRow): string {
  if (task.startedAt === null) return '';
  if (task.finishedAt !== null) return show.duration(task.finishedAt - task.startedAt);
  return task.currentStep === null
    ? t('run.stepsDone', { count: task.stepsFinished })
    : nameOfStep(task.currentStep);
}
