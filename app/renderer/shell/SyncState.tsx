/** How it is with other devices, seen from every screen; leads to the screen that says more. */
import { CircleCheck, HardDrive, LoaderCircle, TriangleAlert } from 'lucide-solid';
import { type Component, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { routeHash } from './route.ts';
import { createSyncStatus, type SyncMood, summaryOf } from './syncStatus.ts';
import { t } from './text.ts';

const icons: Record<SyncMood, Component<{ class?: string; 'aria-hidden'?: 'true' }>> = {
  quiet: HardDrive,
  good: CircleCheck,
  busy: LoaderCircle,
  bad: TriangleAlert,
};
const colours: Record<SyncMood, string> = {
  quiet: 'text-ink-3',
  good: 'text-good',
  busy: 'text-accent-text motion-safe:animate-spin',
  bad: 'text-warn',
};

export function SyncState() {
  const status = createSyncStatus();
  return (
    <Show when={status.value()} fallback={<span class="grow" />}>
      {(shown) => {
        const summary = () => summaryOf(shown());
        const text = () => t(summary().key, { count: summary().count });
        return (
          <a
            href={routeHash({ screen: 'devices' })}
            class="flex min-w-0 grow items-center gap-2 rounded-md px-1 py-1 text-xs text-ink-2 hover:bg-hover hover:text-ink"
            title={t('sync.open', { state: text() })}
          >
            <Dynamic
              component={icons[summary().mood]}
              class={`size-3.5 shrink-0 ${colours[summary().mood]}`}
              aria-hidden="true"
            />
            <span class="truncate" role="status" data-sync={summary().key}>
              {text()}
            </span>
          </a>
        );
      }}
    </Show>
  );
}
