/** What is done with proxies from here: asking where they come out, and having them come out elsewhere. */
import { type Accessor, createSignal } from 'solid-js';
import { useHost } from '../../shell/connection.ts';
import { t } from '../../shell/text.ts';
import { tellDone, tellFailure, tellProblem } from '../../shell/toasts.tsx';

export interface ProxyWork {
  /** Those that are being checked. */
  readonly checking: Accessor<ReadonlySet<string>>;
  check(ids: readonly string[]): Promise<void>;
  stopChecking(): void;
  /** The one that is being made to change its exit. */
  readonly changing: Accessor<string | null>;
  changeExit(id: string): Promise<void>;
}

const none: ReadonlySet<string> = new Set();

export function createProxyWork(): ProxyWork {
  const host = useHost();
  const [checking, setChecking] = createSignal(none);
  const [changing, setChanging] = createSignal<string | null>(null);
  return {
    checking,
    changing,
    async check(ids) {
      setChecking(new Set(ids));
      const answer = await host.call('proxies.check', { proxies: [...ids] });
      setChecking(none);
      // What came of a single one is there to be seen.
      if (answer.ok && ids.length > 1) tellDone(t('proxies.checked', answer.value));
      if (!answer.ok && answer.failure.code !== 'cancelled') tellFailure(answer.failure);
    },
    stopChecking: () => void host.call('task.cancel', { task: 'proxyCheck' }),
    async changeExit(proxy) {
      setChanging(proxy);
      const answer = await host.call('proxies.changeExit', { proxy });
      setChanging(null);
      if (!answer.ok) return tellFailure(answer.failure);
      const { status } = answer.value;
      if (status >= 200 && status < 400) tellDone(t('proxies.exitChanged'));
      else {
        const why =
          status === 0
            ? t('proxies.exitNotChanged.silent')
            : t('proxies.exitNotChanged.status', { status: String(status) });
        tellProblem(t('proxies.exitNotChanged'), why);
      }
    },
  };
}
