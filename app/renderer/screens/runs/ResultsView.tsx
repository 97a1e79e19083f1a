/** What a run extracted, as a table; saved as CSV or JSON. */

import { Download, Table2 } from 'lucide-solid';
import { For, Show } from 'solid-js';
import { Button } from '../../parts/Button.tsx';
import { Cells } from '../../parts/Cells.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { saveText } from '../../parts/files.ts';
import { FailureNotice } from '../../parts/Notice.tsx';
import { VirtualList } from '../../parts/VirtualList.tsx';
import { useHost } from '../../shell/connection.ts';
import { createQuery } from '../../shell/query.ts';
import { t } from '../../shell/text.ts';
import { tellDone, tellFailure } from '../../shell/toasts.tsx';
import { textOfValue } from '../workflows/fields/typedText.ts';

interface ResultsViewProps {
  readonly runId: string;
  readonly running: boolean;
}

const rowHeight = 36;

/** A list reads as one; the saved files keep its exact form. */
const cellText = (value: unknown): string =>
  Array.isArray(value) ? value.map(textOfValue).join(', ') : textOfValue(value);

export function ResultsView(props: ResultsViewProps) {
  const host = useHost();
  const results = createQuery(
    () => props.runId,
    (run) => [`run:${run}`],
    (run) => host.call('runs.results', { run }),
  );
  const save = async (format: 'csv' | 'json') => {
    const answer = await host.call('runs.export', { run: props.runId, format });
    if (!answer.ok) return tellFailure(answer.failure);
    saveText(answer.value.fileName, answer.value.mediaType, answer.value.text);
    tellDone(t('results.saved', { name: answer.value.fileName }));
  };
  const columns = () => results.value()?.columns ?? [];
  const template = () => ({
    'grid-template-columns': `12rem repeat(${columns().length}, minmax(12rem, 1fr))`,
    'min-width': `${12 * (columns().length + 1)}rem`,
  });
  return (
    <div class="flex min-h-0 grow flex-col">
      <Show when={results.failure()}>{(failure) => <FailureNotice failure={failure()} />}</Show>
      <Show
        when={(results.value()?.rows.length ?? 0) > 0}
        fallback={
          <Show when={results.value()}>
            <EmptyState
              title={props.running ? t('results.notYet') : t('results.empty.title')}
              text={t('results.empty.text')}
              picture={<Table2 aria-hidden="true" />}
            />
          </Show>
        }
      >
        <div class="flex h-12 shrink-0 items-center gap-2 px-6">
          <span class="mr-auto text-ink-2" role="status">
            {t('results.rows', { count: results.value()?.rows.length ?? 0 })}
          </span>
          <Button small onClick={() => void save('csv')}>
            <Download class="size-3.5" aria-hidden="true" />
            {t('results.saveCsv')}
          </Button>
          <Button small onClick={() => void save('json')}>
            <Download class="size-3.5" aria-hidden="true" />
            {t('results.saveJson')}
          </Button>
        </div>
        <VirtualList
          role="table"
          aria-label={t('run.results')}
          class="min-h-0 grow overflow-x-auto border-t border-line"
          count={results.value()?.rows.length ?? 0}
          rowHeight={rowHeight}
          head={
            <Cells
              role="row"
              class="sticky top-0 z-10 grid h-9 items-center border-b border-line bg-canvas text-xs font-medium text-ink-3"
              style={template()}
            >
              <Cells role="columnheader" class="truncate px-6">
                {t('kind.profile')}
              </Cells>
              <For each={columns()}>
                {(column) => (
                  <Cells role="columnheader" class="truncate px-3">
                    {column}
                  </Cells>
                )}
              </For>
            </Cells>
          }
        >
          {(index) => (
            <Show when={results.value()?.rows[index]}>
              {(row) => (
                <Cells
                  role="row"
                  class="grid h-full items-center border-b border-line"
                  style={template()}
                >
                  <Cells role="cell" class="truncate px-6 font-medium">
                    {row().profile}
                  </Cells>
                  <For each={columns()}>
                    {(column) => (
                      <Cells
                        role="cell"
                        class="truncate px-3"
                        title={cellText(row().cells[column])}
                      >
                        {cellText(row().cells[column])}
                      </Cells>
                    )}
                  </For>
                </Cells>
              )}
            </Show>
          )}
        </VirtualList>
      </Show>
    </div>
  );
}
