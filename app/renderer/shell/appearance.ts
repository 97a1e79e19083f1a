/**
 * Language and theme of this window. Both are kept in the vault's settings; a copy outside of it lets the
 * unlock screen look the same as the rest. Neither is a secret.
 */
import { createEffect, createSignal, onCleanup } from 'solid-js';
import type { Settings } from '../../../workspace/model/settings.ts';

const readKept = <T extends string>(name: string, allowed: readonly T[], otherwise: T): T => {
  const kept = localStorage.getItem(`warren.${name}`);
  return allowed.find((one) => one === kept) ?? otherwise;
};

const [theme, setTheme] = createSignal<Settings['theme']>(
  readKept('theme', ['system', 'light', 'dark'], 'system'),
);
const [language, setLanguage] = createSignal<Settings['language']>(
  readKept('language', ['system', 'en', 'vi'], 'system'),
);

export { language, theme };

export function chooseTheme(value: Settings['theme']): void {
  localStorage.setItem('warren.theme', value);
  setTheme(value);
}

export function chooseLanguage(value: Settings['language']): void {
  localStorage.setItem('warren.language', value);
  setLanguage(value);
}

/** Keeps the document's theme at what was chosen, or at the system's while nothing was. */
export function applyTheme(): void {
  const systemDark = matchMedia('(prefers-color-scheme: dark)');
  const [dark, setDark] = createSignal(systemDark.matches);
  const follow = () => setDark(systemDark.matches);
  systemDark.addEventListener('change', follow);
  onCleanup(() => systemDark.removeEventListener('change', follow));
  createEffect(() => {
    const chosen = theme();
    const shown = chosen === 'system' ? (dark() ? 'dark' : 'light') : chosen;
    document.documentElement.dataset.theme = shown;
  });
}
