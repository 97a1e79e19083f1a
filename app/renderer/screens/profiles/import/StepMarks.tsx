/** Which steps there are, and which one this is. */
import { createEffect, For, on } from 'solid-js';
import { t } from '../../../shell/text.ts';
import type { Step } from './createImport.ts';

interface StepMarksProps {
  readonly step: Step;
  /** Some files say by themselves what is what. */
  readonly needsMapping: boolean;
  readonly running: boolean;
}

const steps: readonly Step[] = ['source', 'mapping', 'preview', 'report'];

export function StepMarks(props: StepMarksProps) {
  const shown = () => steps.filter((step) => step !== 'mapping' || props.needsMapping);
  let list: HTMLOListElement | undefined;
  // The button that was pressed is gone: whoever listens or types goes on from the new step's name.
  createEffect(
    on(
      () => [props.step, props.running],
      () => list?.querySelector<HTMLElement>('[aria-current]')?.focus(),
      { defer: true },
    ),
  );
  return (
    <ol
      ref={(element) => {
        list = element;
      }}
      class="flex flex-wrap gap-x-1 gap-y-1"
      aria-label={t('import.steps')}
    >
      <For each={shown()}>
        {(step, index) => {
          const isCurrent = () => step === props.step;
          return (
            <li
              class={`flex items-center gap-2 rounded-md px-2 py-1 outline-none ${isCurrent() ? 'bg-accent-soft font-semibold text-ink' : 'text-ink-3'}`}
              aria-current={isCurrent() ? 'step' : undefined}
              tabIndex={isCurrent() ? -1 : undefined}
            >
              <span class="tabular-nums" aria-hidden="true">
                {index() + 1}
              </span>
              {t(`import.step.${step}`)}
            </li>
          );
        }}
      </For>
    </ol>
  );
}
