/** Makes the vault: welcome, passphrase, recovery key, its confirmation. Under a minute, no network. */
import { createSignal, Match, onCleanup, Show, Switch } from 'solid-js';
import type { Failure } from '../../../../workspace/model/failure.ts';
import type { Answers } from '../../../ipc/contract.ts';
import { FailureNotice } from '../../parts/Notice.tsx';
import { useHost } from '../../shell/connection.ts';
import { t } from '../../shell/text.ts';
import { ConfirmWords } from './ConfirmWords.tsx';
import { GatePage } from './GatePage.tsx';
import { Join } from './Join.tsx';
import { NewPassphrase } from './NewPassphrase.tsx';
import { RecoverFromRelay } from './RecoverFromRelay.tsx';
import { RecoverySheet } from './RecoverySheet.tsx';
import { Welcome } from './Welcome.tsx';

type Stage = 'welcome' | 'passphrase' | 'words' | 'confirm' | 'join' | 'recover';
/** Of making a vault of one's own. */
const stages: readonly Stage[] = ['welcome', 'passphrase', 'words', 'confirm'];

export function FirstStart(props: { readonly dir: string }) {
  const host = useHost();
  const [stage, setStage] = createSignal<Stage>('welcome');
  const [busy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [prepared, setPrepared] = createSignal<Answers['vault.prepare'] | null>(null);
  onCleanup(() => setPrepared(null));

  const progress = () => {
    const at = stages.indexOf(stage()) + 1;
    return { at, of: stages.length, label: t('first.progress', { at, of: stages.length }) };
  };

  const prepare = async (passphrase: string) => {
    setBusy(true);
    const answer = await host.call('vault.prepare', { passphrase });
    setBusy(false);
    if (!answer.ok) return setFailure(answer.failure);
    setFailure(null);
    setPrepared(answer.value);
    setStage('words');
  };

  const confirmWords = async (words: string[]) => {
    setBusy(true);
    const answer = await host.call('vault.confirm', { words });
    setBusy(false);
    if (!answer.ok) return setFailure(answer.failure);
    setPrepared(null);
    await host.refreshVault();
  };

  const go = (to: Stage) => {
    setFailure(null);
    setStage(to);
  };

  return (
    <Switch>
      <Match when={stage() === 'welcome'}>
        <Welcome
          dir={props.dir}
          progress={progress()}
          onNext={() => go('passphrase')}
          onJoin={() => go('join')}
          onRecover={() => go('recover')}
        />
      </Match>
      <Match when={stage() === 'join'}>
        <Join onBack={() => go('welcome')} />
      </Match>
      <Match when={stage() === 'recover'}>
        <RecoverFromRelay onBack={() => go('welcome')} />
      </Match>
      <Match when={stage() === 'passphrase'}>
        <GatePage
          title={t('passphrase.title')}
          text={t('passphrase.text')}
          progress={progress()}
          foot={t('passphrase.foot')}
        >
          <div class="flex flex-col gap-4">
            <Show when={failure()}>{(shown) => <FailureNotice failure={shown()} />}</Show>
            <NewPassphrase
              label={t('unlock.passphrase')}
              action={t('common.continue')}
              busy={busy()}
              autofocus
              onPassphrase={prepare}
              onBack={() => go('welcome')}
            />
          </div>
        </GatePage>
      </Match>
      <Match when={stage() === 'words' && prepared()}>
        {(made) => (
          <RecoverySheet
            words={made().words}
            progress={progress()}
            onBack={() => go('passphrase')}
            onNext={() => go('confirm')}
          />
        )}
      </Match>
      <Match when={stage() === 'confirm' && prepared()}>
        {(made) => (
          <ConfirmWords
            ask={made().ask}
            progress={progress()}
            busy={busy()}
            failure={failure()}
            onBack={() => go('words')}
            onWords={confirmWords}
          />
        )}
      </Match>
    </Switch>
  );
}
