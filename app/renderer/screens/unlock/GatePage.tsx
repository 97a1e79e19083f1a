/** The page around everything that happens before the vault is open: one card, one thing to do. */
import { type JSX, Show } from 'solid-js';
import { Mark } from '../../parts/Mark.tsx';

interface GatePageProps {
  readonly title: string;
  readonly text?: JSX.Element;
  readonly wide?: boolean;
  /** "Step 2 of 4". */
  readonly progress?: { readonly at: number; readonly of: number; readonly label: string };
  readonly children: JSX.Element;
  readonly foot?: JSX.Element;
}

export function GatePage(props: GatePageProps) {
  return (
    <main class="flex h-full flex-col items-center overflow-y-auto bg-canvas px-4 py-10">
      <div class={`my-auto w-full ${props.wide ? 'max-w-176' : 'max-w-100'}`}>
        <div class="no-print mb-6 flex items-center justify-between">
          <div class="flex items-center gap-2.5">
            <Mark class="size-8" />
            <span class="text-lg font-semibold tracking-tight">Warren</span>
          </div>
          <Show when={props.progress}>{(progress) => <Steps {...progress()} />}</Show>
        </div>
        <section class="enter rounded-2xl border border-line bg-surface p-7">
          <h1 class="text-xl font-semibold tracking-tight">{props.title}</h1>
          <Show when={props.text}>
            <div class="mt-1.5 text-base text-ink-2">{props.text}</div>
          </Show>
          <div class="mt-5">{props.children}</div>
        </section>
        <Show when={props.foot}>
          <div class="no-print mt-4 px-1 text-xs break-words text-ink-3">{props.foot}</div>
        </Show>
      </div>
    </main>
  );
}

function Steps(props: { readonly at: number; readonly of: number; readonly label: string }) {
  return (
    <div class="flex items-center gap-1.5" role="img" aria-label={props.label}>
      {Array.from({ length: props.of }, (_, index) => (
        <span
          class={`h-1.5 rounded-full transition-all duration-150 ${index + 1 === props.at ? 'w-5 bg-accent' : index + 1 < props.at ? 'w-1.5 bg-accent' : 'w-1.5 bg-line-strong'}`}
        />
      ))}
    </div>
  );
}
