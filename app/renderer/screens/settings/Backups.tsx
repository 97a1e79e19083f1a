/** Copies of the vault that Warren makes by itself and on demand. */
import { createResource, createSignal, For, Show } from 'solid-js';
import type { Settings } from '../../../../workspace/model/settings.ts';
import type { BackupRow } from '../../../../workspace/model/transfer.ts';
import { Button } from '../../parts/Button.tsx';
import { confirm } from '../../parts/confirm.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { useHost } from '../../shell/connection.ts';
import { withProof } from '../../shell/stepUp.tsx';
import { show, t } from '../../shell/text.ts';
import { tellDone, tellFailure } from '../../shell/toasts.tsx';
import { Line, Part } from './Part.tsx';

interface BackupsProps {
  readonly settings: Settings;
  readonly onChange: (patch: Partial<Settings>) => Promise<boolean>;
}

export function Backups(props: BackupsProps) {
  const host = useHost();
  const [list, { refetch }] = createResource(async () => {
    const answer = await host.call('backups.list', {});
    return answer.ok ? answer.value.backups : [];
  });
  const [busy, setBusy] = createSignal(false);

  const during = async (work: () => Promise<void>) => {
    setBusy(true);
    await work();
    setBusy(false);
    void refetch();
  };
  const now = () =>
    during(async () => {
      const answer = await host.call('backups.now', {});
      if (answer.ok) tellDone(t('backups.made', { size: show.bytes(answer.value.bytes) }));
      else tellFailure(answer.failure);
    });
  const verify = ({ name }: BackupRow) =>
    during(async () => {
      const answer = await host.call('backups.verify', { backup: name });
      if (!answer.ok) return tellFailure(answer.failure);
      const [part] = answer.value.damaged;
      if (part === undefined) tellDone(t('backups.whole'));
      else tellFailure({ code: 'vaultDamaged', part });
    });
  const restore = ({ name, createdAt }: BackupRow) =>
    during(async () => {
      const sure = await confirm({
        title: t('backups.restore.title', { at: show.dateTime(createdAt) }),
        text: t('backups.restore.text'),
        action: t('history.restore'),
      });
      if (!sure) return;
      const answer = await withProof(() => host.call('backups.restore', { backup: name }));
      if (!answer.ok && !['cancelled', 'hostLost'].includes(answer.failure.code)) {
        tellFailure(answer.failure);
      }
    });

  return (
    <Part title={t('backups.title')}>
      <Line title={t('backups.now')} text={t('backups.text')}>
        <Button busy={busy()} onClick={() => void now()}>
          {t('backups.now')}
        </Button>
      </Line>
      <div class="grid grid-cols-2 gap-4">
        <NumberField
          label={t('backups.every')}
          hint={t('backups.every.hint')}
          min={0}
          max={8_760}
          step={1}
          value={props.settings.backupEveryHours}
          onValue={(value) => value !== null && void props.onChange({ backupEveryHours: value })}
        />
        <NumberField
          label={t('backups.kept')}
          min={1}
          max={100}
          step={1}
          value={props.settings.backupsKept}
          onValue={(value) => value !== null && void props.onChange({ backupsKept: value })}
        />
      </div>
      <Show when={list.latest?.length}>
        <ul class="divide-y divide-line border-t border-line">
          <For each={list.latest}>
            {(row) => (
              <li class="flex items-center gap-3 py-2.5">
                <div class="min-w-0 grow">
                  <p class="font-medium">{show.dateTime(row.createdAt)}</p>
                  <p class="truncate text-xs text-ink-3">
                    {row.complete
                      ? t('backups.size', { size: show.bytes(row.bytes), count: row.blobs })
                      : t('backups.cutOff')}
                  </p>
                </div>
                <Show when={row.complete}>
                  <Button
                    small
                    look="plain"
                    disabled={busy()}
                    aria-label={t('backups.verifyNamed', { at: show.dateTime(row.createdAt) })}
                    onClick={() => void verify(row)}
                  >
                    {t('backups.verify')}
                  </Button>
                  <Button
                    small
                    disabled={busy()}
                    aria-label={t('backups.restore.title', { at: show.dateTime(row.createdAt) })}
                    onClick={() => void restore(row)}
                  >
                    {t('history.restore')}
                  </Button>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Part>
  );
}
