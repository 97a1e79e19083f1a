/** About the app itself, its settings and long work. */
import { z } from 'zod';
import { type Settings, settingsSchema } from '../../../workspace/model/settings.ts';
import { nothing } from './common.ts';

export const appRequests = {
  'app.info': nothing,
  'app.doctor': nothing,
  /** Tells the host that the person is there, which puts off the auto-lock. */
  'app.active': nothing,

  /** Ends long work that can be ended: an export, an import, a backup. */
  'task.cancel': z.strictObject({ task: z.string().max(100) }),

  'settings.get': nothing,
  'settings.set': settingsSchema.partial(),
} as const;

export interface AppAnswers {
  'app.info': {
    readonly version: string;
    readonly shell: 'served' | 'electron' | 'cli';
    readonly platform: string;
    readonly vaultDir: string;
  };
  'app.doctor': { readonly checks: readonly DoctorCheck[] };
  'app.active': null;
  'task.cancel': null;
  'settings.get': Settings;
  'settings.set': Settings;
}

export interface DoctorCheck {
  readonly name: 'runtime' | 'browser' | 'electron' | 'display' | 'vault' | 'sandbox' | 'diskSpace';
  readonly state: 'good' | 'warning' | 'bad';
  /** What was found: a version, a path, a size. */
  readonly found: string;
  /** Key of the advice in `app/text`, where there is any. */
  readonly advice: string | null;
}

/** Long work that tells how far it is. */
export type TaskName =
  | 'views'
  | 'import'
  | 'export'
  | 'backup'
  | 'edit'
  | 'check'
  | 'proxyCheck'
  | 'share'
  | 'session';
