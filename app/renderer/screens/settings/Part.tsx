/** A titled box of settings. */
import type { JSX } from 'solid-js';

export function Part(props: { readonly title: string; readonly children: JSX.Element }) {
  return (
    <section>
      <h2 class="mb-3 text-base font-semibold">{props.title}</h2>
      <div class="flex flex-col gap-5 rounded-xl border border-line bg-surface p-5">
        {props.children}
      </div>
    </section>
  );
}

interface LineProps {
  readonly title: string;
  readonly text: string;
  readonly children: JSX.Element;
}

/** What can be done, in words, with its button at the end of the line. */
export function Line(props: LineProps) {
  return (
    <div class="flex items-center justify-between gap-6">
      <div class="min-w-0">
        <p class="font-medium text-ink-2">{props.title}</p>
        <p class="text-xs text-ink-3">{props.text}</p>
      </div>
      <div class="flex shrink-0 gap-2">{props.children}</div>
    </div>
  );
}
