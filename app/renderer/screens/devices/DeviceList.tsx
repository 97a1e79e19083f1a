/** The devices that belong to the workspace, and those that did; each can be called what it is. */
import { Laptop, Unplug } from 'lucide-solid';
import { createSignal, For, Show } from 'solid-js';
import type { DeviceRow, NearbyDevice } from '../../../../workspace/model/sync.ts';
import { Button } from '../../parts/Button.tsx';
import { Chip } from '../../parts/Chip.tsx';
import { useHost } from '../../shell/connection.ts';
import { show, t } from '../../shell/text.ts';
import { tellDone, tellFailure } from '../../shell/toasts.tsx';
import { Part } from '../settings/Part.tsx';
import { RemoveDevice } from './RemoveDevice.tsx';

interface DeviceListProps {
  readonly devices: readonly DeviceRow[];
  /** This device was removed: nothing that it changes counts. */
  readonly fixed: boolean;
  readonly nearby: readonly NearbyDevice[];
  readonly onChanged: () => void;
}

/** This one first, those that were removed last. */
const inOrder = (devices: readonly DeviceRow[]): DeviceRow[] => {
  const place = ({ self, removedAt }: DeviceRow) => (self ? 0 : removedAt === null ? 1 : 2);
  return devices.toSorted((a, b) => place(a) - place(b) || a.addedAt - b.addedAt);
};

export function DeviceList(props: DeviceListProps) {
  const [removing, setRemoving] = createSignal<DeviceRow | null>(null);
  return (
    <Part title={t('devices.list')}>
      <ul class="-my-2 divide-y divide-line">
        <For each={inOrder(props.devices)}>
          {(device) => (
            <DeviceLine
              device={device}
              fixed={props.fixed}
              isNear={props.nearby.some(
                ({ deviceId, state }) =>
                  deviceId === device.id && (state === 'upToDate' || state === 'exchanging'),
              )}
              onChanged={props.onChanged}
              onRemove={() => setRemoving(device)}
            />
          )}
        </For>
      </ul>
      <Show when={props.devices.length === 1 && !props.fixed}>
        <p class="border-t border-line pt-4 text-ink-2">{t('devices.alone')}</p>
      </Show>
      <Show when={removing()}>
        {(device) => (
          <RemoveDevice
            device={device()}
            onClose={() => {
              setRemoving(null);
              props.onChanged();
            }}
          />
        )}
      </Show>
    </Part>
  );
}

interface DeviceLineProps {
  readonly device: DeviceRow;
  readonly fixed: boolean;
  /** Whether it is read directly now. */
  readonly isNear: boolean;
  readonly onChanged: () => void;
  readonly onRemove: () => void;
}

function DeviceLine(props: DeviceLineProps) {
  const [renaming, setRenaming] = createSignal(false);
  let renameButton: HTMLButtonElement | undefined;
  const isGone = () => props.device.removedAt !== null;
  const said = () => {
    const { removedAt, addedAt, wipeAsked } = props.device;
    if (removedAt !== null) {
      const at = t('devices.removedAt', { at: show.dateTime(removedAt) });
      return wipeAsked ? `${at} · ${t('devices.wipeAsked')}` : at;
    }
    return addedAt > 0 ? t('devices.added', { at: show.dateTime(addedAt) }) : t('devices.first');
  };
  const stop = () => {
    setRenaming(false);
    props.onChanged();
    queueMicrotask(() => renameButton?.focus());
  };
  return (
    <li class="flex items-center gap-3 py-3">
      <span
        class={`flex size-8 shrink-0 items-center justify-center rounded-lg ${isGone() ? 'bg-sunken text-ink-3' : 'bg-accent-soft text-accent-text'}`}
      >
        <Show when={isGone()} fallback={<Laptop class="size-4" aria-hidden="true" />}>
          <Unplug class="size-4" aria-hidden="true" />
        </Show>
      </span>
      <Show when={!renaming()} fallback={<RenameForm device={props.device} onDone={stop} />}>
        <div class="min-w-0 grow">
          <p class="flex items-center gap-2">
            <span class={`truncate font-medium ${isGone() ? 'text-ink-3' : ''}`}>
              {props.device.name}
            </span>
            <Show when={props.device.self}>
              <Chip tone="accent">{t('devices.this')}</Chip>
            </Show>
            <Show when={props.isNear}>
              <Chip>{t('devices.near')}</Chip>
            </Show>
            <Show when={isGone()}>
              <Chip>{t('devices.gone')}</Chip>
            </Show>
          </p>
          <p class="text-xs text-ink-3">{said()}</p>
        </div>
        <Show when={!isGone() && !props.fixed}>
          <Button
            small
            ref={renameButton}
            aria-label={t('devices.renameNamed', { name: props.device.name })}
            onClick={() => setRenaming(true)}
          >
            {t('devices.rename')}
          </Button>
          <Show when={!props.device.self}>
            <Button
              small
              aria-label={t('devices.removeNamed', { name: props.device.name })}
              onClick={() => props.onRemove()}
            >
              {t('devices.remove')}
            </Button>
          </Show>
        </Show>
      </Show>
    </li>
  );
}

function RenameForm(props: { readonly device: DeviceRow; readonly onDone: () => void }) {
  const host = useHost();
  const [name, setName] = createSignal(props.device.name);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const next = name().trim();
    if (next && next !== props.device.name) {
      const answer = await host.call('devices.rename', { device: props.device.id, name: next });
      if (!answer.ok) return tellFailure(answer.failure);
      tellDone(t('devices.renamed'));
    }
    props.onDone();
  };
  return (
    <form class="flex min-w-0 grow items-center gap-2" onSubmit={submit}>
      <input
        type="text"
        class="control"
        aria-label={t('devices.newName', { name: props.device.name })}
        autocomplete="off"
        maxLength={100}
        value={name()}
        ref={(element) => queueMicrotask(() => element.select())}
        onInput={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Escape' && props.onDone()}
      />
      <Button type="submit" look="primary" disabled={!name().trim()}>
        {t('common.save')}
      </Button>
      <Button onClick={props.onDone}>{t('common.cancel')}</Button>
    </form>
  );
}
