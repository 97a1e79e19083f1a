/** What pasted lines were read as, line by line, without their passwords. */
import { CircleCheck, CircleDashed, CircleQuestionMark, CircleX } from 'lucide-solid';
import { type Component, For, Match, Show, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { ProxyLineRow, ProxyLinesReport } from '../../../ipc/contract.ts';
import { Cells } from '../../parts/Cells.tsx';
import { VirtualList } from '../../parts/VirtualList.tsx';
import { show, t, tOr } from '../../shell/text.ts';
import { Login } from './Login.tsx';

type State = ProxyLineRow['state'];

interface Look {
  readonly icon: Component<{ class?: string; 'aria-hidden'?: 'true' }>;
  readonly color: string;
}

const looks: Record<State, Look> = {
  read: { icon: CircleCheck, color: 'text-good' },
  known: { icon: CircleDashed, color: 'text-ink-3' },
  ambiguous: { icon: CircleQuestionMark, color: 'text-warn' },
  refused: { icon: CircleX, color: 'text-bad' },
};
const states = ['read', 'known', 'ambiguous', 'refused'] as const;

const columns =
  'grid grid-cols-[2.5rem_9.5rem_minmax(0,1.4fr)_minmax(0,1fr)] items-center gap-3 px-3';
const rowHeight = 32;

export function LinesPreview(props: {
  readonly report: ProxyLinesReport;
  readonly current: boolean;
  /** Leaves room for a question above it. */
  readonly short: boolean;
}) {
  const total = () => states.reduce((sum, state) => sum + props.report[state], 0);
  return (
    <section class={props.current ? '' : 'opacity-60'} aria-busy={!props.current}>
      <p class="mb-1.5 flex flex-wrap gap-x-4 gap-y-1" role="status">
        <For each={states.filter((state) => state === 'read' || props.report[state] > 0)}>
          {(state) => (
            <span class={`inline-flex items-center gap-1.5 font-medium ${looks[state].color}`}>
              <Dynamic component={looks[state].icon} class="size-3.5" aria-hidden="true" />
              {t(`proxies.lines.${state}`, { count: props.report[state] })}
            </span>
          )}
        </For>
      </p>
      <div class="overflow-hidden rounded-lg border border-line-strong">
        <VirtualList
          role="table"
          aria-label={t('proxies.paste.preview')}
          aria-rowcount={total()}
          tabIndex={0}
          class={`${props.short ? 'h-32' : 'h-58'} focus-visible:-outline-offset-2`}
          count={props.report.lines.length}
          rowHeight={rowHeight}
        >
          {(index) => (
            <Show when={props.report.lines[index]}>{(line) => <Line line={line()} />}</Show>
          )}
        </VirtualList>
      </div>
      <Show when={total() > props.report.lines.length}>
        <p class="mt-1 text-xs text-ink-3">
          {t('proxies.paste.firstShown', { count: props.report.lines.length })}
        </p>
      </Show>
    </section>
  );
}

function Line(props: { readonly line: ProxyLineRow }) {
  const look = () => looks[props.line.state];
  return (
    <Cells role="row" class={`${columns} h-full border-b border-line`}>
      <Cells role="cell" class="text-right text-xs text-ink-3 tabular-nums">
        {show.number(props.line.line)}
      </Cells>
      <Cells role="cell" class={`flex items-center gap-1.5 font-medium ${look().color}`}>
        <Dynamic component={look().icon} class="size-3.5 shrink-0" aria-hidden="true" />
        <span class="truncate">{t(`proxies.line.${props.line.state}`)}</span>
      </Cells>
      <Switch>
        <Match when={props.line.state === 'refused'}>
          <Cells role="cell" aria-colspan={2} class="col-span-2 truncate text-ink-2">
            {tOr(`proxies.lineProblem.${props.line.problem}`, props.line.problem ?? '')}
          </Cells>
        </Match>
        <Match when={props.line.state === 'ambiguous'}>
          <Cells role="cell" aria-colspan={2} class="col-span-2 truncate text-ink-2">
            {t('proxies.line.either', {
              one: props.line.address ?? '',
              other: props.line.otherwise ?? '',
            })}
          </Cells>
        </Match>
        <Match when={props.line.address}>
          <Cells role="cell" class="truncate font-mono text-xs" title={props.line.address ?? ''}>
            {props.line.address}
          </Cells>
          <Cells role="cell" class="min-w-0 text-ink-2">
            <Login username={props.line.username} hasPassword={props.line.hasPassword} />
          </Cells>
        </Match>
      </Switch>
    </Cells>
  );
}
