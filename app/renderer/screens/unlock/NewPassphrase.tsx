/** A new passphrase, typed twice. Both fields are emptied as soon as it is handed on. */
import { createSignal, Show } from 'solid-js';
import { Button } from '../../parts/Button.tsx';
import { PassphraseField } from '../../parts/PassphraseField.tsx';
import { t } from '../../shell/text.ts';
import { StrengthMeter } from './StrengthMeter.tsx';

interface NewPassphraseProps {
  readonly label: string;
  readonly action: string;
  readonly busy: boolean;
  readonly ready?: boolean;
  readonly autofocus?: boolean;
  readonly onPassphrase: (passphrase: string) => void;
  readonly onBack: () => void;
}

export function NewPassphrase(props: NewPassphraseProps) {
  const [first, setFirst] = createSignal('');
  const [second, setSecond] = createSignal('');
  const [tried, setTried] = createSignal(false);
  const same = () => first() === second();

  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (!first() || !same() || props.ready === false) return;
    const chosen = first();
    setFirst('');
    setSecond('');
    setTried(false);
    props.onPassphrase(chosen);
  };

  return (
    <form class="flex flex-col gap-4" onSubmit={submit}>
      <div class="flex flex-col gap-2">
        <PassphraseField
          label={props.label}
          autocomplete="new-password"
          autofocus={props.autofocus ?? false}
          value={first()}
          onValue={setFirst}
          problems={tried() && !first() ? [t('passphrase.empty')] : []}
        />
        <StrengthMeter passphrase={first()} />
      </div>
      <PassphraseField
        label={t('passphrase.repeat')}
        autocomplete="new-password"
        value={second()}
        onValue={setSecond}
        problems={tried() && !same() ? [t('passphrase.different')] : []}
      />
      <div class="mt-1 flex justify-between gap-2">
        <Button look="plain" onClick={props.onBack}>
          {t('common.back')}
        </Button>
        <Button
          type="submit"
          look="primary"
          busy={props.busy}
          disabled={!first() || !second() || props.ready === false}
        >
          <Show when={props.busy} fallback={props.action}>
            {t('passphrase.working')}
          </Show>
        </Button>
      </div>
    </form>
  );
}
