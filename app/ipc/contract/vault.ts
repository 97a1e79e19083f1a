/** Making, unlocking, guarding, checking and saving the vault. */
import { z } from 'zod';
import type { Failure } from '../../../workspace/model/failure.ts';
import type { VaultStats } from '../../../workspace/model/record.ts';
import type { BackupRow, ExportReport, ImportReport } from '../../../workspace/model/transfer.ts';
import { nothing, passphrase } from './common.ts';

export const vaultRequests = {
  'vault.status': nothing,
  /** Makes a vault in memory and returns its recovery words; nothing is written yet. */
  'vault.prepare': z.strictObject({
    passphrase,
    kdf: z.enum(['calibrated', 'minimum']).default('calibrated'),
  }),
  /** The asked-for recovery words, in the order asked; writes the vault and unlocks it. */
  'vault.confirm': z.strictObject({ words: z.array(z.string().max(40)).max(24) }),
  'vault.unlock': z.strictObject({ passphrase }),
  /** Opens with the key that the operating system's keychain keeps, where the shell has one. */
  'vault.unlockQuickly': nothing,
  'quickUnlock.status': nothing,
  'quickUnlock.enable': nothing,
  'quickUnlock.disable': nothing,
  /** Opens with the 24 recovery words and sets a new passphrase. */
  'vault.recover': z.strictObject({
    words: z.string().max(1_000),
    newPassphrase: passphrase,
    /** A backup's folder, on a machine that has no vault yet. */
    from: z.string().min(1).max(4_096).optional(),
  }),
  'vault.lock': nothing,
  /** The old passphrase stops working at once. */
  'vault.changePassphrase': z.strictObject({ current: passphrase, next: passphrase }),
  'vault.stats': nothing,
  /** Reads everything once and names what is damaged. */
  'vault.check': nothing,
  /** Makes all lists again from documents and entries. */
  'views.rebuild': nothing,
  /** Deletes the vault's folder. `confirm` is the folder's name as the person typed it. */
  'vault.erase': z.strictObject({
    confirm: z.string().max(4_096),
    backups: z.boolean().default(false),
  }),

  /** Proves that the person is there: by the second factor where one is set up, else by the passphrase. */
  'stepUp.prove': z.strictObject({
    passphrase: passphrase.optional(),
    code: z.string().max(40).optional(),
  }),
  'stepUp.status': nothing,
  /** Starts setting up one-time codes; nothing is asked for before `stepUp.confirm`. */
  'stepUp.begin': nothing,
  'stepUp.confirm': z.strictObject({ code: z.string().max(40) }),
  'stepUp.disable': nothing,

  'backups.now': nothing,
  'backups.list': nothing,
  'backups.verify': z.strictObject({ backup: z.string().min(1).max(4_096) }),
  /** Puts a backup in the place of what is in the vault now, which is backed up first. */
  'backups.restore': z.strictObject({ backup: z.string().min(1).max(4_096) }),
  'vault.export': z.strictObject({
    path: z.string().min(1).max(4_096),
    format: z.enum(['sealed', 'plain']),
    /** Makes 24 words that open this one file, beside the vault's own. */
    ownWords: z.boolean().default(false),
  }),
  'vault.import': z.strictObject({
    path: z.string().min(1).max(4_096),
    onDuplicate: z.enum(['skip', 'merge', 'copy']).default('skip'),
    /** The words that open the file, when this vault can not open it by itself. */
    words: z.string().max(1_000).optional(),
    /** Only tells what would happen. */
    preview: z.boolean().default(false),
  }),
} as const;

export interface VaultAnswers {
  'vault.status': VaultStatus;
  'vault.prepare': {
    readonly words: readonly string[];
    /** 1-based positions of the words to type back. */
    readonly ask: readonly number[];
  };
  'vault.confirm': null;
  'vault.unlock': null;
  'vault.unlockQuickly': null;
  'quickUnlock.status': { readonly available: boolean; readonly on: boolean };
  'quickUnlock.enable': null;
  'quickUnlock.disable': null;
  'vault.recover': null;
  'vault.lock': null;
  'vault.changePassphrase': null;
  'vault.stats': VaultStats;
  'vault.check': { readonly damaged: readonly string[]; readonly checked: number };
  'views.rebuild': { readonly rows: number };
  'vault.erase': null;
  'stepUp.prove': null;
  'stepUp.status': StepUpStatus;
  'stepUp.begin': { readonly uri: string; readonly secret: string };
  'stepUp.confirm': { readonly recoveryCodes: readonly string[] };
  'stepUp.disable': null;
  'backups.now': BackupRow;
  'backups.list': { readonly backups: readonly BackupRow[] };
  'backups.verify': { readonly damaged: readonly string[]; readonly checked: number };
  'backups.restore': null;
  'vault.export': ExportReport;
  'vault.import': ImportReport;
}

export type VaultStatus =
  | { readonly state: 'missing' | 'locked' | 'unlocked'; readonly dir: string }
  | {
      readonly state: 'unusable';
      readonly dir: string;
      readonly failure: Failure;
    };

/** Whether the person has to prove to be there, and how. */
export interface StepUpStatus {
  readonly method: 'passphrase' | 'oneTimeCode';
  /** Until when the last proof counts, or null. */
  readonly provenUntil: number | null;
  /** How many recovery codes are left, where one-time codes are set up. */
  readonly recoveryCodesLeft: number | null;
}
