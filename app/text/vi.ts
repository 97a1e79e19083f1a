/** Everything that people read, in Vietnamese. */
import { commandLineVi } from './commandLine.vi.ts';
import { consistencyVi } from './consistency.vi.ts';
import { failuresVi } from './failures.vi.ts';
import { importVi } from './import.vi.ts';
import type { Catalogue } from './index.ts';
import { openingVi } from './opening.vi.ts';
import { profilesVi } from './profiles.vi.ts';
import { proxiesVi } from './proxies.vi.ts';
import { stepsVi } from './steps.vi.ts';
import { syncVi } from './sync.vi.ts';
import { vaultVi } from './vault.vi.ts';
import { windowVi } from './window.vi.ts';

export const vi: Catalogue = {
  ...windowVi,
  ...vaultVi,
  ...syncVi,
  ...profilesVi,
  ...proxiesVi,
  ...importVi,
  ...openingVi,
  ...consistencyVi,
  ...stepsVi,
  ...failuresVi,
  ...commandLineVi,
};
