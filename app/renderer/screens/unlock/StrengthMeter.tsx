/** Says how strong a passphrase is. It advises and forbids nothing. */
import { createEffect, createSignal, on, Show } from 'solid-js';
import { t } from '../../shell/text.ts';
import { loadStrength, type Strength } from './strength.ts';

const colors: Record<Strength, string> = {
  0: 'bg-bad-fill',
  1: 'bg-bad-fill',
  2: 'bg-warn-fill',
  3: 'bg-good-fill',
  4: 'bg-good-fill',
};

export function StrengthMeter(props: { readonly passphrase: string }) {
  const [strength, setStrength] = createSignal<Strength | null>(null);
  createEffect(
    on(
      () => props.passphrase,
      async (passphrase) => {
        if (!passphrase) return setStrength(null);
        const judge = await loadStrength();
        if (passphrase === props.passphrase) setStrength(judge(passphrase));
      },
    ),
  );
  return (
    <div class="flex flex-col gap-1.5" aria-live="polite">
      <div class="flex gap-1" aria-hidden="true">
        {([1, 2, 3, 4] as const).map((level) => (
          <span
            class={`h-1 grow rounded-full transition-colors duration-150 ${(strength() ?? -1) >= level || (level === 1 && strength() === 0) ? colors[strength() ?? 0] : 'bg-active'}`}
          />
        ))}
      </div>
      <p class="text-xs text-ink-3">
        <Show when={strength() !== null} fallback={t('strength.hint')}>
          {t(`strength.${strength() ?? 0}`)}
        </Show>
      </p>
    </div>
  );
}
