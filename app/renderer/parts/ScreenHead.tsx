/** The top of a screen: its name, how much it holds, and what can be done. */
import { type JSX, Show } from 'solid-js';
import { show } from '../shell/text.ts';

interface ScreenHeadProps {
  readonly title: string;
  readonly count?: number | null;
  readonly children?: JSX.Element;
}

export function ScreenHead(props: ScreenHeadProps) {
  return (
    <header class="no-print flex min-h-14 shrink-0 flex-wrap items-center gap-2 border-b border-line px-6 py-3">
      <h1 class="mr-auto flex items-baseline gap-2 text-lg font-semibold tracking-tight">
        {props.title}
        <Show when={props.count}>
          {(count) => (
            <span class="text-sm font-normal text-ink-3 tabular-nums">{show.number(count())}</span>
          )}
        </Show>
      </h1>
      {props.children}
    </header>
  );
}
