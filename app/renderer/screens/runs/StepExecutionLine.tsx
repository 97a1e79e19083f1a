/** One execution of a step: outcome, name, what came of it, and its time as a bar. */

import { CircleCheck, CircleMinus, CircleX, LoaderCircle, SkipForward } from 'lucide-solid';
import { type Component, For, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { Cells } from '../../parts/Cells.tsx';
import { Chip } from '../../parts/Chip.tsx';
import { show, t } from '../../shell/text.ts';
import { kindTitle, nameOfStep } from '../workflows/catalogue.ts';
import { textOfValue } from '../workflows/fields/typedText.ts';
import { Screenshot } from './Screenshot.tsx';
import type { StepEntry } from './timeline.ts';

interface Look {
  readonly icon: Component;
  readonly color: string;
  readonly bar: string;
}

const looks: Record<StepEntry['outcome'], Look> = {
  running: {
    icon: LoaderCircle,
    color: 'text-accent-text [&_svg]:animate-spin',
    bar: 'bg-accent',
  },
  succeeded: { icon: CircleCheck, color: 'text-good', bar: 'bg-good-fill' },
  failed: { icon: CircleX, color: 'text-bad', bar: 'bg-bad-fill' },
  skipped: { icon: SkipForward, color: 'text-ink-3', bar: 'bg-idle-fill' },
  cancelled: { icon: CircleMinus, color: 'text-ink-3', bar: 'bg-idle-fill' },
};

interface StepExecutionLineProps {
  readonly entry: StepEntry;
  /** When the task started, and how long it took; the bar is drawn against both. */
  readonly start: number;
  readonly span: number;
  readonly now: number;
}

export function StepExecutionLine(props: StepExecutionLineProps) {
  const entry = () => props.entry;
  const look = () => looks[entry().outcome];
  return (
    <Cells
      role="listitem"
      class={`flex min-h-10 items-start gap-3 border-b border-line py-2 pr-6 pl-6 ${entry().outcome === 'failed' ? 'bg-bad-soft' : ''}`}
    >
      <div
        class="flex min-w-0 grow items-start gap-2.5"
        style={{ 'padding-left': `${entry().depth * 20}px` }}
      >
        <span class={`mt-0.5 shrink-0 [&_svg]:size-4 ${look().color}`}>
          <Dynamic component={look().icon} aria-hidden="true" />
          <span class="sr-only">{t(`run.outcome.${entry().outcome}`)}</span>
        </span>
        <div class="min-w-0 grow">
          <p class="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span class="font-medium">{nameOfStep(entry().stepName || entry().stepType)}</span>
            <Show when={entry().stepName && entry().stepName !== entry().stepType}>
              <span class="text-ink-3">{kindTitle(entry().stepType)}</span>
            </Show>
            <Badges entry={entry()} />
          </p>
          <Show when={entry().moved && entry().url}>
            <p class="truncate font-mono text-xs text-ink-3" title={entry().url ?? ''}>
              {entry().url}
            </p>
          </Show>
          <Show when={entry().failure}>
            {(failure) => (
              <p class="text-xs break-words text-bad">
                {t(`taskFailure.${failure().reason}.title`)}
              </p>
            )}
          </Show>
          <Extracted entry={entry()} />
        </div>
      </div>
      <For each={entry().screenshots}>
        {(picture) => <Screenshot name={picture.name} image={picture.image} class="h-9 w-14" />}
      </For>
      <Bar {...props} color={look().bar} />
      <span class="w-20 shrink-0 text-right whitespace-nowrap text-ink-2 tabular-nums">
        {show.duration(entry().duration ?? Math.max(0, props.now - entry().at))}
      </span>
    </Cells>
  );
}

function Badges(props: { readonly entry: StepEntry }) {
  return (
    <>
      <Show when={props.entry.iterations.length > 0}>
        <Chip>
          {t('run.iteration', {
            number: props.entry.iterations.map((index) => index + 1).join('.'),
          })}
        </Chip>
      </Show>
      <Show when={props.entry.attempts > 1}>
        <Chip tone="warn">{t('run.attempts', { count: props.entry.attempts })}</Chip>
      </Show>
      <Show when={props.entry.continued}>
        <Chip tone="warn">{t('run.continued')}</Chip>
      </Show>
      <Show when={props.entry.fallbackSelector}>
        {(selector) => <Chip tone="warn">{t('run.fallback', { selector: selector() })}</Chip>}
      </Show>
    </>
  );
}

/** Longer values are in the results. */
const shownLength = 200;

function Extracted(props: { readonly entry: StepEntry }) {
  return (
    <For each={props.entry.extracted}>
      {(data) => (
        <p class="truncate text-xs text-ink-2">
          <span class="text-ink-3">{data.name}</span>{' '}
          <span class="font-mono">{textOfValue(data.value).slice(0, shownLength)}</span>
        </p>
      )}
    </For>
  );
}

/** Percent; a step too short to see is still drawn. */
const thinnest = 1.5;

function Bar(props: StepExecutionLineProps & { readonly color: string }) {
  const percent = (milliseconds: number) =>
    Math.min(100, Math.max(0, (100 * milliseconds) / props.span));
  const left = () => Math.min(100 - thinnest, percent(props.entry.at - props.start));
  const width = () =>
    Math.max(
      thinnest,
      Math.min(100 - left(), percent(props.entry.duration ?? props.now - props.entry.at)),
    );
  return (
    <span
      class="relative mt-1.5 h-2 w-36 shrink-0 overflow-hidden rounded-full bg-active xl:w-56"
      aria-hidden="true"
    >
      <span
        class={`absolute inset-y-0 rounded-full ${props.color}`}
        style={{ left: `${left()}%`, width: `${width()}%` }}
      />
    </span>
  );
}
