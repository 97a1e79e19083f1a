/** The way between the screens, and the vault's state. */
import {
  Command as CommandIcon,
  Globe,
  Lock,
  MonitorSmartphone,
  Play,
  Settings,
  Trash2,
  UsersRound,
  Waypoints,
} from 'lucide-solid';
import { type Component, createSignal, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { TextKey } from '../../text/index.ts';
import { Kbd } from '../parts/Kbd.tsx';
import { Mark } from '../parts/Mark.tsx';
import { useHost } from './connection.ts';
import { openPalette, useLock } from './FrameCommands.tsx';
import { OpenedState } from './OpenedState.tsx';
import { createQuery } from './query.ts';
import { type Route, routeHash } from './route.ts';
import { route } from './router.ts';
import { SyncState } from './SyncState.tsx';
import { show, t } from './text.ts';

type Place = 'profiles' | 'proxies' | 'workflows' | 'runs' | 'devices' | 'trash' | 'settings';

const places: readonly { place: Place; title: TextKey; icon: Component }[] = [
  { place: 'profiles', title: 'nav.profiles', icon: UsersRound },
  { place: 'proxies', title: 'nav.proxies', icon: Globe },
  { place: 'workflows', title: 'nav.workflows', icon: Waypoints },
  { place: 'runs', title: 'nav.runs', icon: Play },
  { place: 'devices', title: 'nav.devices', icon: MonitorSmartphone },
  { place: 'trash', title: 'nav.trash', icon: Trash2 },
  { place: 'settings', title: 'nav.settings', icon: Settings },
];

const placeOf = (shown: Route): Place =>
  shown.screen === 'workflow' ? 'workflows' : shown.screen === 'run' ? 'runs' : shown.screen;

export function Sidebar() {
  return (
    <header class="no-print flex w-54 shrink-0 flex-col border-r border-line bg-sunken">
      <div class="flex items-center gap-2.5 px-4 pt-4 pb-3">
        <Mark class="size-6" />
        <span class="text-base font-semibold tracking-tight">Warren</span>
      </div>
      <button
        type="button"
        class="mx-3 mb-3 flex h-8 items-center gap-2 rounded-md border border-line bg-surface px-2.5 text-ink-3 transition-colors duration-100 hover:border-line-strong hover:text-ink-2"
        onClick={openPalette}
      >
        <CommandIcon class="size-3.5" aria-hidden="true" />
        <span class="grow text-left">{t('nav.commands')}</span>
        <Kbd keys="Mod+K" />
      </button>
      <nav aria-label={t('nav.label')} class="flex grow flex-col gap-0.5 px-3">
        {places.map((one) => (
          <a
            href={routeHash({ screen: one.place })}
            aria-current={placeOf(route()) === one.place ? 'page' : undefined}
            class="flex h-8 items-center gap-2.5 rounded-md px-2.5 font-medium text-ink-2 transition-colors duration-100 hover:bg-hover hover:text-ink aria-[current=page]:bg-active aria-[current=page]:text-ink [&_svg]:size-4 aria-[current=page]:[&_svg]:text-accent-text"
          >
            <Dynamic component={one.icon} aria-hidden="true" />
            <span class="grow">{t(one.title)}</span>
            <Show when={one.place === 'runs'}>
              <ActiveRuns />
            </Show>
          </a>
        ))}
      </nav>
      <OpenedState />
      <SyncState />
      <VaultState />
    </header>
  );
}

/** How many runs are going on, seen from every screen. */
function ActiveRuns() {
  const host = useHost();
  const running = createQuery(
    () => null,
    () => ['runs'],
    () => host.call('runs.list', { status: 'running', limit: 1 }),
  );
  return (
    <Show when={running.value()?.total}>
      {(count) => (
        <span class="flex items-center gap-1.5 text-xs text-accent-text tabular-nums">
          <span class="size-1.5 animate-pulse rounded-full bg-accent" aria-hidden="true" />
          <span class="sr-only">{t('nav.activeRuns', { count: count() })}</span>
          <span aria-hidden="true">{show.number(count())}</span>
        </span>
      )}
    </Show>
  );
}

function VaultState() {
  const lock = useLock();
  const [locking, setLocking] = createSignal(false);
  return (
    <div class="border-t border-line px-3 py-2.5">
      <button
        type="button"
        class="flex h-7 w-full items-center justify-center gap-1.5 rounded-md border border-line bg-surface px-2 font-medium text-ink-2 transition-colors duration-100 hover:border-line-strong hover:text-ink"
        disabled={locking()}
        title={t('command.lock')}
        onClick={async () => {
          setLocking(true);
          await lock();
          setLocking(false);
        }}
      >
        <Lock class="size-3.5" aria-hidden="true" />
        {t('nav.lock')}
      </button>
    </div>
  );
}
