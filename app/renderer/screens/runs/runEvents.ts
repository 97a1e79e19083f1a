/** The events of one run, live: those already recorded first, then each as it happens. */
import { type Accessor, createSignal, onCleanup } from 'solid-js';
import type { Failure } from '../../../../workspace/model/failure.ts';
import type { RecordedRunEvent } from '../../../../workspace/model/run.ts';
import { useHost } from '../../shell/connection.ts';

export interface RunEvents {
  readonly events: Accessor<readonly RecordedRunEvent[]>;
  readonly failure: Accessor<Failure | null>;
}

/** Milliseconds that pushes are gathered before the screen is computed again. */
const gather = 50;

export function watchRun(run: string): RunEvents {
  const host = useHost();
  const [events, setEvents] = createSignal<readonly RecordedRunEvent[]>([]);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  let waiting: RecordedRunEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;

  const flush = () => {
    timer = undefined;
    const added = waiting;
    waiting = [];
    setEvents((known) => [...known, ...added]);
  };
  const stop = host.onPush((push) => {
    if (push.type !== 'runEvents' || push.runId !== run) return;
    for (const event of push.events) {
      // A watch begun twice may tell an event twice.
      if (event.sequence <= last) continue;
      last = event.sequence;
      waiting.push(event);
    }
    timer ??= setTimeout(flush, gather);
  });
  void host.call('runs.watch', { run, after: 0 }).then((answer) => {
    if (!answer.ok) setFailure(answer.failure);
  });
  onCleanup(() => {
    stop();
    clearTimeout(timer);
    void host.call('runs.unwatch', { run });
  });
  return { events, failure };
}
