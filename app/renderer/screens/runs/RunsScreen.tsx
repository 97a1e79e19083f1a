/** All runs, the latest first. */

import { Play } from 'lucide-solid';
import { createSignal, For, Show } from 'solid-js';
import type { RunRow, RunStatus } from '../../../../workspace/model/run.ts';
import { Button } from '../../parts/Button.tsx';
import { Cells } from '../../parts/Cells.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { HeadSelect } from '../../parts/HeadSelect.tsx';
import { ListFailure } from '../../parts/Notice.tsx';
import { ScreenHead } from '../../parts/ScreenHead.tsx';
import { StatusBadge } from '../../parts/StatusBadge.tsx';
import { VirtualList } from '../../parts/VirtualList.tsx';
import { provideCommands } from '../../shell/commands.ts';
import { useHost } from '../../shell/connection.ts';
import { openRunDialog } from '../../shell/intents.ts';
import { createPagedRows } from '../../shell/pagedRows.ts';
import { routeHash } from '../../shell/route.ts';
import { show, t } from '../../shell/text.ts';
import { RunProgress } from './RunProgress.tsx';

const columns =
  'grid grid-cols-[8.5rem_minmax(12rem,2fr)_minmax(10rem,1.4fr)_8rem_7rem] items-center gap-4 px-6';
const rowHeight = 48;
const statuses: readonly RunStatus[] = [
  'queued',
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'interrupted',
];

export default function RunsScreen() {
  const host = useHost();
  const [status, setStatus] = createSignal<RunStatus | 'all'>('all');
  const list = createPagedRows(
    () => ({ status: status() }),
    ['runs'],
    (query, page) =>
      host.call('runs.list', {
        ...(query.status === 'all' ? {} : { status: query.status }),
        ...page,
      }),
  );
  const startNew = () => openRunDialog({ workflowId: null, profileIds: [] });
  provideCommands([
    { id: 'newRun', title: 'runs.new', group: 'here', keys: 'Alt+N', run: startNew },
  ]);
  return (
    <div class="flex h-full flex-col">
      <ScreenHead title={t('nav.runs')} count={list.total()}>
        <HeadSelect
          label={t('runs.filter')}
          value={status()}
          choices={[
            { value: 'all', label: t('runs.all') },
            ...statuses.map((one) => ({ value: one, label: t(`runStatus.${one}`) })),
          ]}
          onValue={setStatus}
        />
        <Button look="primary" onClick={startNew}>
          <Play class="size-3.5" aria-hidden="true" />
          {t('runs.new')}
        </Button>
      </ScreenHead>
      <ListFailure failure={list.failure()} />
      <Show
        when={list.total() !== 0 || status() !== 'all'}
        fallback={
          <EmptyState
            title={t('runs.empty.title')}
            text={t('runs.empty.text')}
            picture={<Play aria-hidden="true" />}
          >
            <Button look="primary" onClick={startNew}>
              {t('runs.startFirst')}
            </Button>
          </EmptyState>
        }
      >
        <VirtualList
          role="table"
          aria-label={t('nav.runs')}
          class="min-h-0 grow"
          count={list.total() ?? 0}
          rowHeight={rowHeight}
          onReach={(index) => void list.reach(index)}
          head={<Head empty={list.total() === 0} />}
        >
          {(index) => <Show when={list.rows()[index]}>{(row) => <Line row={row()} />}</Show>}
        </VirtualList>
      </Show>
    </div>
  );
}

function Head(props: { readonly empty: boolean }) {
  return (
    <>
      <Cells
        role="row"
        class={`${columns} sticky top-0 z-10 h-9 border-b border-line bg-canvas text-xs font-medium text-ink-3`}
      >
        <For each={['status', 'workflow', 'progress', 'started', 'duration'] as const}>
          {(name) => <Cells role="columnheader">{t(`runs.column.${name}`)}</Cells>}
        </For>
      </Cells>
      <Show when={props.empty}>
        <p class="px-6 py-10 text-center text-base text-ink-2">{t('runs.noneWithStatus')}</p>
      </Show>
    </>
  );
}

function Line(props: { readonly row: RunRow }) {
  return (
    <Cells
      role="row"
      class={`${columns} relative h-full border-b border-line transition-colors duration-75 hover:bg-hover`}
    >
      <Cells role="cell">
        <StatusBadge status={props.row.status} />
      </Cells>
      <Cells role="cell" class="min-w-0">
        {/* The link covers the row. */}
        <a
          href={routeHash({ screen: 'run', id: props.row.id })}
          class="block truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-[-2px] focus-visible:after:outline-accent"
        >
          {props.row.workflowName}
        </a>
      </Cells>
      <Cells role="cell">
        <RunProgress run={props.row} />
      </Cells>
      <Cells role="cell" class="text-ink-2 tabular-nums">
        {show.ago(props.row.startedAt)}
      </Cells>
      <Cells role="cell" class="text-ink-2 tabular-nums">
        <Show when={props.row.finishedAt}>
          {(finishedAt) => show.duration(finishedAt() - props.row.startedAt)}
        </Show>
      </Cells>
    </Cells>
  );
}
