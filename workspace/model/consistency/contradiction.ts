/** A contradiction between what a profile is set to, what its browser reports, and where it comes out. */
import type { ProfileInput } from '../profile.ts';

/** `severe`: no ordinary browser says both. `odd`: few do. `plain`: no contradiction, but worth knowing. */
export const severities = ['severe', 'odd', 'plain'] as const;
export type Severity = (typeof severities)[number];

/** What would end it, where one change does. */
export type Fix = 'align' | 'ownUserAgent' | 'ownLanguages' | 'touch' | 'allowPlace';

export interface Contradiction {
  readonly severity: Severity;
  /** The setting that it is about. */
  readonly field: keyof ProfileInput;
  readonly code: ContradictionCode;
  /** What its sentence in the catalogues names. */
  readonly values: Readonly<Record<string, string | number>>;
  readonly fix: Fix | null;
}

export type ContradictionCode =
  // Of the settings alone.
  | 'localeNotListed'
  | 'localeNotFirst'
  | 'languageHeader'
  | 'mobileWithoutTouch'
  | 'mobileWide'
  | 'mobileRatio'
  | 'desktopRatio'
  | 'mobileUserAgent'
  | 'desktopUserAgent'
  | 'placeNotAllowed'
  | 'userAgentSet'
  // With where the proxy comes out.
  | 'localeElsewhere'
  | 'timeZoneElsewhere'
  | 'timeZoneForeign'
  | 'placeElsewhere'
  | 'placeForeign'
  // With what was measured.
  | 'notTaken'
  | 'differsInside'
  | 'headerDiffers'
  | 'formatsDiffer'
  | 'userAgentVersion'
  | 'userAgentSystem'
  | 'userAgentBrowser'
  | 'workerHints'
  | 'viewportLarger'
  | 'webrtcLeak'
  | 'headless'
  | 'webdriver';
