/** Chooses a profile's colour among the few there are, or none. */
import { X } from 'lucide-solid';
import { createUniqueId, For } from 'solid-js';
import { type ProfileColor, profileColors } from '../../../../../workspace/model/profileChoices.ts';
import { t } from '../../../shell/text.ts';
import { ColorDot } from './ColorDot.tsx';

interface ColorFieldProps {
  readonly value: ProfileColor | null;
  readonly onValue: (value: ProfileColor | null) => void;
}

export function ColorField(props: ColorFieldProps) {
  const name = createUniqueId();
  return (
    <fieldset class="flex min-w-0 flex-col gap-1">
      <legend class="mb-1 font-medium text-ink-2">{t('profile.color')}</legend>
      <div class="flex h-7.5 items-center gap-0.5">
        <For each={[null, ...profileColors]}>
          {(color) => (
            <label class="grid size-6 cursor-pointer place-items-center rounded-full hover:bg-hover has-checked:bg-active has-checked:ring-1 has-checked:ring-line-strong has-focus-visible:outline-2 has-focus-visible:outline-accent">
              <input
                type="radio"
                class="sr-only"
                name={name}
                checked={props.value === color}
                onChange={() => props.onValue(color)}
                aria-label={color ? t(`profile.color.${color}`) : t('profile.color.none')}
              />
              {color ? (
                <ColorDot color={color} />
              ) : (
                <X class="size-3 text-ink-3" aria-hidden="true" />
              )}
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
}
