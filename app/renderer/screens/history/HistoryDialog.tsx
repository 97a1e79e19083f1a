/** Every version of a record: who changed what and when, and a way back to any of them. */
import { createResource, For, Show } from 'solid-js';
import type { HistoryEntry, RecordKindName } from '../../../../workspace/model/record.ts';
import { Button } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { FailureNotice } from '../../parts/Notice.tsx';
import { useHost } from '../../shell/connection.ts';
import { show, t, tOr } from '../../shell/text.ts';
import { tellDone, tellFailure } from '../../shell/toasts.tsx';

export interface Recorded {
  readonly kind: RecordKindName;
  readonly id: string;
}

interface HistoryDialogProps {
  readonly record: Recorded | null;
  readonly onClose: () => void;
  readonly onRestored: () => void;
}

export function HistoryDialog(props: HistoryDialogProps) {
  return <Show when={props.record}>{(record) => <Versions {...props} record={record()} />}</Show>;
}

function Versions(props: HistoryDialogProps & { readonly record: Recorded }) {
  const host = useHost();
  const [answer, { refetch }] = createResource(() =>
    host.call('records.history', { kind: props.record.kind, record: props.record.id }),
  );
  const history = () => {
    const given = answer.latest;
    return given?.ok ? given.value : null;
  };
  const failure = () => {
    const given = answer.latest;
    return given && !given.ok ? given.failure : null;
  };
  const restore = async ({ version, number }: HistoryEntry) => {
    const { kind, id } = props.record;
    const restored = await host.call('records.restoreVersion', { kind, record: id, version });
    if (!restored.ok) return tellFailure(restored.failure);
    tellDone(t('history.restored', { name: restored.value.name, number: show.number(number) }));
    props.onRestored();
    void refetch();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      width="w-160"
      title={t('history.title', { name: history()?.name ?? '' })}
    >
      <Show when={failure()}>{(shown) => <FailureNotice failure={shown()} />}</Show>
      <ol class="divide-y divide-line">
        <For each={history()?.versions}>
          {(entry, index) => (
            <Version entry={entry} newest={index() === 0} onRestore={() => void restore(entry)} />
          )}
        </For>
      </ol>
    </Dialog>
  );
}

interface VersionProps {
  readonly entry: HistoryEntry;
  readonly newest: boolean;
  readonly onRestore: () => void;
}

function Version(props: VersionProps) {
  const fields = () =>
    props.entry.changed.map((name) => tOr(`history.field.${name}`, name)).join(', ');
  return (
    <li class="flex items-center gap-4 py-3">
      <span class="w-8 shrink-0 text-right text-ink-3 tabular-nums">
        {show.number(props.entry.number)}
      </span>
      <div class="min-w-0 grow">
        <p class="truncate font-medium">
          {tOr(`activity.${props.entry.action}`, props.entry.action)}
          <Show when={fields()}>
            <span class="font-normal text-ink-2">{`: ${fields()}`}</span>
          </Show>
        </p>
        <p class="truncate text-xs text-ink-3">
          {t('history.by', {
            at: show.dateTime(props.entry.at),
            device: props.entry.deviceName ?? t('history.unknownDevice'),
          })}
        </p>
      </div>
      <Show
        when={!props.newest}
        fallback={<span class="text-xs text-ink-3">{t('history.now')}</span>}
      >
        <Button
          small
          aria-label={t('history.restoreNamed', { number: show.number(props.entry.number) })}
          onClick={props.onRestore}
        >
          {t('history.restore')}
        </Button>
      </Show>
    </li>
  );
}
