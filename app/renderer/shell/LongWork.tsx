/** How far long work is, at the foot of the window, with a way to end it. */
import { createSignal, onCleanup, Show } from 'solid-js';
import type { TaskName } from '../../ipc/contract.ts';
import { Button } from '../parts/Button.tsx';
import { useHost } from './connection.ts';
import { show, t } from './text.ts';

const endable: readonly TaskName[] = ['import', 'export', 'backup', 'edit', 'proxyCheck'];

export function LongWork() {
  const host = useHost();
  const [work, setWork] = createSignal<{ task: TaskName; done: number; total: number } | null>(
    null,
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = host.onPush((push) => {
    if (push.type !== 'progress') return;
    setWork(push);
    clearTimeout(timer);
    // The last report may be lost with work that fails: what is silent for long is over.
    timer = setTimeout(() => setWork(null), push.done >= push.total ? 800 : 10_000);
  });
  onCleanup(() => {
    stop();
    clearTimeout(timer);
  });
  const percent = () => {
    const { done = 0, total = 0 } = work() ?? {};
    return total === 0 ? 0 : Math.floor((done / total) * 100);
  };
  return (
    <Show when={work()}>
      {(current) => (
        <section
          aria-label={t(`task.${current().task}`)}
          class="popup fixed bottom-4 left-58 z-30 flex w-80 items-center gap-3 p-3"
        >
          <div class="min-w-0 grow">
            <p class="flex justify-between gap-2 text-xs text-ink-2">
              <span class="truncate">{t(`task.${current().task}`)}</span>
              <span class="tabular-nums">{show.number(percent())} %</span>
            </p>
            <progress
              class="mt-1.5 block h-1.5 w-full overflow-hidden rounded-full bg-active [&::-webkit-progress-bar]:bg-active [&::-webkit-progress-value]:bg-accent"
              aria-label={t(`task.${current().task}`)}
              max={current().total}
              value={current().done}
            />
          </div>
          <Show when={endable.includes(current().task)}>
            <Button small onClick={() => void host.call('task.cancel', { task: current().task })}>
              {t('common.cancel')}
            </Button>
          </Show>
        </section>
      )}
    </Show>
  );
}
