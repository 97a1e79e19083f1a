/** The extensions of a profile, among those that this device has. */
import { For, Show } from 'solid-js';
import { useSettings } from '../../../shell/settings.ts';
import { t } from '../../../shell/text.ts';

interface ExtensionsFieldProps {
  readonly value: readonly string[];
  readonly onValue: (value: string[]) => void;
}

export function ExtensionsField(props: ExtensionsFieldProps) {
  const settings = useSettings();
  const here = () => (settings.current()?.extensions ?? []).map(({ name }) => name);
  /** One that only another device has can be taken off. */
  const shown = () => [...new Set([...here(), ...props.value])];
  const toggle = (name: string) =>
    props.onValue(
      props.value.includes(name)
        ? props.value.filter((one) => one !== name)
        : [...props.value, name],
    );
  return (
    <fieldset class="flex min-w-0 flex-col gap-1">
      <legend class="mb-1 font-medium text-ink-2">{t('profile.extensions')}</legend>
      <For each={shown()}>
        {(name) => (
          <label class="flex items-center gap-2">
            <input
              type="checkbox"
              class="size-4 shrink-0 rounded accent-(--accent)"
              checked={props.value.includes(name)}
              onChange={() => toggle(name)}
            />
            <span class={here().includes(name) ? '' : 'text-bad'}>
              {here().includes(name) ? name : t('profile.extensions.notHere', { name })}
            </span>
          </label>
        )}
      </For>
      <p class="text-xs text-ink-3">
        <Show when={shown().length > 0} fallback={t('profile.extensions.none')}>
          {t('profile.extensions.hint')}
        </Show>
      </p>
    </fieldset>
  );
}
