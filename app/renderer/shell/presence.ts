/** Tells the host that the person is there, which puts off the auto-lock. */
import { onCleanup, onMount } from 'solid-js';
import { useHost } from './connection.ts';

const interval = 20_000;
const signs = ['pointerdown', 'keydown', 'wheel', 'pointermove'] as const;

export function reportPresence(): void {
  const host = useHost();
  let told = 0;
  const tell = () => {
    const now = Date.now();
    if (now - told < interval) return;
    told = now;
    void host.call('app.active', {});
  };
  onMount(() => {
    for (const sign of signs) window.addEventListener(sign, tell, { passive: true });
  });
  onCleanup(() => {
    for (const sign of signs) window.removeEventListener(sign, tell);
  });
}
