/** Makes a vault here that belongs to another device's workspace: its code, digits, a passphrase. */
import { LoaderCircle } from 'lucide-solid';
import { createSignal, Match, onCleanup, Show, Switch } from 'solid-js';
import type { Failure } from '../../../../workspace/model/failure.ts';
import { Button } from '../../parts/Button.tsx';
import { FailureNotice } from '../../parts/Notice.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useHost } from '../../shell/connection.ts';
import { t } from '../../shell/text.ts';
import { Digits } from '../devices/Digits.tsx';
import { GatePage } from './GatePage.tsx';
import { NewPassphrase } from './NewPassphrase.tsx';

export function Join(props: { readonly onBack: () => void }) {
  const host = useHost();
  const [code, setCode] = createSignal('');
  const [name, setName] = createSignal('');
  const [passphrase, setPassphrase] = createSignal<string | null>(null);
  const [digits, setDigits] = createSignal<string | null>(null);
  const [stage, setStage] = createSignal<'code' | 'passphrase' | 'digits'>('code');
  const [busy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  onCleanup(() => setPassphrase(null));

  const again = (failed: Failure) => {
    setFailure(failed);
    setDigits(null);
    setStage('code');
  };
  const begin = async (chosen: string) => {
    setPassphrase(chosen);
    setBusy(true);
    const deviceName = name().trim();
    const answer = await host.call('join.begin', {
      code: code(),
      ...(deviceName ? { deviceName } : {}),
    });
    setBusy(false);
    if (!answer.ok) return again(answer.failure);
    setDigits(answer.value.digits);
    setStage('digits');
  };
  const finish = async (yes: boolean) => {
    setBusy(true);
    const answer = await host.call('join.finish', { yes, passphrase: passphrase() ?? '' });
    setPassphrase(null);
    setBusy(false);
    if (!answer.ok) return again(answer.failure);
    await host.refreshVault();
  };
  const back = () => {
    void host.call('join.cancel', {});
    props.onBack();
  };

  return (
    <Switch>
      <Match when={stage() === 'code'}>
        <GatePage title={t('join.title')} text={t('join.text')}>
          <form
            class="flex flex-col gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              setFailure(null);
              setStage('passphrase');
            }}
          >
            <TextField
              label={t('join.code')}
              lines={4}
              mono
              value={code()}
              onValue={(value) => {
                setCode(value);
                setFailure(null);
              }}
            />
            <TextField
              label={t('join.name')}
              optional={t('common.optional')}
              value={name()}
              onValue={setName}
            />
            <Show when={failure()}>{(shown) => <FailureNotice failure={shown()} />}</Show>
            <div class="flex justify-between gap-2">
              <Button look="plain" onClick={back}>
                {t('common.back')}
              </Button>
              <Button type="submit" look="primary" disabled={!code().trim()}>
                {t('join.next')}
              </Button>
            </div>
          </form>
        </GatePage>
      </Match>
      <Match when={stage() === 'passphrase'}>
        <GatePage title={t('join.passphrase.title')} text={t('join.passphrase.text')}>
          <NewPassphrase
            label={t('unlock.passphrase')}
            action={t('common.continue')}
            busy={busy()}
            autofocus
            onPassphrase={(chosen) => void begin(chosen)}
            onBack={() => setStage('code')}
          />
        </GatePage>
      </Match>
      <Match when={stage() === 'digits'}>
        <GatePage title={t('join.title')}>
          <Digits
            digits={digits() ?? ''}
            question={t('pair.compare')}
            busy={busy()}
            onAnswer={(yes) => void finish(yes)}
          />
          <Show when={busy()}>
            <p class="mt-5 flex items-center justify-center gap-2 text-ink-3" role="status">
              <LoaderCircle class="size-3.5 motion-safe:animate-spin" aria-hidden="true" />
              {t('join.working')}
            </p>
          </Show>
        </GatePage>
      </Match>
    </Switch>
  );
}
