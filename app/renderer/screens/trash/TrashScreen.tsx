/** What was removed in the last 30 days. */
import { Trash2 } from 'lucide-solid';
import { For, Show } from 'solid-js';
import {
  type RecordKindName,
  recordKinds,
  type TrashedRow,
} from '../../../../workspace/model/record.ts';
import { Button } from '../../parts/Button.tsx';
import { confirm } from '../../parts/confirm.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { ListFailure } from '../../parts/Notice.tsx';
import { ScreenHead } from '../../parts/ScreenHead.tsx';
import { useHost } from '../../shell/connection.ts';
import { createQuery } from '../../shell/query.ts';
import { show, t, tOr } from '../../shell/text.ts';
import { tellDone, tellFailure } from '../../shell/toasts.tsx';

/** How long something stays, in milliseconds; the host deletes it then. */
const stay = 30 * 24 * 3_600_000;

export default function TrashScreen() {
  const host = useHost();
  const list = createQuery(
    () => null,
    () => ['profiles', 'proxies', 'templates', 'workflows'],
    () => host.call('trash.list', {}),
  );
  const rows = () => list.value()?.rows ?? [];

  const restore = async (row: TrashedRow) => {
    const kind = recordKinds.find((one): one is RecordKindName => one === row.kind);
    if (!kind) return;
    const answer = await host.call('trash.restore', { kind, id: row.id });
    if (answer.ok) tellDone(t('trash.restored', { name: answer.value.name }));
    else tellFailure(answer.failure);
    await list.refresh();
  };
  const empty = async (row: TrashedRow | null) => {
    const sure = await confirm({
      title: row ? t('trash.deleteOne.title', { name: row.name }) : t('trash.empty.title'),
      text: t('trash.delete.text'),
      action: t('trash.delete'),
    });
    if (!sure) return;
    const answer = await host.call('trash.empty', row ? { ids: [row.id] } : {});
    if (answer.ok) tellDone(t('trash.deleted', { count: answer.value.removed }));
    else tellFailure(answer.failure);
    await list.refresh();
  };

  return (
    <div class="flex h-full flex-col">
      <ScreenHead title={t('nav.trash')} count={list.value() ? rows().length : null}>
        <Show when={rows().length > 0}>
          <Button onClick={() => void empty(null)}>{t('trash.emptyAll')}</Button>
        </Show>
      </ScreenHead>
      <ListFailure failure={list.failure()} />
      <Show
        when={rows().length > 0}
        fallback={
          <Show when={list.value()}>
            <EmptyState
              title={t('trash.none.title')}
              text={t('trash.none.text')}
              picture={<Trash2 aria-hidden="true" />}
            />
          </Show>
        }
      >
        <ul class="min-h-0 grow divide-y divide-line overflow-y-auto">
          <For each={rows()}>
            {(row) => (
              <li class="flex items-center gap-4 px-6 py-3">
                <div class="min-w-0 grow">
                  <p class="truncate font-medium">{row.name}</p>
                  <p class="truncate text-xs text-ink-3">
                    {tOr(`kind.${row.kind}`, row.kind)}
                    {' · '}
                    {t('trash.times', {
                      at: show.ago(row.trashedAt),
                      until: show.dateTime(row.trashedAt + stay),
                    })}
                  </p>
                </div>
                <Button
                  small
                  aria-label={t('trash.restoreNamed', { name: row.name })}
                  onClick={() => void restore(row)}
                >
                  {t('history.restore')}
                </Button>
                <Button
                  small
                  look="plain"
                  aria-label={t('trash.deleteNamed', { name: row.name })}
                  onClick={() => void empty(row)}
                >
                  {t('trash.delete')}
                </Button>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  );
}
