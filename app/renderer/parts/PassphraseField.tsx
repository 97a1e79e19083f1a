/** A passphrase that can be looked at while it is typed. */
import { Eye, EyeOff } from 'lucide-solid';
import { createSignal, type JSX, Show } from 'solid-js';
import { t } from '../shell/text.ts';
import { IconButton } from './Button.tsx';
import { Field } from './Field.tsx';

interface PassphraseFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly autocomplete: 'new-password' | 'current-password';
  readonly hint?: JSX.Element;
  readonly problems?: readonly string[] | undefined;
  readonly autofocus?: boolean;
}

export function PassphraseField(props: PassphraseFieldProps) {
  const [shown, setShown] = createSignal(false);
  return (
    <Field label={props.label} hint={props.hint} problems={props.problems}>
      {(control) => (
        <div class="relative">
          <input
            {...control}
            ref={(element) => props.autofocus && queueMicrotask(() => element.focus())}
            type={shown() ? 'text' : 'password'}
            class="control pr-9"
            autocomplete={props.autocomplete}
            spellcheck={false}
            autocapitalize="off"
            value={props.value}
            onInput={(event) => props.onValue(event.currentTarget.value)}
          />
          <IconButton
            class="absolute top-0.5 right-0.5"
            label={shown() ? t('common.hide') : t('common.show')}
            aria-pressed={shown()}
            onClick={() => setShown(!shown())}
          >
            <Show when={shown()} fallback={<Eye aria-hidden="true" />}>
              <EyeOff aria-hidden="true" />
            </Show>
          </IconButton>
        </div>
      )}
    </Field>
  );
}
