/** Which step failed, where and why, with the picture of that moment. */
import { CircleX } from 'lucide-solid';
import { type JSX, Show } from 'solid-js';
import type { TaskFailure } from '../../../../workspace/model/run.ts';
import { t } from '../../shell/text.ts';
import { nameOfStep } from '../workflows/catalogue.ts';
import { Screenshot } from './Screenshot.tsx';
import type { StepEntry } from './timeline.ts';

interface FailurePanelProps {
  readonly failure: TaskFailure;
  readonly step: StepEntry | null;
}

export function FailurePanel(props: FailurePanelProps) {
  const stepName = () => {
    const { stepName: name = '', stepType = '' } = props.step ?? props.failure;
    return nameOfStep(name || stepType);
  };
  const picture = () => props.step?.screenshots.at(-1);
  return (
    <section
      aria-label={t('run.failure')}
      class="mx-6 my-4 flex gap-5 rounded-xl border border-bad-line bg-bad-soft p-4"
    >
      <div class="min-w-0 grow">
        <h2 class="flex items-center gap-2 text-base font-semibold text-bad">
          <CircleX class="size-4 shrink-0" aria-hidden="true" />
          {t(`taskFailure.${props.failure.reason}.title`)}
        </h2>
        <p class="mt-1 text-ink-2">{t(`taskFailure.${props.failure.reason}.advice`)}</p>
        <dl class="mt-3 grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1">
          <Fact name={t('run.failedStep')} value={stepName()} />
          <Fact name={t('run.failedAt')} value={props.failure.url ?? props.step?.url} mono />
          <Fact name={t('run.failedSelector')} value={props.failure.selector} mono />
          <Fact name={t('run.failedDetail')} value={props.failure.detail} mono />
        </dl>
      </div>
      <Show when={picture()}>
        {(shown) => (
          <Screenshot name={shown().name} image={shown().image} class="h-32 w-52 self-start" />
        )}
      </Show>
    </section>
  );
}

interface FactProps {
  readonly name: string;
  readonly value: JSX.Element;
  readonly mono?: boolean;
}

function Fact(props: FactProps) {
  return (
    <Show when={props.value}>
      <dt class="text-ink-3">{props.name}</dt>
      <dd
        class={`max-h-32 min-w-0 overflow-y-auto break-words whitespace-pre-wrap ${props.mono ? 'font-mono text-xs leading-5' : 'font-medium'}`}
      >
        {props.value}
      </dd>
    </Show>
  );
}
