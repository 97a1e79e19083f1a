/** All workflows. */

import {
  FileCode,
  FileDown,
  FileUp,
  History,
  Pencil,
  Play,
  Plus,
  Trash2,
  Waypoints,
} from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import type { Failure } from '../../../../workspace/model/failure.ts';
import type { WorkflowRow } from '../../../../workspace/model/workflow.ts';
import { Button, IconButton } from '../../parts/Button.tsx';
import { Cells } from '../../parts/Cells.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { pickFile, saveText, textOf } from '../../parts/files.ts';
import { LastRun } from '../../parts/LastRun.tsx';
import { Menu } from '../../parts/Menu.tsx';
import { ListFailure } from '../../parts/Notice.tsx';
import { ScreenHead } from '../../parts/ScreenHead.tsx';
import { SearchInput } from '../../parts/SearchInput.tsx';
import { VirtualList } from '../../parts/VirtualList.tsx';
import { provideCommands } from '../../shell/commands.ts';
import { useHost } from '../../shell/connection.ts';
import { openRunDialog } from '../../shell/intents.ts';
import { createLiveRows } from '../../shell/liveRows.ts';
import { newWorkflow, routeHash } from '../../shell/route.ts';
import { navigate } from '../../shell/router.ts';
import { t } from '../../shell/text.ts';
import { tellFailure } from '../../shell/toasts.tsx';
import { HistoryDialog, type Recorded } from '../history/HistoryDialog.tsx';
import { oneByOne, useTrash } from '../records/useTrash.ts';
import { documentOf, documentText } from './document.ts';
import { ImportProblem } from './ImportProblem.tsx';
import { sampleWorkflow } from './sampleWorkflow.ts';
import { tellLeft } from './tellLeft.ts';
import { fileNameOf, foreignFile, readJson } from './workflowFile.ts';

const columns =
  'grid grid-cols-[minmax(14rem,3fr)_7rem_minmax(9rem,1fr)_6.5rem] items-center gap-4 px-6';
const rowHeight = 56;

export default function WorkflowsScreen() {
  const host = useHost();
  const [search, setSearch] = createSignal('');
  const [refusal, setRefusal] = createSignal<Failure | null>(null);
  const [historyOf, setHistoryOf] = createSignal<Recorded | null>(null);
  const list = createLiveRows<WorkflowRow>('workflows', () => ({ search: search() }));

  const openNew = () => navigate({ screen: 'workflow', id: newWorkflow });
  const add = async (document: unknown) => {
    const answer = await host.call('workflows.add', { document });
    if (!answer.ok) return setRefusal(answer.failure);
    navigate({ screen: 'workflow', id: answer.value.id });
  };
  const addSample = async () => {
    const kinds = await host.call('steps.catalogue', {});
    if (!kinds.ok) return tellFailure(kinds.failure);
    await add(sampleWorkflow(t('sample.name'), t('sample.description')));
  };
  const importFile = async () => {
    const file = await pickFile('.json,.side,application/json');
    if (!file) return;
    const read = readJson(await textOf(file), file.name);
    if (!read.ok) return setRefusal(read.failure);
    const answer = await host.call('workflows.import', { document: read.value });
    if (!answer.ok) return setRefusal(answer.failure);
    const { workflows, left } = answer.value;
    const [first, ...others] = workflows;
    if (!first) return;
    if (left.length > 0) tellLeft(t('exchange.imported', { name: first.name }), left);
    if (others.length === 0) navigate({ screen: 'workflow', id: first.id });
  };
  const exportAs = async ({ id, name }: WorkflowRow, format: 'recording' | 'playwright') => {
    const answer = await host.call('workflows.exportAs', { workflow: id, format });
    if (!answer.ok) return tellFailure(answer.failure);
    const { fileName, mediaType } = foreignFile(name, format);
    saveText(fileName, mediaType, answer.value.text);
    const { left } = answer.value;
    if (left.length > 0) tellLeft(t('exchange.exported', { name }), left);
  };
  const exportFile = async (row: WorkflowRow) => {
    const answer = await host.call('workflows.get', { workflow: row.id });
    if (!answer.ok) return tellFailure(answer.failure);
    saveText(fileNameOf(row.name), 'application/json', documentText(documentOf(answer.value)));
  };
  const trash = useTrash({
    kind: 'workflow',
    list,
    text: () => t('workflow.remove.text'),
    send: (ids) => oneByOne(ids, (workflow) => host.call('workflows.remove', { workflow })),
  });
  const remove = ({ id, name }: WorkflowRow) =>
    trash([id], {
      question: t('workflow.remove.title', { name }),
      done: () => t('workflow.removed', { name }),
    });

  provideCommands([
    { id: 'new', title: 'workflows.new', group: 'here', keys: 'Alt+N', run: openNew },
    {
      id: 'import',
      title: 'workflows.import',
      group: 'here',
      keys: 'Mod+O',
      run: () => void importFile(),
    },
  ]);

  return (
    <div class="flex h-full flex-col">
      <ScreenHead title={t('nav.workflows')} count={list.total()}>
        <SearchInput label={t('workflows.search')} value={search()} onValue={setSearch} />
        <Button onClick={() => void importFile()}>
          <FileDown class="size-3.5" aria-hidden="true" />
          {t('common.import')}
        </Button>
        <Button look="primary" onClick={openNew}>
          <Plus class="size-4" aria-hidden="true" />
          {t('workflows.new')}
        </Button>
      </ScreenHead>
      <ListFailure failure={list.failure()} />
      <Show
        when={list.total() !== 0 || search() !== ''}
        fallback={
          <EmptyState
            title={t('workflows.empty.title')}
            text={t('workflows.empty.text')}
            picture={<Waypoints aria-hidden="true" />}
          >
            <Button onClick={() => void addSample()}>{t('workflows.addSample')}</Button>
            <Button look="primary" onClick={openNew}>
              {t('workflows.addFirst')}
            </Button>
          </EmptyState>
        }
      >
        <VirtualList
          role="table"
          aria-label={t('nav.workflows')}
          class="min-h-0 grow"
          count={list.total() ?? 0}
          rowHeight={rowHeight}
          onReach={(index) => void list.reach(index)}
          head={
            <Show when={list.total() === 0}>
              <p class="px-6 py-10 text-center text-base text-ink-2">
                {t('profiles.noneFound', { search: search() })}
              </p>
            </Show>
          }
        >
          {(index) => (
            <Show when={list.rows()[index]}>
              {(row) => (
                <Line
                  row={row()}
                  onExport={() => void exportFile(row())}
                  onExportAs={(format) => void exportAs(row(), format)}
                  onHistory={() => setHistoryOf({ kind: 'workflow', id: row().id })}
                  onRemove={() => void remove(row())}
                />
              )}
            </Show>
          )}
        </VirtualList>
      </Show>
      <HistoryDialog
        record={historyOf()}
        onClose={() => setHistoryOf(null)}
        onRestored={() => undefined}
      />
      <ImportProblem failure={refusal()} onClose={() => setRefusal(null)} />
    </div>
  );
}

interface LineProps {
  readonly row: WorkflowRow;
  readonly onExport: () => void;
  readonly onExportAs: (format: 'recording' | 'playwright') => void;
  readonly onHistory: () => void;
  readonly onRemove: () => void;
}

function Line(props: LineProps) {
  const open = () => navigate({ screen: 'workflow', id: props.row.id });
  return (
    <Cells
      role="row"
      class={`${columns} relative h-full border-b border-line transition-colors duration-75 hover:bg-hover`}
    >
      <Cells role="cell" class="min-w-0">
        {/* The link covers the row; what stands above it is clicked by itself. */}
        <a
          href={routeHash({ screen: 'workflow', id: props.row.id })}
          class="block truncate font-medium after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-offset-[-2px] focus-visible:after:outline-accent"
        >
          {props.row.name}
        </a>
        <span class="block truncate text-ink-3">
          {props.row.description || t('workflows.noDescription')}
        </span>
      </Cells>
      <Cells role="cell" class="text-ink-2 tabular-nums">
        {t('workflows.steps', { count: props.row.stepCount })}
      </Cells>
      <Cells role="cell" class="truncate">
        <LastRun at={props.row.lastRunAt} outcome={props.row.lastOutcome} />
      </Cells>
      <Cells role="cell" class="relative z-10 flex justify-end">
        <IconButton
          label={t('profiles.runNamed', { name: props.row.name })}
          onClick={() => openRunDialog({ workflowId: props.row.id, profileIds: [] })}
        >
          <Play aria-hidden="true" />
        </IconButton>
        <Menu
          label={t('profiles.actionsFor', { name: props.row.name })}
          actions={[
            {
              id: 'edit',
              label: t('common.edit'),
              icon: <Pencil aria-hidden="true" />,
              run: open,
            },
            {
              id: 'export',
              label: t('common.export'),
              icon: <FileUp aria-hidden="true" />,
              run: props.onExport,
            },
            {
              id: 'exportRecording',
              label: t('workflow.exportRecording'),
              icon: <FileUp aria-hidden="true" />,
              run: () => props.onExportAs('recording'),
            },
            {
              id: 'exportPlaywright',
              label: t('workflow.exportPlaywright'),
              icon: <FileCode aria-hidden="true" />,
              run: () => props.onExportAs('playwright'),
            },
            {
              id: 'history',
              label: t('history.open'),
              icon: <History aria-hidden="true" />,
              run: props.onHistory,
            },
            {
              id: 'remove',
              label: t('common.remove'),
              icon: <Trash2 aria-hidden="true" />,
              danger: true,
              run: props.onRemove,
            },
          ]}
        />
      </Cells>
    </Cells>
  );
}
