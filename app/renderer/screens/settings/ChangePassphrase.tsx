/** A new passphrase for the vault. */
import { createSignal, Show } from 'solid-js';
import type { Failure } from '../../../../workspace/model/failure.ts';
import { Button } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { FailureNotice } from '../../parts/Notice.tsx';
import { PassphraseField } from '../../parts/PassphraseField.tsx';
import { useHost } from '../../shell/connection.ts';
import { withProof } from '../../shell/stepUp.tsx';
import { t } from '../../shell/text.ts';
import { tellDone } from '../../shell/toasts.tsx';
import { NewPassphrase } from '../unlock/NewPassphrase.tsx';
import { Line } from './Part.tsx';

export function ChangePassphrase() {
  const host = useHost();
  const [open, setOpen] = createSignal(false);
  const [current, setCurrent] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);

  const close = () => {
    setOpen(false);
    setCurrent('');
    setFailure(null);
  };
  const change = async (next: string) => {
    setBusy(true);
    const answer = await withProof(() =>
      host.call('vault.changePassphrase', { current: current(), next }),
    );
    setBusy(false);
    if (!answer.ok) return setFailure(answer.failure);
    close();
    tellDone(t('security.passphraseChanged'));
  };

  return (
    <Line title={t('security.passphrase')} text={t('security.passphrase.text')}>
      <Button onClick={() => setOpen(true)}>{t('security.changePassphrase')}</Button>
      <Dialog open={open()} onClose={close} title={t('security.changePassphrase')}>
        <div class="flex flex-col gap-4">
          <Show when={failure()}>{(shown) => <FailureNotice failure={shown()} />}</Show>
          <PassphraseField
            label={t('security.currentPassphrase')}
            autocomplete="current-password"
            value={current()}
            onValue={setCurrent}
          />
          <NewPassphrase
            label={t('security.newPassphrase')}
            action={t('security.changePassphrase')}
            busy={busy()}
            ready={current() !== ''}
            onPassphrase={(next) => void change(next)}
            onBack={close}
          />
        </div>
      </Dialog>
    </Line>
  );
}
