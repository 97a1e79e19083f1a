/** A picture for each kind of step; kinds added later get their group's. */
import {
  Bookmark,
  Camera,
  CircleDot,
  Compass,
  Globe,
  Hourglass,
  Keyboard,
  ListChecks,
  MousePointerClick,
  PencilLine,
  Repeat,
  ScanText,
  ShieldCheck,
  Split,
} from 'lucide-solid';
import type { Component } from 'solid-js';
import { Dynamic } from 'solid-js/web';

type Icon = Component<{ class?: string; 'aria-hidden'?: 'true' }>;

const icons: Readonly<Record<string, Icon>> = {
  navigate: Compass,
  click: MousePointerClick,
  fill: PencilLine,
  press: Keyboard,
  selectOption: ListChecks,
  waitForElement: Hourglass,
  assert: ShieldCheck,
  extract: ScanText,
  screenshot: Camera,
  setVariable: Bookmark,
  if: Split,
  loop: Repeat,
  httpRequest: Globe,
};

export function KindIcon(props: { readonly type: string; readonly large?: boolean }) {
  return (
    <span
      class={`flex shrink-0 items-center justify-center bg-accent-soft text-accent-text ${props.large ? 'size-9 rounded-lg' : 'size-6 rounded-md'}`}
    >
      <Dynamic
        component={icons[props.type] ?? CircleDot}
        class={props.large ? 'size-4.5' : 'size-3.5'}
        aria-hidden="true"
      />
    </span>
  );
}
