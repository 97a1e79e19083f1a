/** The person's settings for this device, from the vault; the window's look follows them. */
import { type Accessor, createContext, createEffect, useContext } from 'solid-js';
import type { Result } from '../../../workspace/model/failure.ts';
import type { Settings } from '../../../workspace/model/settings.ts';
import { chooseLanguage, chooseTheme } from './appearance.ts';
import { useHost } from './connection.ts';
import { createQuery } from './query.ts';

export interface SettingsView {
  readonly current: Accessor<Settings | null>;
  /** Shows the change at once and takes it back when the host refuses it. */
  change(patch: Partial<Settings>): Promise<Result<Settings>>;
}

export function createSettings(): SettingsView {
  const host = useHost();
  const query = createQuery(
    () => null,
    () => ['settings'],
    () => host.call('settings.get', {}),
  );
  createEffect(() => {
    const settings = query.value();
    if (!settings) return;
    chooseTheme(settings.theme);
    chooseLanguage(settings.language);
  });
  return {
    current: query.value,
    async change(patch) {
      const before = query.value();
      if (before) query.assume({ ...before, ...patch });
      const answer = await host.call('settings.set', patch);
      if (answer.ok) query.assume(answer.value);
      else if (before) query.assume(before);
      return answer;
    },
  };
}

export const SettingsContext = createContext<SettingsView>();

export function useSettings(): SettingsView {
  const settings = useContext(SettingsContext);
  if (!settings) throw new Error('useSettings needs a SettingsContext above it');
  return settings;
}
