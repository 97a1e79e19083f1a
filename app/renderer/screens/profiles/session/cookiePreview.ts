/** What a text has of cookies: asked of the host a moment after the last change. */
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import type { Failure, Result } from '../../../../../workspace/model/failure.ts';
import type { CookieReport } from '../../../../ipc/contract.ts';

export interface CookiePreview {
  /** Null while there is none, or while it is of an earlier text. */
  readonly report: Accessor<CookieReport | null>;
  readonly failure: Accessor<Failure | null>;
}

/** Milliseconds. */
const pause = 200;

export function createCookiePreview(
  text: Accessor<string>,
  ask: (text: string) => Promise<Result<CookieReport>>,
): CookiePreview {
  const [answer, setAnswer] = createSignal<Result<CookieReport> | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest = 0;
  createEffect(
    on(text, (given) => {
      const mine = ++latest;
      clearTimeout(timer);
      setAnswer(null);
      if (given.trim() === '') return;
      timer = setTimeout(async () => {
        const told = await ask(given);
        if (mine === latest) setAnswer(told);
      }, pause);
    }),
  );
  onCleanup(() => clearTimeout(timer));
  return {
    report() {
      const told = answer();
      return told?.ok ? told.value : null;
    },
    failure() {
      const told = answer();
      return told && !told.ok ? told.failure : null;
    },
  };
}
