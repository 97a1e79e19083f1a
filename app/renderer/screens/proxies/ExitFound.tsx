/** What a check found: where the proxy comes out and how fast, or why nothing came through. */
import { CircleX } from 'lucide-solid';
import { Show } from 'solid-js';
import type { ProxyCheck } from '../../../../workspace/model/proxy.ts';
import { show, t, tOr } from '../../shell/text.ts';

export function ExitFound(props: { readonly check: ProxyCheck }) {
  const found = () => {
    const { country, exit, latency } = props.check;
    const parts = [country, exit ?? t('proxies.exit.unknown')];
    return [...parts, latency === null ? null : show.duration(latency)].filter(Boolean).join(' · ');
  };
  return (
    <Show
      when={props.check.problem}
      fallback={
        <span class="truncate tabular-nums" title={found()}>
          {found()}
        </span>
      }
    >
      {(problem) => {
        const words = () => tOr(`upstream.${problem()}`, problem());
        return (
          <span class="flex min-w-0 items-center gap-1.5 text-bad" title={words()}>
            <CircleX class="size-3.5 shrink-0" aria-hidden="true" />
            <span class="truncate">{words()}</span>
          </span>
        );
      }}
    </Show>
  );
}
