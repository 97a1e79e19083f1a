/** What a screen says when it has nothing to show: why, and what to do about it. */
import { type JSX, Show } from 'solid-js';

interface EmptyStateProps {
  readonly title: string;
  readonly text: string;
  readonly picture?: JSX.Element;
  readonly children?: JSX.Element;
}

export function EmptyState(props: EmptyStateProps) {
  return (
    <div class="flex h-full flex-col items-center justify-center gap-1 p-8 text-center">
      <Show when={props.picture}>
        <div class="mb-3 flex size-12 items-center justify-center rounded-xl border border-line bg-surface text-accent-text [&_svg]:size-5">
          {props.picture}
        </div>
      </Show>
      <h2 class="text-lg font-semibold">{props.title}</h2>
      <p class="max-w-md text-base text-ink-2">{props.text}</p>
      <div class="mt-4 flex flex-wrap justify-center gap-2">{props.children}</div>
    </div>
  );
}
