/** One-time codes before what would hurt: set up by a picture or a text, confirmed by a first code. */
import { createResource, createSignal, For, Show } from 'solid-js';
import { renderSVG } from 'uqr';
import type { Failure } from '../../../../workspace/model/failure.ts';
import { Button } from '../../parts/Button.tsx';
import { confirm } from '../../parts/confirm.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { FailureNotice, Notice } from '../../parts/Notice.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useHost } from '../../shell/connection.ts';
import { withProof } from '../../shell/stepUp.tsx';
import { t } from '../../shell/text.ts';
import { tellDone, tellFailure } from '../../shell/toasts.tsx';
import { Line } from './Part.tsx';

interface Offer {
  readonly uri: string;
  readonly secret: string;
}

export function SecondFactor() {
  const host = useHost();
  const [status, { refetch }] = createResource(async () => {
    const answer = await host.call('stepUp.status', {});
    return answer.ok ? answer.value : null;
  });
  const [offer, setOffer] = createSignal<Offer | null>(null);
  const isOn = () => status.latest?.method === 'oneTimeCode';

  const begin = async () => {
    const answer = await withProof(() => host.call('stepUp.begin', {}));
    if (answer.ok) setOffer(answer.value);
    else if (answer.failure.code !== 'cancelled') tellFailure(answer.failure);
  };
  const turnOff = async () => {
    const sure = await confirm({
      title: t('factor.off.title'),
      text: t('factor.off.text'),
      action: t('factor.turnOff'),
    });
    if (!sure) return;
    const answer = await withProof(() => host.call('stepUp.disable', {}));
    if (answer.ok) tellDone(t('factor.isOff'));
    else if (answer.failure.code !== 'cancelled') tellFailure(answer.failure);
    void refetch();
  };

  return (
    <>
      <Line
        title={t('factor.title')}
        text={
          isOn()
            ? t('factor.left', { count: status.latest?.recoveryCodesLeft ?? 0 })
            : t('factor.text')
        }
      >
        <Show
          when={isOn()}
          fallback={<Button onClick={() => void begin()}>{t('factor.setUp')}</Button>}
        >
          <Button onClick={() => void turnOff()}>{t('factor.turnOff')}</Button>
        </Show>
      </Line>
      <Show when={offer()}>
        {(shown) => (
          <SetUp
            offer={shown()}
            onClose={() => {
              setOffer(null);
              void refetch();
            }}
          />
        )}
      </Show>
    </>
  );
}

function SetUp(props: { readonly offer: Offer; readonly onClose: () => void }) {
  const host = useHost();
  const [code, setCode] = createSignal('');
  const [codes, setCodes] = createSignal<readonly string[] | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const picture = () =>
    `data:image/svg+xml,${encodeURIComponent(renderSVG(props.offer.uri, { border: 2 }))}`;

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const answer = await withProof(() => host.call('stepUp.confirm', { code: code() }));
    if (answer.ok) setCodes(answer.value.recoveryCodes);
    else setFailure(answer.failure);
  };

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={codes() ? t('factor.codes.title') : t('factor.setUp')}
      footer={
        <Show
          when={codes()}
          fallback={
            <>
              <Button onClick={props.onClose}>{t('common.cancel')}</Button>
              <Button type="submit" form="factor-form" look="primary" disabled={!code()}>
                {t('common.continue')}
              </Button>
            </>
          }
        >
          <Button look="primary" onClick={props.onClose}>
            {t('factor.codes.kept')}
          </Button>
        </Show>
      }
    >
      <Show
        when={codes()}
        fallback={
          <form id="factor-form" class="flex flex-col gap-4" onSubmit={submit}>
            <Show when={failure()}>{(shown) => <FailureNotice failure={shown()} />}</Show>
            <p class="text-ink-2">{t('factor.scan')}</p>
            <img
              class="mx-auto size-44 rounded-md bg-white"
              src={picture()}
              alt={t('factor.picture')}
            />
            <p class="text-center font-mono text-xs break-all select-all">{props.offer.secret}</p>
            <TextField
              label={t('proof.code')}
              mono
              value={code()}
              onValue={setCode}
              input={{ autocomplete: 'one-time-code' }}
            />
            <Notice tone="plain">{t('factor.gate')}</Notice>
          </form>
        }
      >
        {(shown) => (
          <div class="flex flex-col gap-4">
            <p class="text-ink-2">{t('factor.codes.text')}</p>
            <ul class="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-lg bg-sunken p-4 font-mono select-all">
              <For each={shown()}>{(one) => <li>{one}</li>}</For>
            </ul>
          </div>
        )}
      </Show>
    </Dialog>
  );
}
