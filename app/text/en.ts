/** Everything that people read, in English. The keys here are the ones there are. */
import { commandLineEn } from './commandLine.en.ts';
import { consistencyEn } from './consistency.en.ts';
import { failuresEn } from './failures.en.ts';
import { importEn } from './import.en.ts';
import { openingEn } from './opening.en.ts';
import { profilesEn } from './profiles.en.ts';
import { proxiesEn } from './proxies.en.ts';
import { stepsEn } from './steps.en.ts';
import { syncEn } from './sync.en.ts';
import { vaultEn } from './vault.en.ts';
import { windowEn } from './window.en.ts';

export const en = {
  ...windowEn,
  ...vaultEn,
  ...syncEn,
  ...profilesEn,
  ...proxiesEn,
  ...importEn,
  ...openingEn,
  ...consistencyEn,
  ...stepsEn,
  ...failuresEn,
  ...commandLineEn,
};
