/** A message that stays: a failure in words, or something worth knowing beforehand. */
import { CircleAlert, Info, TriangleAlert } from 'lucide-solid';
import { For, type JSX, Match, Show, Switch } from 'solid-js';
import type { Failure } from '../../../workspace/model/failure.ts';
import { explain } from '../shell/text.ts';

interface NoticeProps {
  readonly tone: 'bad' | 'warn' | 'plain';
  readonly title?: string;
  readonly children?: JSX.Element;
}

const tones = {
  bad: 'border-bad-line bg-bad-soft [&>svg]:text-bad',
  warn: 'border-transparent bg-warn-soft [&>svg]:text-warn',
  plain: 'border-line bg-sunken [&>svg]:text-ink-3',
};

export function Notice(props: NoticeProps) {
  return (
    <div
      role={props.tone === 'bad' ? 'alert' : 'note'}
      class={`flex gap-2.5 rounded-lg border px-3 py-2.5 [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0 ${tones[props.tone]}`}
    >
      <Switch fallback={<Info aria-hidden="true" />}>
        <Match when={props.tone === 'bad'}>
          <CircleAlert aria-hidden="true" />
        </Match>
        <Match when={props.tone === 'warn'}>
          <TriangleAlert aria-hidden="true" />
        </Match>
      </Switch>
      <div class="min-w-0 grow">
        <Show when={props.title}>
          <p class="font-semibold">{props.title}</p>
        </Show>
        <div class="text-ink-2">{props.children}</div>
      </div>
    </div>
  );
}

export function FailureNotice(props: {
  readonly failure: Failure;
  readonly children?: JSX.Element;
}) {
  const text = () => explain(props.failure);
  return (
    <Notice tone="bad" title={text().title}>
      <Show when={text().details.length > 0}>
        <ul class="my-1 max-h-40 list-disc overflow-y-auto pl-4">
          <For each={text().details}>{(line) => <li class="break-words">{line}</li>}</For>
        </ul>
      </Show>
      <p>{text().advice}</p>
      {props.children}
    </Notice>
  );
}

/** Under a screen's head: why what it lists could not be had. */
export function ListFailure(props: { readonly failure: Failure | null }) {
  return (
    <Show when={props.failure}>
      {(failure) => (
        <div class="px-6 pt-4">
          <FailureNotice failure={failure()} />
        </div>
      )}
    </Show>
  );
}
