/** The devices of the workspace, the relays they meet at, and what is not as it should be. */
import { createSignal, For, Show } from 'solid-js';
import type { DeviceRow } from '../../../../workspace/model/sync.ts';
import { Button } from '../../parts/Button.tsx';
import { Checkbox } from '../../parts/Checkbox.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { ListFailure, Notice } from '../../parts/Notice.tsx';
import { ScreenHead } from '../../parts/ScreenHead.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useHost } from '../../shell/connection.ts';
import { createQuery } from '../../shell/query.ts';
import { withProof } from '../../shell/stepUp.tsx';
import { createSyncStatus } from '../../shell/syncStatus.ts';
import { show, t } from '../../shell/text.ts';
import { tellDone, tellFailure } from '../../shell/toasts.tsx';
import { Part } from '../settings/Part.tsx';
import { AddDevice } from './AddDevice.tsx';
import { RelayList } from './RelayList.tsx';
import { Trouble } from './Trouble.tsx';

export default function DevicesScreen() {
  const host = useHost();
  const status = createSyncStatus();
  const devices = createQuery(
    () => null,
    () => ['sync'],
    () => host.call('devices.list', {}),
  );
  const [adding, setAdding] = createSignal(false);
  const [renaming, setRenaming] = createSignal<DeviceRow | null>(null);
  const [removing, setRemoving] = createSignal<DeviceRow | null>(null);
  const hasRelay = () => (status.value()?.relays.length ?? 0) > 0;
  const live = () => devices.value()?.devices.filter(({ removedAt }) => removedAt === null) ?? [];

  return (
    <div class="flex h-full flex-col">
      <ScreenHead title={t('nav.devices')} count={devices.value() ? live().length : null}>
        <Button
          look="primary"
          disabled={!hasRelay() || Boolean(status.value()?.removed)}
          title={hasRelay() ? undefined : t('pair.noRelay')}
          onClick={() => setAdding(true)}
        >
          {t('devices.add')}
        </Button>
      </ScreenHead>
      <ListFailure failure={devices.failure()} />
      <div class="min-h-0 grow overflow-y-auto px-6 py-6" tabIndex={-1}>
        <div class="flex max-w-176 flex-col gap-8">
          <Show when={status.value()?.removed}>
            {(removed) => (
              <Notice tone="warn" title={t('devices.banner.title')}>
                <p>
                  {t('devices.banner.text', { by: removed().by, at: show.dateTime(removed().at) })}
                </p>
                <Show when={removed().wipe}>
                  <p>{t('devices.banner.wipe')}</p>
                </Show>
              </Notice>
            )}
          </Show>
          <Part title={t('devices.list')}>
            <ul class="-my-2 divide-y divide-line">
              <For each={devices.value()?.devices ?? []}>
                {(device) => (
                  <DeviceLine
                    device={device}
                    onRename={() => setRenaming(device)}
                    onRemove={() => setRemoving(device)}
                  />
                )}
              </For>
            </ul>
          </Part>
          <RelayList relays={status.value()?.relays ?? []} onChanged={() => status.refresh()} />
          <Show when={status.value()}>{(shown) => <Trouble status={shown()} />}</Show>
        </div>
      </div>
      <Show when={adding()}>
        <AddDevice
          onClose={() => {
            setAdding(false);
            void devices.refresh();
          }}
        />
      </Show>
      <Show when={renaming()}>
        {(device) => (
          <RenameDevice
            device={device()}
            onClose={() => {
              setRenaming(null);
              void devices.refresh();
            }}
          />
        )}
      </Show>
      <Show when={removing()}>
        {(device) => (
          <RemoveDevice
            device={device()}
            onClose={() => {
              setRemoving(null);
              void devices.refresh();
            }}
          />
        )}
      </Show>
    </div>
  );
}

interface DeviceLineProps {
  readonly device: DeviceRow;
  readonly onRename: () => void;
  readonly onRemove: () => void;
}

function DeviceLine(props: DeviceLineProps) {
  const said = () => {
    const { removedAt, addedAt, wipeAsked } = props.device;
    if (removedAt !== null) {
      const at = t('devices.removedAt', { at: show.dateTime(removedAt) });
      return wipeAsked ? `${at} · ${t('devices.wipeAsked')}` : at;
    }
    return addedAt > 0 ? t('devices.added', { at: show.dateTime(addedAt) }) : '';
  };
  return (
    <li class="flex items-center gap-4 py-3">
      <div class="min-w-0 grow">
        <p
          class={`truncate font-medium ${props.device.removedAt === null ? '' : 'text-ink-3 line-through'}`}
        >
          {props.device.name}
          <Show when={props.device.self}>
            <span class="ml-2 text-xs font-normal text-ink-3">{t('devices.this')}</span>
          </Show>
        </p>
        <p class="truncate text-xs text-ink-3">{said()}</p>
      </div>
      <Show when={props.device.removedAt === null}>
        <Button
          small
          aria-label={t('devices.renameNamed', { name: props.device.name })}
          onClick={() => props.onRename()}
        >
          {t('devices.rename')}
        </Button>
        <Show when={!props.device.self}>
          <Button
            small
            look="plain"
            aria-label={t('devices.removeNamed', { name: props.device.name })}
            onClick={() => props.onRemove()}
          >
            {t('devices.remove')}
          </Button>
        </Show>
      </Show>
    </li>
  );
}

function RenameDevice(props: { readonly device: DeviceRow; readonly onClose: () => void }) {
  const host = useHost();
  const [name, setName] = createSignal(props.device.name);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const answer = await host.call('devices.rename', { device: props.device.id, name: name() });
    if (answer.ok) tellDone(t('devices.renamed'));
    else tellFailure(answer.failure);
    props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('devices.renameTitle')}
      footer={
        <>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
          <Button type="submit" form="rename-device" look="primary" disabled={!name().trim()}>
            {t('devices.rename')}
          </Button>
        </>
      }
    >
      <form id="rename-device" onSubmit={submit}>
        <TextField label={t('devices.name')} value={name()} onValue={setName} />
      </form>
    </Dialog>
  );
}

function RemoveDevice(props: { readonly device: DeviceRow; readonly onClose: () => void }) {
  const host = useHost();
  const [wipe, setWipe] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const remove = async () => {
    setBusy(true);
    const answer = await withProof(() =>
      host.call('devices.remove', { device: props.device.id, wipe: wipe() }),
    );
    setBusy(false);
    if (answer.ok) tellDone(t('devices.removed'));
    else if (answer.failure.code !== 'cancelled') tellFailure(answer.failure);
    props.onClose();
  };
  return (
    <Dialog
      open
      role="alertdialog"
      onClose={props.onClose}
      title={t('devices.remove.title', { name: props.device.name })}
      description={t('devices.remove.text')}
      footer={
        <>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
          <Button look="danger" busy={busy()} onClick={() => void remove()}>
            {t('devices.remove')}
          </Button>
        </>
      }
    >
      <div class="flex items-center gap-2">
        <Checkbox label={t('devices.remove.wipe')} checked={wipe()} onChecked={setWipe} />
        <span aria-hidden="true">{t('devices.remove.wipe')}</span>
      </div>
    </Dialog>
  );
}
