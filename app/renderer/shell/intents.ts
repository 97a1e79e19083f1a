/** What one screen asks another to do when it is shown: open this profile, run this workflow. */
import { createSignal } from 'solid-js';
import { navigate } from './router.ts';

const [profileToOpen, setProfileToOpen] = createSignal<string | null>(null);

export function openProfile(id: string): void {
  setProfileToOpen(id);
  navigate({ screen: 'profiles' });
}

export { profileToOpen };
export const profileOpened = () => setProfileToOpen(null);

/** What the run dialog starts with; null while it is closed. */
export interface RunIntent {
  readonly workflowId: string | null;
  readonly profileIds: readonly string[];
}

const [runIntent, setRunIntent] = createSignal<RunIntent | null>(null);

export { runIntent };
export const openRunDialog = (intent: RunIntent) => setRunIntent(intent);
export const closeRunDialog = () => setRunIntent(null);
