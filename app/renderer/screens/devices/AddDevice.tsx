/** Letting a new device in: a code for it, then digits to compare. */
import { LoaderCircle } from 'lucide-solid';
import { createSignal, Match, onCleanup, onMount, Switch } from 'solid-js';
import { renderSVG } from 'uqr';
import type { Failure } from '../../../../workspace/model/failure.ts';
import { Button } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { FailureNotice } from '../../parts/Notice.tsx';
import { useHost } from '../../shell/connection.ts';
import { withProof } from '../../shell/stepUp.tsx';
import { t } from '../../shell/text.ts';
import { tellDone } from '../../shell/toasts.tsx';
import { Digits } from './Digits.tsx';

interface AddDeviceProps {
  readonly onClose: () => void;
  /** There is neither a relay nor a network. */
  readonly onNowhereToMeet: () => void;
}

export function AddDevice(props: AddDeviceProps) {
  const host = useHost();
  const [code, setCode] = createSignal<string | null>(null);
  const [met, setMet] = createSignal<{ digits: string; name: string } | null>(null);
  const [busy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  let closed = false;
  onCleanup(() => {
    closed = true;
    setCode(null);
    void host.call('pairing.cancel', {});
  });

  onMount(async () => {
    const offered = await withProof(() => host.call('pairing.offer', {}));
    if (closed) return;
    if (!offered.ok) {
      if (offered.failure.code === 'cancelled') props.onClose();
      else if (offered.failure.code === 'relayMissing') props.onNowhereToMeet();
      else setFailure(offered.failure);
      return;
    }
    setCode(offered.value.code);
    const answer = await host.call('pairing.met', {});
    if (closed) return;
    if (answer.ok) setMet(answer.value);
    else setFailure(answer.failure);
  });

  const answer = async (yes: boolean) => {
    setBusy(true);
    const done = await host.call('pairing.answer', { yes });
    setBusy(false);
    if (!done.ok) {
      setFailure(done.failure);
      return;
    }
    tellDone(t('pair.done', { name: done.value.device }));
    props.onClose();
  };
  const copy = async () => {
    await navigator.clipboard.writeText(code() ?? '');
    tellDone(t('pair.copied'));
  };
  const picture = () =>
    `data:image/svg+xml,${encodeURIComponent(renderSVG(code() ?? '', { border: 2 }))}`;

  return (
    <Dialog open onClose={props.onClose} title={t('pair.title')}>
      <Switch>
        <Match when={failure()}>{(shown) => <FailureNotice failure={shown()} />}</Match>
        <Match when={met()}>
          {(shown) => (
            <Digits
              digits={shown().digits}
              question={t('pair.compareWith', { name: shown().name })}
              busy={busy()}
              onAnswer={(yes) => void answer(yes)}
            />
          )}
        </Match>
        <Match when={code()}>
          {(shown) => (
            <div class="flex flex-col gap-4">
              <p class="text-ink-2">{t('pair.how')}</p>
              <img
                class="mx-auto size-52 rounded-md bg-white"
                src={picture()}
                alt={t('pair.picture')}
              />
              <p
                class="rounded-lg bg-sunken p-3 font-mono text-xs break-all select-all"
                data-pairing-code=""
              >
                {shown()}
              </p>
              <div class="flex items-center justify-between gap-4">
                <p class="flex items-center gap-2 text-ink-3" role="status">
                  <LoaderCircle class="size-3.5 motion-safe:animate-spin" aria-hidden="true" />
                  {t('pair.waiting')}
                </p>
                <Button onClick={() => void copy()}>{t('pair.copy')}</Button>
              </div>
            </div>
          )}
        </Match>
      </Switch>
    </Dialog>
  );
}
