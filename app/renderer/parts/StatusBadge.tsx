/** A run's or task's status: a word with a mark whose shape differs as well as its colour. */
import { Ban, CircleCheck, CircleDashed, CircleX, LoaderCircle, Unplug } from 'lucide-solid';
import type { Component } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { RunStatus } from '../../../workspace/model/run.ts';
import { t } from '../shell/text.ts';

interface Look {
  readonly icon: Component<{ class?: string; 'aria-hidden'?: 'true' }>;
  readonly color: string;
}

const looks: Record<RunStatus, Look> = {
  queued: { icon: CircleDashed, color: 'text-ink-3' },
  running: { icon: LoaderCircle, color: 'text-accent-text [&_svg]:animate-spin' },
  succeeded: { icon: CircleCheck, color: 'text-good' },
  failed: { icon: CircleX, color: 'text-bad' },
  cancelled: { icon: Ban, color: 'text-ink-2' },
  interrupted: { icon: Unplug, color: 'text-warn' },
};

export const isRunStatus = (status: string): status is RunStatus => Object.hasOwn(looks, status);

export function StatusBadge(props: { readonly status: RunStatus }) {
  return (
    <span
      class={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${looks[props.status].color}`}
    >
      <Dynamic component={looks[props.status].icon} class="size-3.5" aria-hidden="true" />
      {t(`runStatus.${props.status}`)}
    </span>
  );
}
