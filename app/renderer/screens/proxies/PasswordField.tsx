/** A proxy's password: never there unless it is asked for, and kept when nothing is typed. */
import { Eye, EyeOff } from 'lucide-solid';
import { createEffect, createSignal, on, Show } from 'solid-js';
import type { ShownProxy } from '../../../../workspace/model/proxy.ts';
import { Button, IconButton } from '../../parts/Button.tsx';
import { Field } from '../../parts/Field.tsx';
import { useHost } from '../../shell/connection.ts';
import { withProof } from '../../shell/stepUp.tsx';
import { t } from '../../shell/text.ts';
import { tellFailure } from '../../shell/toasts.tsx';

interface PasswordFieldProps {
  /** Null for a new one. */
  readonly stored: ShownProxy | null;
  /** Null leaves the stored one as it is. */
  readonly value: string | null;
  readonly onValue: (value: string | null) => void;
  readonly problems?: readonly string[] | undefined;
}

export function PasswordField(props: PasswordFieldProps) {
  const host = useHost();
  const [visible, setVisible] = createSignal(false);
  const [revealed, setRevealed] = createSignal<string | null>(null);
  const hide = () => {
    setVisible(false);
    setRevealed(null);
  };
  createEffect(on(() => props.stored, hide));

  const keeps = () => props.value === null && Boolean(props.stored?.hasPassword);
  const show = async () => {
    const { stored } = props;
    if (stored && keeps()) {
      const answer = await withProof(() => host.call('proxies.reveal', { proxy: stored.id }));
      if (!answer.ok) {
        if (answer.failure.code !== 'cancelled') tellFailure(answer.failure);
        return;
      }
      setRevealed(answer.value.password);
    }
    setVisible(true);
  };
  const type = (typed: string) => {
    setRevealed(null);
    // Emptied, it is as it was; taking a stored one away is a choice of its own.
    props.onValue(typed === '' && props.stored?.hasPassword ? null : typed);
  };

  return (
    <Field label={t('proxy.password')} problems={props.problems}>
      {(control) => (
        <>
          <div class="relative">
            <input
              {...control}
              type={visible() ? 'text' : 'password'}
              class="control pr-9"
              autocomplete="new-password"
              spellcheck={false}
              maxlength={255}
              placeholder={keeps() ? '••••••••' : ''}
              value={props.value ?? revealed() ?? ''}
              onInput={(event) => type(event.currentTarget.value)}
            />
            <Show when={keeps() || props.value}>
              <IconButton
                class="absolute top-0.5 right-0.5"
                label={visible() ? t('proxy.password.hide') : t('proxy.password.show')}
                aria-pressed={visible()}
                onClick={() => (visible() ? hide() : void show())}
              >
                <Show when={visible()} fallback={<Eye aria-hidden="true" />}>
                  <EyeOff aria-hidden="true" />
                </Show>
              </IconButton>
            </Show>
          </div>
          <Show when={props.stored?.hasPassword}>
            <div class="flex items-center justify-between gap-2 text-xs text-ink-3">
              <Show
                when={props.value !== ''}
                fallback={
                  <>
                    {t('proxy.password.removed')}
                    <Inline text={t('proxy.password.keep')} onClick={() => props.onValue(null)} />
                  </>
                }
              >
                {t('proxy.password.hint')}
                <Inline
                  text={t('common.remove')}
                  label={t('proxy.password.remove')}
                  onClick={() => {
                    hide();
                    props.onValue('');
                  }}
                />
              </Show>
            </div>
          </Show>
        </>
      )}
    </Field>
  );
}

interface InlineProps {
  readonly text: string;
  readonly label?: string;
  readonly onClick: () => void;
}

function Inline(props: InlineProps) {
  return (
    <Button
      look="plain"
      class="!h-5 !px-1 text-xs"
      aria-label={props.label}
      onClick={props.onClick}
    >
      {props.text}
    </Button>
  );
}
