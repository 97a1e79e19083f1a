/**
 * What a window, a command or a script may ask of the vault host, and what it is told.
 *
 * The same requests travel over a WebSocket (served shell), a message port (Electron) and a local
 * socket (command line). A request is `{id, method, params}`; its answer `{id, result}` where result is
 * a `Result`; a push is `{push}`. The host checks every `params` against the schema here before any
 * code sees it; unknown methods and fields are refused.
 */
import { z } from 'zod';
import type { Issue, Result } from '../../workspace/model/failure.ts';
import {
  type Profile,
  type ProfileRow,
  profileInputSchema,
  profilePatchSchema,
} from '../../workspace/model/profile.ts';
import {
  type RecordedRunEvent,
  type ResultTable,
  type RunDetail,
  type RunRow,
  runInputSchema,
} from '../../workspace/model/run.ts';
import { type Settings, settingsSchema } from '../../workspace/model/settings.ts';
import type { Workflow, WorkflowRow } from '../../workspace/model/workflow.ts';

/** Passphrases are Unicode, normalized (NFKC) before use; the bound only stops absurd input. */
const passphrase = z.string().min(1).max(1_024);
const nothing = z.strictObject({});
const reference = z.string().min(1).max(200);
const page = {
  /** Where the previous page ended; opaque. */
  after: z.string().max(2_000).optional(),
  limit: z.int().min(1).max(500).default(100),
};

/** Every method with the schema of its parameters. */
export const requests = {
  'app.info': nothing,
  'app.doctor': nothing,
  /** Tells the host that the person is there, which puts off the auto-lock. */
  'app.active': nothing,

  'vault.status': nothing,
  /** Makes a vault in memory and returns its recovery words; nothing is written yet. */
  'vault.prepare': z.strictObject({
    passphrase,
    kdf: z.enum(['calibrated', 'minimum']).default('calibrated'),
  }),
  /** The asked-for recovery words, in the order asked; writes the vault and unlocks it. */
  'vault.confirm': z.strictObject({ words: z.array(z.string().max(40)).max(24) }),
  'vault.unlock': z.strictObject({ passphrase }),
  /** Opens with the 24 recovery words and sets a new passphrase. */
  'vault.recover': z.strictObject({ words: z.string().max(1_000), newPassphrase: passphrase }),
  'vault.lock': nothing,

  'profiles.list': z.strictObject({
    search: z.string().max(200).default(''),
    sort: z.enum(['name', 'recent', 'created']).default('name'),
    ...page,
  }),
  'profiles.get': z.strictObject({ profile: reference }),
  'profiles.add': z.strictObject({ input: profileInputSchema }),
  'profiles.edit': z.strictObject({ profile: reference, patch: profilePatchSchema }),
  'profiles.remove': z.strictObject({ profile: reference }),
  /** All of them added, or none. Items are checked one by one; issues carry the item's index. */
  'profiles.import': z.strictObject({ items: z.array(z.unknown()).max(100_000) }),
  'profiles.export': z.strictObject({ profiles: z.array(reference).max(100_000).optional() }),
  /** Forgets the profile's cookies and storage. */
  'profiles.clearSession': z.strictObject({ profile: reference }),

  'workflows.list': z.strictObject({ search: z.string().max(200).default(''), ...page }),
  'workflows.get': z.strictObject({ workflow: reference }),
  /** `document` is a workflow file's content; it is checked against every step's schema. */
  'workflows.add': z.strictObject({ document: z.unknown() }),
  'workflows.replace': z.strictObject({ workflow: reference, document: z.unknown() }),
  'workflows.check': z.strictObject({ document: z.unknown() }),
  'workflows.remove': z.strictObject({ workflow: reference }),
  'steps.catalogue': nothing,

  'runs.start': runInputSchema,
  'runs.cancel': z.strictObject({ run: reference }),
  'runs.list': z.strictObject({
    workflow: reference.optional(),
    profile: reference.optional(),
    status: z
      .enum(['queued', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted'])
      .optional(),
    ...page,
  }),
  'runs.get': z.strictObject({ run: reference }),
  'runs.events': z.strictObject({
    run: reference,
    /** The last sequence already seen; 0 for none. */
    after: z.int().min(0).default(0),
    limit: z.int().min(1).max(5_000).default(1_000),
  }),
  /** Pushes the run's events from `after` on, those already recorded first, until it is finished. */
  'runs.watch': z.strictObject({ run: reference, after: z.int().min(0).default(0) }),
  'runs.unwatch': z.strictObject({ run: reference }),
  'runs.results': z.strictObject({ run: reference }),
  'runs.export': z.strictObject({ run: reference, format: z.enum(['csv', 'json']) }),
  'blobs.read': z.strictObject({ id: z.string().regex(/^[0-9a-f]{64}$/) }),

  'settings.get': nothing,
  'settings.set': settingsSchema.partial(),
} as const;

export type Method = keyof typeof requests;
export type Params<M extends Method> = z.input<(typeof requests)[M]>;
export type CheckedParams<M extends Method> = z.output<(typeof requests)[M]>;

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Give it back as `after`; null on the last page. */
  readonly next: string | null;
  readonly total: number;
}

export type VaultStatus =
  | { readonly state: 'missing' | 'locked' | 'unlocked'; readonly dir: string }
  | {
      readonly state: 'unusable';
      readonly dir: string;
      readonly failure: import('../../workspace/model/failure.ts').Failure;
    };

export interface DoctorCheck {
  readonly name: 'runtime' | 'browser' | 'electron' | 'display' | 'vault' | 'sandbox' | 'diskSpace';
  readonly state: 'good' | 'warning' | 'bad';
  /** What was found: a version, a path, a size. */
  readonly found: string;
  /** Key of the advice in `app/text`, where there is any. */
  readonly advice: string | null;
}

/** One kind of step as the builder's form, the JSON view and the command line see it. */
export interface StepKind {
  readonly type: string;
  readonly group: 'page' | 'input' | 'wait' | 'data' | 'flow' | 'outside';
  /** JSON Schema (2020-12) of the whole step, common options included. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** The fields that belong to this kind, in the order of its form, and how each is edited. */
  readonly fields: readonly StepField[];
  /** A new step of this kind, without its id. */
  readonly template: Readonly<Record<string, unknown>>;
}

export interface StepField {
  readonly name: string;
  readonly editor:
    | 'text'
    | 'template'
    | 'expression'
    | 'number'
    | 'boolean'
    | 'choice'
    | 'selectors'
    | 'conditions'
    | 'steps'
    | 'json';
  readonly required: boolean;
  readonly choices?: readonly string[];
}

/** The answers, by method. */
export interface Answers {
  'app.info': {
    readonly version: string;
    readonly shell: 'served' | 'electron' | 'cli';
    readonly platform: string;
    readonly vaultDir: string;
  };
  'app.doctor': { readonly checks: readonly DoctorCheck[] };
  'app.active': null;
  'vault.status': VaultStatus;
  'vault.prepare': {
    readonly words: readonly string[];
    /** 1-based positions of the words to type back. */
    readonly ask: readonly number[];
  };
  'vault.confirm': null;
  'vault.unlock': null;
  'vault.recover': null;
  'vault.lock': null;
  'profiles.list': Page<ProfileRow>;
  'profiles.get': Profile;
  'profiles.add': Profile;
  'profiles.edit': Profile;
  'profiles.remove': null;
  'profiles.import': { readonly added: number };
  'profiles.export': { readonly profiles: readonly Profile[] };
  'profiles.clearSession': null;
  'workflows.list': Page<WorkflowRow>;
  'workflows.get': Workflow;
  'workflows.add': Workflow;
  'workflows.replace': Workflow;
  'workflows.check': { readonly issues: readonly Issue[] };
  'workflows.remove': null;
  'steps.catalogue': { readonly kinds: readonly StepKind[] };
  'runs.start': RunDetail;
  'runs.cancel': null;
  'runs.list': Page<RunRow>;
  'runs.get': RunDetail;
  'runs.events': { readonly events: readonly RecordedRunEvent[]; readonly last: number };
  'runs.watch': null;
  'runs.unwatch': null;
  'runs.results': ResultTable;
  'runs.export': { readonly fileName: string; readonly mediaType: string; readonly text: string };
  'blobs.read': { readonly mediaType: string; readonly base64: string };
  'settings.get': Settings;
  'settings.set': Settings;
}

/** What the host tells without being asked. */
export type Push =
  | { readonly type: 'changed'; readonly topics: readonly Topic[] }
  | {
      readonly type: 'runEvents';
      readonly runId: string;
      readonly events: readonly RecordedRunEvent[];
    }
  | { readonly type: 'locking' };

export type Topic = 'profiles' | 'workflows' | 'runs' | 'settings' | `run:${string}`;

export interface RequestFrame {
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
}
export type AnswerFrame = { readonly id: number; readonly result: Result<unknown> };
export type PushFrame = { readonly push: Push };
export type HostFrame = AnswerFrame | PushFrame;

/** A connection to a host, whatever carries it. */
export interface HostClient {
  call<M extends Method>(method: M, params: Params<M>): Promise<Result<Answers[M]>>;
  onPush(listener: (push: Push) => void): () => void;
  /** Called once when the connection ends; open calls have been answered with `hostLost` by then. */
  onClose(listener: () => void): () => void;
  close(): void;
}
