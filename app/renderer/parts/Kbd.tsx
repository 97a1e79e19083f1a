/** A key combination as this platform writes it: `Mod+K` is ⌘K on a Mac and Ctrl+K elsewhere. */
import { For } from 'solid-js';

export const onMac = /Mac|iP(hone|ad)/.test(navigator.platform);

const arrows: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

export function keyParts(keys: string): string[] {
  return keys.split('+').map((part) => {
    if (part === 'Mod') return onMac ? '⌘' : 'Ctrl';
    if (part === 'Alt') return onMac ? '⌥' : 'Alt';
    if (part === 'Shift') return onMac ? '⇧' : 'Shift';
    return arrows[part] ?? part;
  });
}

export function Kbd(props: { readonly keys: string }) {
  return (
    <span class="inline-flex gap-0.5" aria-hidden="true">
      <For each={keyParts(props.keys)}>
        {(part) => (
          <kbd class="min-w-5 rounded border border-line bg-sunken px-1 text-center font-sans text-[0.6875rem] leading-4.5 text-ink-3">
            {part}
          </kbd>
        )}
      </For>
    </span>
  );
}
