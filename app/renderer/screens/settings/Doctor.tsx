/** What this machine has and lacks for Warren, and what to do about it. */
import { CircleCheck, CircleX, RefreshCw, TriangleAlert } from 'lucide-solid';
import { type Component, createResource, For, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { DoctorCheck } from '../../../ipc/contract.ts';
import { Button } from '../../parts/Button.tsx';
import { FailureNotice } from '../../parts/Notice.tsx';
import { useHost } from '../../shell/connection.ts';
import { t, tOr } from '../../shell/text.ts';

const looks: Record<DoctorCheck['state'], { icon: Component; color: string }> = {
  good: { icon: CircleCheck, color: 'text-good' },
  warning: { icon: TriangleAlert, color: 'text-warn' },
  bad: { icon: CircleX, color: 'text-bad' },
};

export function Doctor() {
  const host = useHost();
  const [answer, { refetch }] = createResource(() => host.call('app.doctor', {}));
  const checks = () => {
    const given = answer.latest;
    return given?.ok ? given.value.checks : [];
  };
  const failure = () => {
    const given = answer.latest;
    return given && !given.ok ? given.failure : null;
  };
  return (
    <section>
      <div class="mb-3 flex items-center justify-between">
        <h2 class="text-base font-semibold">{t('doctor.title')}</h2>
        <Button small busy={answer.loading} onClick={() => void refetch()}>
          <Show when={!answer.loading}>
            <RefreshCw class="size-3.5" aria-hidden="true" />
          </Show>
          {t('doctor.again')}
        </Button>
      </div>
      <Show when={failure()}>{(shown) => <FailureNotice failure={shown()} />}</Show>
      <ul class="divide-y divide-line rounded-xl border border-line bg-surface px-5">
        <For each={checks()}>{(check) => <CheckLine check={check} />}</For>
      </ul>
    </section>
  );
}

function CheckLine(props: { readonly check: DoctorCheck }) {
  const look = () => looks[props.check.state];
  return (
    <li class="flex items-start gap-3 py-3">
      <span class={`mt-0.5 [&_svg]:size-4 ${look().color}`}>
        <Dynamic component={look().icon} aria-hidden="true" />
        <span class="sr-only">{t(`doctor.state.${props.check.state}`)}</span>
      </span>
      <div class="min-w-0 grow">
        <div class="flex items-baseline justify-between gap-4">
          <span class="font-medium">{t(`doctor.${props.check.name}.title`)}</span>
          <span class="truncate font-mono text-xs text-ink-3">{props.check.found}</span>
        </div>
        <Show when={props.check.advice}>
          {(advice) => <p class="text-ink-2">{tOr(`doctor.advice.${advice()}`, advice())}</p>}
        </Show>
      </div>
    </li>
  );
}
