/** Answers of the host that stay current: asked again when the host says that their topic changed. */
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { Failure, Result } from '../../../workspace/model/failure.ts';
import type { Topic } from '../../ipc/contract.ts';
import { useHost } from './connection.ts';

export interface Query<T> {
  readonly value: Accessor<T | null>;
  readonly failure: Accessor<Failure | null>;
  refresh(): Promise<void>;
  /** Shows `next` at once, before the host has confirmed; the next refresh has the last word. */
  assume(next: T): void;
}

/** Runs `ask` now, when a signal it reads through `source` changes, and when one of `topics` changes. */
export function createQuery<S, T>(
  source: Accessor<S>,
  topics: (source: S) => readonly Topic[],
  ask: (source: S) => Promise<Result<T>>,
): Query<T> {
  const [value, setValue] = createSignal<T | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  let latest = 0;

  const refresh = async () => {
    const mine = ++latest;
    const answer = await ask(source());
    if (mine !== latest) return;
    if (answer.ok) setValue(() => answer.value);
    setFailure(answer.ok ? null : answer.failure);
  };

  createEffect(on(source, () => void refresh()));
  onChanged(() => topics(source()), refresh);
  return { value, failure, refresh, assume: (next) => setValue(() => next) };
}

/** At most one refresh every this many milliseconds, however often the host reports a change. */
const refreshInterval = 150;

/** Calls `refresh` after the host reports a change of one of `topics`; many reports become one call. */
export function onChanged(
  topics: () => readonly Topic[],
  refresh: () => void | Promise<void>,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = useHost().onPush((push) => {
    if (push.type !== 'changed' || timer !== undefined) return;
    const wanted = topics();
    if (!push.topics.some((topic) => wanted.includes(topic))) return;
    timer = setTimeout(() => {
      timer = undefined;
      void refresh();
    }, refreshInterval);
  });
  onCleanup(() => {
    stop();
    clearTimeout(timer);
  });
}
