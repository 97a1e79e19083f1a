/** Opens the vault with its 24 recovery words and sets a new passphrase. */
import { createSignal, Show } from 'solid-js';
import type { Failure } from '../../../../workspace/model/failure.ts';
import { FailureNotice } from '../../parts/Notice.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useHost } from '../../shell/connection.ts';
import { t } from '../../shell/text.ts';
import { GatePage } from './GatePage.tsx';
import { NewPassphrase } from './NewPassphrase.tsx';
import { splitWords } from './words.ts';

/** Length of a recovery key in words. */
export const wordCount = 24;

/** The host tells no difference between a wrong passphrase and wrong words; here it was the words. */
export const aboutWords = (failure: Failure): Failure =>
  failure.code === 'unlockRefused' ? { code: 'recoveryMismatch' } : failure;

export function Recover(props: { readonly onBack: () => void }) {
  const host = useHost();
  const [words, setWords] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const count = () => splitWords(words()).length;

  const submit = async (newPassphrase: string) => {
    setBusy(true);
    const answer = await host.call('vault.recover', {
      words: splitWords(words()).join(' '),
      newPassphrase,
    });
    setBusy(false);
    if (!answer.ok) return setFailure(aboutWords(answer.failure));
    setWords('');
    await host.refreshVault();
  };

  return (
    <GatePage title={t('recover.title')} text={t('recover.text')}>
      <div class="flex flex-col gap-4">
        <TextField
          label={t('recover.words')}
          lines={4}
          mono
          value={words()}
          onValue={(value) => {
            setWords(value);
            setFailure(null);
          }}
          hint={t('recover.counted', { count: count(), of: wordCount })}
        />
        <Show when={failure()}>{(shown) => <FailureNotice failure={shown()} />}</Show>
        <NewPassphrase
          label={t('recover.newPassphrase')}
          action={t('recover.action')}
          busy={busy()}
          ready={count() === wordCount}
          onPassphrase={submit}
          onBack={props.onBack}
        />
      </div>
    </GatePage>
  );
}
