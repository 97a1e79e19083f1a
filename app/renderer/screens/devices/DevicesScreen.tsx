/** The devices of the workspace, the relays they meet at, and what is not as it should be. */
import { RefreshCw } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import type { Failure } from '../../../../workspace/model/failure.ts';
import { Button } from '../../parts/Button.tsx';
import { FailureNotice, ListFailure } from '../../parts/Notice.tsx';
import { ScreenHead } from '../../parts/ScreenHead.tsx';
import { useHost } from '../../shell/connection.ts';
import { createQuery } from '../../shell/query.ts';
import { useSyncStatus } from '../../shell/syncStatus.ts';
import { t } from '../../shell/text.ts';
import { tellDone } from '../../shell/toasts.tsx';
import { AddDevice } from './AddDevice.tsx';
import { DeviceList } from './DeviceList.tsx';
import { RelayList } from './RelayList.tsx';
import { Trouble } from './Trouble.tsx';

/** Milliseconds that somebody who pressed the button waits for everything to be exchanged. */
const patience = 20_000;

export default function DevicesScreen() {
  const host = useHost();
  const status = useSyncStatus();
  const devices = createQuery(
    () => null,
    () => ['sync'],
    () => host.call('devices.list', {}),
  );
  const [adding, setAdding] = createSignal(false);
  const [relayWanted, setRelayWanted] = createSignal(false);
  const [syncing, setSyncing] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const relays = () => status.value()?.relays ?? [];
  const nearby = () => status.value()?.nearby ?? [];
  const isOut = () => Boolean(status.value()?.removed);
  const live = () => devices.value()?.devices.filter(({ removedAt }) => removedAt === null) ?? [];

  const sync = async () => {
    setSyncing(true);
    setFailure(null);
    const answer = await host.call('sync.wait', { timeout: patience });
    setSyncing(false);
    if (answer.ok) tellDone(t('sync.done'));
    else setFailure(answer.failure);
  };

  return (
    <div class="flex h-full flex-col">
      <ScreenHead title={t('nav.devices')} count={devices.value() ? live().length : null}>
        <Show when={(relays().length > 0 || nearby().length > 0) && !isOut()}>
          <Button busy={syncing()} onClick={() => void sync()}>
            <Show when={!syncing()}>
              <RefreshCw class="size-3.5" aria-hidden="true" />
            </Show>
            {t('sync.now')}
          </Button>
        </Show>
        <Show when={status.value() && !isOut()}>
          <Button look="primary" onClick={() => setAdding(true)}>
            {t('devices.add')}
          </Button>
        </Show>
      </ScreenHead>
      <ListFailure failure={devices.failure()} />
      <div class="min-h-0 grow overflow-y-auto" tabIndex={-1}>
        <div class="mx-auto flex max-w-176 flex-col gap-8 px-6 py-8">
          <Show when={failure()}>{(shown) => <FailureNotice failure={shown()} />}</Show>
          <Show when={status.value()}>{(shown) => <Trouble status={shown()} />}</Show>
          <DeviceList
            devices={devices.value()?.devices ?? []}
            fixed={isOut()}
            nearby={nearby()}
            onChanged={() => void devices.refresh()}
          />
          <RelayList
            relays={relays()}
            fixed={isOut()}
            wanted={relayWanted()}
            onChanged={() => {
              setRelayWanted(false);
              void status.refresh();
            }}
          />
        </div>
      </div>
      <Show when={adding()}>
        <AddDevice
          onNowhereToMeet={() => {
            setAdding(false);
            setRelayWanted(true);
          }}
          onClose={() => {
            setAdding(false);
            void devices.refresh();
          }}
        />
      </Show>
    </div>
  );
}
