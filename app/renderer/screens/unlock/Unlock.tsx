/** Opens the vault with the passphrase, or with the recovery words. */
import { createSignal, Show } from 'solid-js';
import type { Failure } from '../../../../workspace/model/failure.ts';
import { Button } from '../../parts/Button.tsx';
import { FailureNotice } from '../../parts/Notice.tsx';
import { PassphraseField } from '../../parts/PassphraseField.tsx';
import { useHost } from '../../shell/connection.ts';
import { explain, t } from '../../shell/text.ts';
import { GatePage } from './GatePage.tsx';
import { Recover } from './Recover.tsx';

export function Unlock(props: { readonly dir: string }) {
  const [recovering, setRecovering] = createSignal(false);
  return (
    <Show
      when={recovering()}
      fallback={<UnlockForm dir={props.dir} onRecover={() => setRecovering(true)} />}
    >
      <Recover onBack={() => setRecovering(false)} />
    </Show>
  );
}

function UnlockForm(props: { readonly dir: string; readonly onRecover: () => void }) {
  const host = useHost();
  const [passphrase, setPassphrase] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const refused = () => {
    const shown = failure();
    return shown?.code === 'unlockRefused' ? [explain(shown).title] : [];
  };
  const otherFailure = () => {
    const shown = failure();
    return shown && shown.code !== 'unlockRefused' ? shown : null;
  };

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!passphrase()) return;
    setBusy(true);
    const answer = await host.call('vault.unlock', { passphrase: passphrase() });
    setPassphrase('');
    setBusy(false);
    if (answer.ok) return host.refreshVault();
    setFailure(answer.failure);
  };

  return (
    <GatePage
      title={t('unlock.title')}
      text={t('unlock.text')}
      foot={t('unlock.vaultAt', { dir: props.dir })}
    >
      <form class="flex flex-col gap-4" onSubmit={submit}>
        <PassphraseField
          label={t('unlock.passphrase')}
          autocomplete="current-password"
          autofocus
          value={passphrase()}
          onValue={(value) => {
            setPassphrase(value);
            setFailure(null);
          }}
          problems={refused()}
        />
        <Show when={otherFailure()}>{(shown) => <FailureNotice failure={shown()} />}</Show>
        <Button type="submit" look="primary" busy={busy()} class="h-9">
          {t('unlock.action')}
        </Button>
        <Button look="plain" onClick={props.onRecover}>
          {t('unlock.useRecovery')}
        </Button>
      </form>
    </GatePage>
  );
}
