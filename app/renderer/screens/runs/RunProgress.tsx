/** How many of a run's tasks went well, badly, or are still to come. */
import type { RunRow } from '../../../../workspace/model/run.ts';
import { t } from '../../shell/text.ts';

export function RunProgress(props: { readonly run: RunRow }) {
  // A run that is over has no task to come, whatever became of them.
  const done = () =>
    props.run.finishedAt === null ? props.run.succeeded + props.run.failed : props.run.tasks;
  const share = (count: number) => `${(100 * count) / Math.max(1, props.run.tasks)}%`;
  return (
    <span class="flex items-center gap-3">
      <span
        role="progressbar"
        aria-label={t('runs.column.progress')}
        aria-valuemin="0"
        aria-valuemax={props.run.tasks}
        aria-valuenow={done()}
        class="flex h-1.5 w-24 shrink-0 overflow-hidden rounded-full bg-active"
      >
        <span
          class="bg-good-fill transition-[width] duration-150"
          style={{ width: share(props.run.succeeded) }}
        />
        <span
          class="bg-bad-fill transition-[width] duration-150"
          style={{ width: share(props.run.failed) }}
        />
      </span>
      <span class="truncate text-ink-2 tabular-nums">
        {t('runs.done', { done: done(), count: props.run.tasks })}
      </span>
    </span>
  );
}
