/** The mark of how it is with other devices; its shape differs as well as its colour. */
import { CircleCheck, HardDrive, LoaderCircle, TriangleAlert } from 'lucide-solid';
import type { Component } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { SyncMood } from './syncSummary.ts';

const marks: Record<SyncMood, Component<{ class?: string; 'aria-hidden'?: 'true' }>> = {
  quiet: HardDrive,
  good: CircleCheck,
  busy: LoaderCircle,
  bad: TriangleAlert,
};
const colours: Record<SyncMood, string> = {
  quiet: 'text-ink-3',
  good: 'text-good',
  busy: 'text-accent-text motion-safe:animate-spin',
  bad: 'text-warn',
};

export function SyncMark(props: { readonly mood: SyncMood; readonly class?: string }) {
  return (
    <Dynamic
      component={marks[props.mood]}
      class={`size-3.5 shrink-0 ${colours[props.mood]} ${props.class ?? ''}`}
      aria-hidden="true"
    />
  );
}
