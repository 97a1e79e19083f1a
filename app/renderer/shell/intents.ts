/** What one screen asks another to do when it is shown: open this profile, run this workflow. */
import { createSignal } from 'solid-js';
import { navigate } from './router.ts';

/** A record to open on the screen that lists its kind. */
function createOpening(screen: 'profiles' | 'proxies') {
  const [wanted, setWanted] = createSignal<string | null>(null);
  return {
    ask(id: string) {
      setWanted(id);
      navigate({ screen });
    },
    wanted,
    done: () => setWanted(null),
  };
}

export const profileOpening = createOpening('profiles');
export const proxyOpening = createOpening('proxies');

/** What the run dialog starts with; null while it is closed. */
export interface RunIntent {
  readonly workflowId: string | null;
  readonly profileIds: readonly string[];
}

const [runIntent, setRunIntent] = createSignal<RunIntent | null>(null);

export { runIntent };
export const openRunDialog = (intent: RunIntent) => setRunIntent(intent);
export const closeRunDialog = () => setRunIntent(null);
