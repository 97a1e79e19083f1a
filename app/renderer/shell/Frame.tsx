/** The frame around all screens of an unlocked vault. */
import { lazy, Match, onCleanup, type ParentProps, Switch } from 'solid-js';
import { ConfirmDialog, closeConfirm } from '../parts/confirm.tsx';
import { ProfilesScreen } from '../screens/profiles/ProfilesScreen.tsx';
import { RunDialog } from '../screens/runs/RunDialog.tsx';
import { listenForKeys } from './commands.ts';
import { closePalette, FrameCommands } from './FrameCommands.tsx';
import { closeRunDialog } from './intents.ts';
import { LongWork } from './LongWork.tsx';
import { createOpened, OpenedContext } from './opened.ts';
import { reportPresence } from './presence.ts';
import { RemovedBanner } from './RemovedBanner.tsx';
import { route } from './router.ts';
import { Sidebar } from './Sidebar.tsx';
import { createSettings, SettingsContext } from './settings.ts';
import { closeProof, ProofDialog } from './stepUp.tsx';
import { createSyncStatus, SyncContext } from './syncStatus.ts';
import { t } from './text.ts';
import { clearToasts } from './toasts.tsx';

const ProxiesScreen = lazy(() => import('../screens/proxies/ProxiesScreen.tsx'));
const WorkflowsScreen = lazy(() => import('../screens/workflows/WorkflowsScreen.tsx'));
const WorkflowScreen = lazy(() => import('../screens/workflows/WorkflowScreen.tsx'));
const RunsScreen = lazy(() => import('../screens/runs/RunsScreen.tsx'));
const RunScreen = lazy(() => import('../screens/runs/RunScreen.tsx'));
const DevicesScreen = lazy(() => import('../screens/devices/DevicesScreen.tsx'));
const TrashScreen = lazy(() => import('../screens/trash/TrashScreen.tsx'));
const SettingsScreen = lazy(() => import('../screens/settings/SettingsScreen.tsx'));

export function Frame() {
  listenForKeys();
  reportPresence();
  // What is open or being said goes with the vault; it must not be there for whoever unlocks next.
  onCleanup(() => {
    clearToasts();
    closeRunDialog();
    closeConfirm();
    closeProof();
    closePalette();
  });
  return (
    <Kept>
      <button
        type="button"
        class="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-accent px-3 py-1.5 font-medium text-on-accent focus:translate-y-0"
        onClick={() => document.getElementById('main')?.focus()}
      >
        {t('frame.skip')}
      </button>
      <FrameCommands />
      <div class="flex h-full">
        <Sidebar />
        <main id="main" tabIndex={-1} class="flex min-w-0 grow flex-col bg-canvas outline-none">
          <RemovedBanner />
          <div class="min-h-0 grow">
            <Screen />
          </div>
        </main>
      </div>
      <RunDialog />
      <ConfirmDialog />
      <ProofDialog />
      <LongWork />
    </Kept>
  );
}

/** What every screen may ask for without asking the host again. */
function Kept(props: ParentProps) {
  return (
    <SettingsContext.Provider value={createSettings()}>
      <SyncContext.Provider value={createSyncStatus()}>
        <OpenedContext.Provider value={createOpened()}>{props.children}</OpenedContext.Provider>
      </SyncContext.Provider>
    </SettingsContext.Provider>
  );
}

function Screen() {
  const idOf = (screen: 'workflow' | 'run') => {
    const shown = route();
    return shown.screen === screen ? shown.id : null;
  };
  return (
    <Switch>
      <Match when={route().screen === 'profiles'}>
        <ProfilesScreen />
      </Match>
      <Match when={route().screen === 'proxies'}>
        <ProxiesScreen />
      </Match>
      <Match when={route().screen === 'workflows'}>
        <WorkflowsScreen />
      </Match>
      <Match keyed when={idOf('workflow')}>
        {(id) => <WorkflowScreen id={id} />}
      </Match>
      <Match when={route().screen === 'runs'}>
        <RunsScreen />
      </Match>
      <Match keyed when={idOf('run')}>
        {(id) => <RunScreen id={id} />}
      </Match>
      <Match when={route().screen === 'devices'}>
        <DevicesScreen />
      </Match>
      <Match when={route().screen === 'trash'}>
        <TrashScreen />
      </Match>
      <Match when={route().screen === 'settings'}>
        <SettingsScreen />
      </Match>
    </Switch>
  );
}
