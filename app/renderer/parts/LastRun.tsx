/** When something last ran, and how it ended. */
import { CircleCheck, CircleX, Clock } from 'lucide-solid';
import { Match, Show, Switch } from 'solid-js';
import { show, t } from '../shell/text.ts';
import { isRunStatus } from './StatusBadge.tsx';

interface LastRunProps {
  readonly at: number | null;
  readonly outcome: string | null;
}

export function LastRun(props: LastRunProps) {
  const word = () => {
    const outcome = props.outcome;
    return outcome && isRunStatus(outcome) ? t(`runStatus.${outcome}`) : undefined;
  };
  return (
    <Show when={props.at} fallback={<span class="text-ink-3">{t('common.never')}</span>}>
      {(at) => (
        <span class="inline-flex items-center gap-1.5 align-middle text-ink-2" title={word()}>
          <Switch fallback={<Clock class="size-3.5 text-ink-3" aria-hidden="true" />}>
            <Match when={props.outcome === 'succeeded'}>
              <CircleCheck class="size-3.5 text-good" aria-hidden="true" />
            </Match>
            <Match when={props.outcome === 'failed'}>
              <CircleX class="size-3.5 text-bad" aria-hidden="true" />
            </Match>
          </Switch>
          <span class="sr-only">{word()}</span>
          <span class="tabular-nums">{show.ago(at())}</span>
        </span>
      )}
    </Show>
  );
}
