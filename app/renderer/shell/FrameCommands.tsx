/** The commands that every screen has, with the palette and the list of keys they open. */
import { createSignal } from 'solid-js';
import { type Command, provideCommands } from './commands.ts';
import { useHost } from './connection.ts';
import { Palette } from './Palette.tsx';
import { newWorkflow } from './route.ts';
import { navigate } from './router.ts';
import { ShortcutList } from './ShortcutList.tsx';
import { tellFailure } from './toasts.tsx';

const [opened, setOpened] = createSignal<'palette' | 'keys' | null>(null);
export const openPalette = () => setOpened('palette');
export const closePalette = () => setOpened(null);

export function FrameCommands() {
  const lock = useLock();
  const list: readonly Command[] = [
    { id: 'palette', title: 'command.palette', group: 'app', keys: 'Mod+K', run: openPalette },
    {
      id: 'keys',
      title: 'command.keys',
      group: 'app',
      keys: 'Mod+/',
      run: () => setOpened('keys'),
    },
    go('profiles', 'command.goProfiles', 'Mod+P'),
    go('proxies', 'command.goProxies', 'Alt+6'),
    go('workflows', 'command.goWorkflows', 'Alt+2'),
    go('runs', 'command.goRuns', 'Alt+3'),
    go('devices', 'command.goDevices', 'Alt+4'),
    go('trash', 'command.goTrash', 'Alt+5'),
    go('settings', 'command.goSettings', 'Mod+,'),
    {
      id: 'newWorkflow',
      title: 'workflows.new',
      group: 'app',
      run: () => navigate({ screen: 'workflow', id: newWorkflow }),
    },
    { id: 'lock', title: 'command.lock', group: 'app', keys: 'Mod+Shift+L', run: lock },
  ];
  provideCommands(list);
  return (
    <>
      <Palette open={opened() === 'palette'} onClose={() => setOpened(null)} />
      <ShortcutList open={opened() === 'keys'} onClose={() => setOpened(null)} />
    </>
  );
}

function go(
  screen: 'profiles' | 'proxies' | 'workflows' | 'runs' | 'devices' | 'trash' | 'settings',
  title: Command['title'],
  keys: string,
): Command {
  return { id: screen, title, group: 'go', keys, run: () => navigate({ screen }) };
}

export function useLock(): () => Promise<void> {
  const host = useHost();
  return async () => {
    const answer = await host.call('vault.lock', {});
    // The host may end before its answer is out; then the vault is locked all the same.
    if (!answer.ok && answer.failure.code !== 'hostLost') return tellFailure(answer.failure);
    await host.refreshVault();
  };
}
