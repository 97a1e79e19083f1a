/**
 * What a person can do by key or from the palette. The frame and the shown screen add their commands; a
 * screen's own go away with it.
 */
import { createMemo, createRoot, createSignal, onCleanup, onMount } from 'solid-js';
import type { TextKey } from '../../text/index.ts';
import { onMac } from '../parts/Kbd.tsx';
import { pressed } from './keys.ts';

export interface Command {
  readonly id: string;
  readonly title: TextKey;
  readonly group: 'go' | 'here' | 'app';
  readonly keys?: string;
  /** Set for keys that a screen handles by itself; they are listed, not run from here. */
  readonly listedOnly?: boolean;
  readonly run: () => void;
}

const [added, setAdded] = createSignal<readonly (readonly Command[])[]>([]);

export const commands = createRoot(() => createMemo(() => added().flat()));

/** Adds `list` for as long as the calling component lives. */
export function provideCommands(list: readonly Command[]): void {
  setAdded((all) => [...all, list]);
  onCleanup(() => setAdded((all) => all.filter((one) => one !== list)));
}

/** Runs commands by their keys. A dialog that is open keeps the keys to itself. */
export function listenForKeys(): void {
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector('[data-scope=dialog][data-state=open]')) {
      return;
    }
    const command = commands().findLast(
      (one) => one.keys && !one.listedOnly && pressed(event, one.keys, onMac),
    );
    if (!command) return;
    event.preventDefault();
    command.run();
  };
  onMount(() => document.addEventListener('keydown', listen));
  onCleanup(() => document.removeEventListener('keydown', listen));
}
