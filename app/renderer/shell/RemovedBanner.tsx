/** On every screen of a device that was removed: by whom, what it keeps, and the way to erase its vault. */
import { TriangleAlert } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import { Button } from '../parts/Button.tsx';
import { EraseDialog } from '../screens/settings/EraseVault.tsx';
import { useSyncStatus } from './syncStatus.ts';
import { show, t } from './text.ts';

export function RemovedBanner() {
  const status = useSyncStatus();
  const [erasing, setErasing] = createSignal(false);
  return (
    <Show when={status.value()?.removed}>
      {(removed) => (
        <section
          aria-labelledby="removed-title"
          class="no-print flex shrink-0 items-start gap-3 border-b border-line bg-warn-soft px-6 py-3"
          data-removed=""
        >
          <TriangleAlert class="mt-0.5 size-4 shrink-0 text-warn" aria-hidden="true" />
          <div class="min-w-0 grow">
            <h2 id="removed-title" class="font-semibold">
              {t('removed.title')}
            </h2>
            <p class="text-ink-2">
              {t('removed.text', { by: removed().by, at: show.dateTime(removed().at) })}
            </p>
            <Show when={removed().wipe}>
              <p class="text-ink-2">{t('removed.wipe')}</p>
            </Show>
          </div>
          <Show when={removed().wipe}>
            <Button class="shrink-0" onClick={() => setErasing(true)}>
              {t('removed.erase')}
            </Button>
            <EraseDialog open={erasing()} onClose={() => setErasing(false)} />
          </Show>
        </section>
      )}
    </Show>
  );
}
