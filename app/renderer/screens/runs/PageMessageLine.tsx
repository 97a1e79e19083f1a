/** What the page itself said between the steps: its console, requests that failed, things worth a note. */

import { Info, Terminal, Unplug } from 'lucide-solid';
import { Match, Switch } from 'solid-js';
import { Cells } from '../../parts/Cells.tsx';
import { show, t } from '../../shell/text.ts';
import type { StepEntry, TimelineEntry } from './timeline.ts';

type Message = Exclude<TimelineEntry, StepEntry>;

export function PageMessageLine(props: { readonly entry: Message }) {
  return (
    <Cells
      role="listitem"
      class="flex items-start gap-2.5 border-b border-line bg-sunken py-1.5 pr-6 text-xs"
      style={{ 'padding-left': `${24 + props.entry.depth * 20}px` }}
    >
      <span class="mt-0.5 shrink-0 text-ink-3 [&_svg]:size-3.5">
        <Switch fallback={<Info aria-hidden="true" />}>
          <Match when={props.entry.kind === 'console'}>
            <Terminal aria-hidden="true" />
          </Match>
          <Match when={props.entry.kind === 'network'}>
            <Unplug aria-hidden="true" />
          </Match>
        </Switch>
      </span>
      <span class="w-20 shrink-0 text-ink-3">{label(props.entry)}</span>
      <span class="min-w-0 grow font-mono leading-4 break-words text-ink-2">
        {textOf(props.entry)}
      </span>
      <span class="shrink-0 text-ink-3 tabular-nums">{show.clock(props.entry.at)}</span>
    </Cells>
  );
}

function label({ event }: Message): string {
  if (event.type === 'console.message') return t(`run.console.${event.level}`);
  if (event.type === 'network.failed') return t('run.entry.network');
  return t('run.entry.note');
}

function textOf({ event }: Message): string {
  if (event.type === 'console.message') return event.text;
  if (event.type === 'network.failed') {
    return `${event.method} ${event.url}  ${event.status ?? event.reason}`;
  }
  return `${t(`run.note.${event.note}`)} ${event.text}`;
}
