/** How it is with other devices, seen from every screen; leads to the screen that says more. */
import { createEffect, createMemo, createSignal, on, Show } from 'solid-js';
import { routeHash } from './route.ts';
import { SyncMark } from './SyncMark.tsx';
import { useSyncStatus } from './syncStatus.ts';
import { type SyncDetail, type SyncSummary, summaryOf } from './syncSummary.ts';
import { show, t, tOr } from './text.ts';

export function SyncState() {
  const status = useSyncStatus();
  const summary = createMemo(() => {
    const known = status.value();
    return known && summaryOf(known);
  });
  return (
    <>
      <Show when={summary()}>
        {(shown) => {
          const text = () => t(`sync.state.${shown().headline}`);
          const more = () => shown().details.map(detailText).join(' · ');
          return (
            <a
              href={routeHash({ screen: 'devices' })}
              class="mx-3 mb-2 flex gap-2 rounded-md px-2.5 py-1.5 text-xs text-ink-2 transition-colors duration-100 hover:bg-hover hover:text-ink"
              title={t('sync.open', { state: [text(), more()].filter(Boolean).join(' · ') })}
            >
              <SyncMark mood={shown().mood} class="mt-px" />
              <span class="min-w-0">
                <span class="block truncate font-medium" data-sync={shown().headline}>
                  {text()}
                </span>
                <Show when={more()}>
                  <span class="line-clamp-2 text-ink-3">{more()}</span>
                </Show>
              </span>
            </a>
          );
        }}
      </Show>
      <Announcement summary={summary()} />
    </>
  );
}

/** Says aloud what goes wrong, and that it is well again; not every exchange in between. */
function Announcement(props: { readonly summary: SyncSummary | null }) {
  const [said, setSaid] = createSignal('');
  createEffect(
    on(
      () => props.summary?.headline,
      (headline) => {
        const mood = props.summary?.mood;
        if (headline && (mood === 'bad' || (mood === 'good' && said()))) {
          setSaid(t('sync.open', { state: t(`sync.state.${headline}`) }));
        }
      },
    ),
  );
  return (
    <p class="sr-only" role="status">
      {said()}
    </p>
  );
}

function detailText(detail: SyncDetail): string {
  switch (detail.kind) {
    case 'since':
      return t('sync.detail.since', { at: show.dateTime(detail.at) });
    case 'waiting':
      return t('sync.detail.waiting', { count: detail.count });
    case 'reason':
      return tOr(`relays.reason.${detail.reason}`, detail.reason);
    case 'some':
      return t('sync.detail.some', { count: detail.count, of: detail.of });
    case 'from':
      return t('sync.detail.from', { names: detail.names.join(', ') });
    case 'near':
      return t('sync.detail.near', { names: detail.names.join(', ') });
    case 'keys':
      return t('sync.detail.keys', { count: detail.count });
  }
}
