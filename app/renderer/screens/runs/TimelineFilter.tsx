/** Which kinds of entries the timeline shows. */
import { For, Show } from 'solid-js';
import { show, t } from '../../shell/text.ts';
import type { EntryKind, TimelineEntry } from './timeline.ts';

interface TimelineFilterProps {
  readonly entries: readonly TimelineEntry[];
  readonly hidden: ReadonlySet<EntryKind>;
  readonly onHidden: (hidden: ReadonlySet<EntryKind>) => void;
  readonly browser: string | null;
}

const kinds = ['step', 'console', 'network', 'note'] as const;

export function TimelineFilter(props: TimelineFilterProps) {
  const count = (kind: EntryKind) => props.entries.filter((entry) => entry.kind === kind).length;
  const toggle = (kind: EntryKind) => {
    const next = new Set(props.hidden);
    if (!next.delete(kind)) next.add(kind);
    props.onHidden(next);
  };
  return (
    <div
      role="toolbar"
      aria-label={t('run.filter')}
      class="flex h-10 shrink-0 items-center gap-1.5 border-b border-line px-6"
    >
      <For each={kinds}>
        {(kind) => (
          <button
            type="button"
            aria-pressed={!props.hidden.has(kind)}
            disabled={count(kind) === 0}
            class="flex h-6 items-center gap-1.5 rounded-full border border-line px-2.5 text-xs font-medium text-ink-3 transition-colors duration-100 hover:border-line-strong disabled:opacity-50 aria-[pressed=true]:bg-active aria-[pressed=true]:text-ink"
            onClick={() => toggle(kind)}
          >
            {t(`run.entry.${kind}`)}
            <span class="tabular-nums">{show.number(count(kind))}</span>
          </button>
        )}
      </For>
      <Show when={props.browser}>
        <span class="ml-auto truncate text-xs text-ink-3">{props.browser}</span>
      </Show>
    </div>
  );
}
