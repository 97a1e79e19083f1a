/**
 * What can go wrong between a person and their vault, as values. Every room that answers a request
 * answers with one of these; the words a person reads come from `app/text` by `code`.
 */

/** One refused field of some input; `path` is written the way the input's author sees it. */
export interface Issue {
  /** `steps[2].selectors[0]`; empty for the input as a whole. */
  readonly path: string;
  readonly message: string;
}

/** Why a file is not taken in. */
export type ImportRefusal =
  | 'notAnExport'
  | 'newer'
  | 'damaged'
  | 'wordsNeeded'
  | 'wordsWrong'
  | 'tooLarge'
  | 'tooDeep'
  | 'badName'
  | 'notJson'
  | 'notCookies'
  | 'brokenTable'
  | 'tooManyRows'
  | 'tooManyColumns'
  | 'notProfiles'
  | 'workbook'
  | 'notChromium';

/** Why two devices did not come together. */
export type PairingRefusal = 'unreachable' | 'expired' | 'refused' | 'notAuthentic' | 'cancelled';

export type Failure =
  | { readonly code: 'invalid'; readonly issues: readonly Issue[] }
  | { readonly code: 'notFound'; readonly kind: string; readonly name: string }
  | { readonly code: 'ambiguousName'; readonly kind: string; readonly name: string }
  | { readonly code: 'duplicateName'; readonly kind: string; readonly name: string }
  | { readonly code: 'locked' }
  | { readonly code: 'unlockRefused' }
  | { readonly code: 'vaultMissing'; readonly dir: string }
  | { readonly code: 'vaultExists'; readonly dir: string }
  | { readonly code: 'vaultInUse'; readonly pid: number | null; readonly since: number | null }
  | { readonly code: 'vaultReadOnly'; readonly dir: string }
  | { readonly code: 'vaultDamaged'; readonly part: string }
  | { readonly code: 'vaultNewer'; readonly found: number; readonly supported: number }
  | { readonly code: 'recoveryMismatch' }
  /** It is open, or a run uses it, on this device; `by` says which where that is known. */
  | { readonly code: 'profileBusy'; readonly name: string; readonly by?: 'person' | 'run' }
  /** Another device uses it, since when by its clock. */
  | {
      readonly code: 'profileLocked';
      readonly name: string;
      readonly device: string;
      readonly since: number;
    }
  /** No relay can be reached that would say whether another device uses it. */
  | { readonly code: 'lockUnknown'; readonly name: string }
  /** Another device has a newer session of it, which can not be had now. */
  | { readonly code: 'sessionElsewhere'; readonly name: string; readonly device: string }
  /** The profile is to leave by a proxy that is not there. */
  | { readonly code: 'proxyMissing'; readonly name: string }
  /** The profile has an extension that this device has no folder for, or none that is one. */
  | { readonly code: 'extensionMissing'; readonly name: string; readonly extension: string }
  /** What another device wrote, and this version can not use. */
  | { readonly code: 'recordUnusable'; readonly name: string; readonly field: string }
  /** Nobody has the profile's browser open on this device. */
  | { readonly code: 'profileNotOpen'; readonly name: string }
  /** The browser of an opened profile did not come up; `reason` names why. */
  | { readonly code: 'openFailed'; readonly name: string; readonly reason: string }
  | { readonly code: 'runNotActive' }
  /** Two devices did not come together; `reason` names why. */
  | { readonly code: 'pairingFailed'; readonly reason: PairingRefusal }
  /** A device of this workspace that can not be what was asked for. */
  | { readonly code: 'deviceRefused'; readonly reason: 'self' | 'removed' }
  /** Not everything was exchanged in the time given. */
  | { readonly code: 'syncTimeout' }
  /** No relay is set up, or none can be reached. */
  | { readonly code: 'relayMissing' }
  /** The person has to prove to be there first, by passphrase or one-time code. */
  | { readonly code: 'stepUpNeeded'; readonly method: 'passphrase' | 'oneTimeCode' }
  | { readonly code: 'stepUpRefused'; readonly waitSeconds: number }
  /** Other long work is under way. */
  | { readonly code: 'taskBusy'; readonly task: string }
  | { readonly code: 'cancelled' }
  /** The shell has no keychain that protects a key, or quick unlock was never set up. */
  | { readonly code: 'quickUnlockMissing' }
  /** A file to import, refused as a whole; `reason` names why. */
  | { readonly code: 'importRefused'; readonly path: string; readonly reason: ImportRefusal }
  | { readonly code: 'fileExists'; readonly path: string }
  | { readonly code: 'fileMissing'; readonly path: string }
  | { readonly code: 'browserMissing'; readonly looked: readonly string[] }
  /** A browser's window can not be shown on this machine. */
  | { readonly code: 'displayMissing' }
  | { readonly code: 'storageFull' }
  /** The disk refused to store, for another reason than being full. */
  | { readonly code: 'storageFailed' }
  | { readonly code: 'hostLost' }
  | { readonly code: 'internal'; readonly reference: string };

export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const fail = (failure: Failure): { ok: false; failure: Failure } => ({ ok: false, failure });

/** Carries a {@link Failure} through code that can not return one; turned back into a value at the border. */
export class FailureError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.code);
    this.name = 'FailureError';
    this.failure = failure;
  }
}
