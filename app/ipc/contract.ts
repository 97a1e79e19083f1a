/**
 * What a window, a command or a script may ask of the vault host, and what it is told.
 *
 * The same requests travel over a WebSocket (served shell), a message port (Electron) and a local
 * socket (command line). A request is `{id, method, params}`; its answer `{id, result}` where result is
 * a `Result`; a push is `{push}`. The host checks every `params` against the schema here before any
 * code sees it; unknown methods and fields are refused.
 * Each area's requests and answers lie side by side in `contract/`.
 */
import type { z } from 'zod';
import type { Result } from '../../workspace/model/failure.ts';
import { type AppAnswers, appRequests } from './contract/app.ts';
import { type ProfileAnswers, profileRequests } from './contract/profiles.ts';
import { type ProxyAnswers, proxyRequests } from './contract/proxies.ts';
import type { Push } from './contract/pushes.ts';
import { type RecordAnswers, recordRequests } from './contract/records.ts';
import { type RunAnswers, runRequests } from './contract/runs.ts';
import { type SyncAnswers, syncRequests } from './contract/sync.ts';
import { type VaultAnswers, vaultRequests } from './contract/vault.ts';
import { type WorkflowAnswers, workflowRequests } from './contract/workflows.ts';

export type { DoctorCheck, TaskName } from './contract/app.ts';
export type { Page } from './contract/common.ts';
export type {
  CookieListReport,
  CookieReport,
  OpenedProfile,
  SiteRow,
  TemplateRow,
} from './contract/profiles.ts';
export type { ProxyLineRow, ProxyLinesReport } from './contract/proxies.ts';
export type { Push, Topic } from './contract/pushes.ts';
export type { AnyRecord, AnyRow } from './contract/records.ts';
export type { StepUpStatus, VaultStatus } from './contract/vault.ts';
export type { StepField, StepKind } from './contract/workflows.ts';

/** Every method with the schema of its parameters. */
export const requests = {
  ...appRequests,
  ...vaultRequests,
  ...recordRequests,
  ...profileRequests,
  ...proxyRequests,
  ...workflowRequests,
  ...runRequests,
  ...syncRequests,
} as const;

export type Method = keyof typeof requests;
export type Params<M extends Method> = z.input<(typeof requests)[M]>;
export type CheckedParams<M extends Method> = z.output<(typeof requests)[M]>;

/** The answers, by method. */
export interface Answers
  extends AppAnswers,
    VaultAnswers,
    RecordAnswers,
    ProfileAnswers,
    ProxyAnswers,
    WorkflowAnswers,
    RunAnswers,
    SyncAnswers {}

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
