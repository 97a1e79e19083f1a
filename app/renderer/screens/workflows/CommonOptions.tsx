/** What every step can be told: how long, how often, what then. */
import { ChevronRight } from 'lucide-solid';
import { type JSX, Show } from 'solid-js';
import type { Step } from '../../../../workspace/model/workflow.ts';
import { NumberField } from '../../parts/NumberField.tsx';
import { SelectField } from '../../parts/SelectField.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { Toggle } from '../../parts/Toggle.tsx';
import { t } from '../../shell/text.ts';

interface CommonOptionsProps {
  readonly step: Step;
  readonly onValue: (field: string, value: unknown) => void;
  readonly problems: (field: string) => readonly string[];
  /** The kind's own fields that are seldom used. */
  readonly children: JSX.Element;
}

interface Retries {
  readonly count: number;
  readonly delay?: number;
  readonly backoff?: number | string;
}

const isRetries = (value: unknown): value is Retries =>
  typeof value === 'object' && value !== null && 'count' in value;

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

export function CommonOptions(props: CommonOptionsProps) {
  const retries = (): Retries => {
    const given = props.step.retries;
    return isRetries(given) ? given : { count: 0 };
  };
  const setRetries = (patch: Partial<Retries>) => {
    const next = { ...retries(), ...patch };
    props.onValue('retries', next.count > 0 ? next : undefined);
  };
  return (
    <details class="group" open={props.step.retries !== undefined || props.step.note !== undefined}>
      <summary class="flex list-none items-center gap-1.5 rounded font-medium text-ink-2 select-none hover:text-ink">
        <ChevronRight
          class="size-3.5 transition-transform duration-100 group-open:rotate-90"
          aria-hidden="true"
        />
        {t('step.common.title')}
      </summary>
      <div class="mt-4 grid grid-cols-2 gap-x-3 gap-y-5">
        <NumberField
          label={t('step.common.timeout')}
          unit="ms"
          min={1}
          step={1}
          value={numberOf(props.step.timeout)}
          placeholder={t('step.common.timeout.default')}
          onValue={(value) => props.onValue('timeout', value ?? undefined)}
          problems={props.problems('timeout')}
        />
        <SelectField
          label={t('step.common.onError')}
          value={typeof props.step.onError === 'string' ? props.step.onError : 'stop'}
          choices={[
            { value: 'stop', label: t('step.common.onError.stop') },
            { value: 'continue', label: t('step.common.onError.continue') },
          ]}
          onValue={(value) => props.onValue('onError', value === 'stop' ? undefined : value)}
          problems={props.problems('onError')}
        />
        <NumberField
          label={t('step.common.retries')}
          min={0}
          step={1}
          value={retries().count}
          onValue={(count) => setRetries({ count: count ?? 0 })}
          problems={props.problems('retries')}
        />
        <Show when={retries().count > 0} fallback={<div />}>
          <NumberField
            label={t('step.common.delay')}
            unit="ms"
            min={0}
            step={1}
            value={retries().delay ?? null}
            onValue={(delay) => setRetries({ delay: delay ?? 0 })}
          />
        </Show>
        <SelectField
          label={t('step.common.screenshot')}
          value={typeof props.step.screenshot === 'string' ? props.step.screenshot : 'onError'}
          choices={[
            { value: 'never', label: t('step.common.screenshot.never') },
            { value: 'onError', label: t('step.common.screenshot.onError') },
            { value: 'always', label: t('step.common.screenshot.always') },
          ]}
          onValue={(value) => props.onValue('screenshot', value === 'onError' ? undefined : value)}
          problems={props.problems('screenshot')}
        />
        <div class="flex items-center pt-5">
          <Toggle
            label={t('step.common.disabled')}
            checked={props.step.disabled === true}
            onChecked={(disabled) => props.onValue('disabled', disabled || undefined)}
          />
        </div>
        <div class="col-span-2 flex flex-col gap-5 empty:hidden">{props.children}</div>
        <TextField
          class="col-span-2"
          label={t('step.common.note')}
          lines={2}
          value={typeof props.step.note === 'string' ? props.step.note : ''}
          onValue={(value) => props.onValue('note', value || undefined)}
          problems={props.problems('note')}
        />
      </div>
    </details>
  );
}
