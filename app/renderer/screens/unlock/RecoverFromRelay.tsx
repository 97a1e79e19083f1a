/** On a fresh machine: everything from the recovery words and a relay that has the workspace. */
import { createSignal, Show } from 'solid-js';
import type { Failure } from '../../../../workspace/model/failure.ts';
import { FailureNotice } from '../../parts/Notice.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useHost } from '../../shell/connection.ts';
import { t } from '../../shell/text.ts';
import { GatePage } from './GatePage.tsx';
import { NewPassphrase } from './NewPassphrase.tsx';
import { aboutWords, wordCount } from './Recover.tsx';
import { splitWords } from './words.ts';

export function RecoverFromRelay(props: { readonly onBack: () => void }) {
  const host = useHost();
  const [words, setWords] = createSignal('');
  const [relay, setRelay] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const count = () => splitWords(words()).length;

  const submit = async (passphrase: string) => {
    setBusy(true);
    const answer = await host.call('join.recover', {
      words: splitWords(words()).join(' '),
      relay: relay().trim(),
      passphrase,
    });
    setBusy(false);
    if (!answer.ok) return setFailure(aboutWords(answer.failure));
    setWords('');
    await host.refreshVault();
  };

  return (
    <GatePage title={t('join.recover.title')} text={t('join.recover.text')}>
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
        <TextField
          label={t('relays.address')}
          mono
          value={relay()}
          onValue={setRelay}
          input={{ placeholder: 'wss://relay.example.org', spellcheck: false }}
        />
        <Show when={failure()}>{(shown) => <FailureNotice failure={shown()} />}</Show>
        <NewPassphrase
          label={t('recover.newPassphrase')}
          action={t('recover.action')}
          busy={busy()}
          ready={count() === wordCount && relay().trim() !== ''}
          onPassphrase={(passphrase) => void submit(passphrase)}
          onBack={props.onBack}
        />
      </div>
    </GatePage>
  );
}
