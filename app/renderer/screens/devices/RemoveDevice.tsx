/** Asks before a device is removed, and says what that does and what it can not do. */
import { createSignal, For } from 'solid-js';
import type { DeviceRow } from '../../../../workspace/model/sync.ts';
import { Button } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { Toggle } from '../../parts/Toggle.tsx';
import { useHost } from '../../shell/connection.ts';
import { withProof } from '../../shell/stepUp.tsx';
import { t } from '../../shell/text.ts';
import { tellDone, tellFailure } from '../../shell/toasts.tsx';

const consequences = [
  'devices.remove.keys',
  'devices.remove.kept',
  'devices.remove.logins',
] as const;

export function RemoveDevice(props: { readonly device: DeviceRow; readonly onClose: () => void }) {
  const host = useHost();
  const [wipe, setWipe] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const remove = async () => {
    setBusy(true);
    const answer = await withProof(() =>
      host.call('devices.remove', { device: props.device.id, wipe: wipe() }),
    );
    setBusy(false);
    if (answer.ok) tellDone(t('devices.removed', { name: props.device.name }));
    else if (answer.failure.code === 'cancelled') return;
    else tellFailure(answer.failure);
    props.onClose();
  };
  return (
    <Dialog
      open
      role="alertdialog"
      onClose={props.onClose}
      title={t('devices.remove.title', { name: props.device.name })}
      footer={
        <>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
          <Button look="danger" busy={busy()} onClick={() => void remove()}>
            {t('devices.remove')}
          </Button>
        </>
      }
    >
      <div class="flex flex-col gap-4">
        <ul class="flex list-disc flex-col gap-1.5 pl-4 text-ink-2">
          <For each={consequences}>{(one) => <li>{t(one)}</li>}</For>
        </ul>
        <Toggle
          label={t('devices.remove.wipe')}
          hint={t('devices.remove.wipeHint')}
          checked={wipe()}
          onChecked={setWipe}
        />
      </div>
    </Dialog>
  );
}
