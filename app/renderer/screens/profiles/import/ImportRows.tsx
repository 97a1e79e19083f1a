/** The first rows of a file as they would become profiles. */
import { CircleArrowUp, CircleCheck, CircleDashed, CircleX } from 'lucide-solid';
import { type Component, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { ImportPreview, ImportRow } from '../../../../../workspace/model/migration.ts';
import { Cells } from '../../../parts/Cells.tsx';
import { VirtualList } from '../../../parts/VirtualList.tsx';
import { show, t } from '../../../shell/text.ts';

interface Look {
  readonly icon: Component<{ class?: string; 'aria-hidden'?: 'true' }>;
  readonly color: string;
}

const looks: Record<ImportRow['outcome'], Look> = {
  add: { icon: CircleCheck, color: 'text-good' },
  update: { icon: CircleArrowUp, color: 'text-good' },
  skip: { icon: CircleDashed, color: 'text-ink-3' },
  refuse: { icon: CircleX, color: 'text-bad' },
};

const columns =
  'grid grid-cols-[3rem_6.5rem_minmax(0,1.2fr)_minmax(0,0.9fr)_minmax(0,1.6fr)_5rem] items-center gap-3 px-3';
const rowHeight = 32;
/** Rows in view; more are scrolled to. */
const mostInView = 7;

export function ImportRows(props: { readonly preview: ImportPreview }) {
  const rows = () => props.preview.rows;
  return (
    <section>
      <div class="overflow-hidden rounded-lg border border-line-strong">
        <VirtualList
          role="table"
          aria-label={t('import.rows')}
          aria-rowcount={props.preview.total}
          tabIndex={0}
          class="focus-visible:-outline-offset-2"
          style={{ height: `${Math.min(rows().length, mostInView) * rowHeight}px` }}
          count={rows().length}
          rowHeight={rowHeight}
        >
          {(index) => <Show when={rows()[index]}>{(row) => <Row row={row()} />}</Show>}
        </VirtualList>
      </div>
      <Show when={props.preview.total > rows().length}>
        <p class="mt-1 text-xs text-ink-3">{t('import.rows.first', { count: rows().length })}</p>
      </Show>
    </section>
  );
}

function Row(props: { readonly row: ImportRow }) {
  const look = () => looks[props.row.outcome];
  const why = () =>
    props.row.notes
      .map(
        ({ field, problem }) => `${t(`import.field.${field}`)}: ${t(`import.problem.${problem}`)}`,
      )
      .join('; ');
  return (
    <Cells role="row" class={`${columns} h-full border-b border-line`}>
      <Cells role="cell" class="text-right text-xs text-ink-3 tabular-nums">
        {show.number(props.row.row)}
      </Cells>
      <Cells role="cell" class={`flex items-center gap-1.5 font-medium ${look().color}`}>
        <Dynamic component={look().icon} class="size-3.5 shrink-0" aria-hidden="true" />
        <span class="truncate">{t(`import.outcome.${props.row.outcome}`)}</span>
      </Cells>
      <Cells role="cell" class="truncate font-medium" title={props.row.name}>
        {props.row.name}
      </Cells>
      <Show
        when={props.row.outcome === 'add' || props.row.outcome === 'update'}
        fallback={
          <Cells role="cell" aria-colspan={3} class="col-span-3 truncate text-ink-2" title={why()}>
            {why()}
          </Cells>
        }
      >
        <Cells role="cell" class="truncate text-ink-2">
          {[props.row.group, ...props.row.tags].filter(Boolean).join(', ')}
        </Cells>
        <Cells
          role="cell"
          class="truncate font-mono text-xs text-ink-2"
          title={props.row.proxy ?? ''}
        >
          {props.row.proxy ?? t('import.noProxy')}
        </Cells>
        <Cells role="cell" class="truncate text-right text-xs text-ink-3">
          <Show when={props.row.cookies > 0}>
            {t('import.count.cookies', { count: props.row.cookies })}
          </Show>
        </Cells>
      </Show>
    </Cells>
  );
}
