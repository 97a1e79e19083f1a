/** A picture for each kind of step; kinds added later get their group's. */
import {
  ArrowDownUp,
  ArrowLeftRight,
  Bookmark,
  Camera,
  CircleDot,
  CloudDownload,
  Code,
  Compass,
  Globe,
  History,
  Hourglass,
  Keyboard,
  LifeBuoy,
  Link,
  ListChecks,
  MessageSquare,
  MousePointer2,
  MousePointerClick,
  Move,
  PencilLine,
  Repeat,
  ScanText,
  ShieldCheck,
  Split,
  SquareCheck,
  SquarePlus,
  SquareX,
  Table,
  Timer,
  Type,
} from 'lucide-solid';
import type { Component } from 'solid-js';
import { Dynamic } from 'solid-js/web';

type Icon = Component<{ class?: string; 'aria-hidden'?: 'true' }>;

const icons: Readonly<Record<string, Icon>> = {
  navigate: Compass,
  history: History,
  newPage: SquarePlus,
  switchPage: ArrowLeftRight,
  closePage: SquareX,
  click: MousePointerClick,
  hover: MousePointer2,
  fill: PencilLine,
  pressSequentially: Type,
  press: Keyboard,
  selectOption: ListChecks,
  check: SquareCheck,
  dragTo: Move,
  scroll: ArrowDownUp,
  handleDialog: MessageSquare,
  waitForElement: Hourglass,
  waitForURL: Link,
  waitForResponse: CloudDownload,
  waitForExpression: Hourglass,
  delay: Timer,
  assert: ShieldCheck,
  extract: ScanText,
  extractTable: Table,
  screenshot: Camera,
  setVariable: Bookmark,
  if: Split,
  loop: Repeat,
  tryCatch: LifeBuoy,
  runScript: Code,
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
