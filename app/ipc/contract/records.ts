/** What holds for records of every kind: lists that stay current, history, trash, activity. */
import { z } from 'zod';
import {
  type Profile,
  type ProfileRow,
  profileFilterSchema,
} from '../../../workspace/model/profile.ts';
import type { ProxyRow, ShownProxy } from '../../../workspace/model/proxy.ts';
import {
  type ActivityRow,
  type HistoryEntry,
  listOrders,
  type TrashedRow,
} from '../../../workspace/model/record.ts';
import type { Workflow, WorkflowRow } from '../../../workspace/model/workflow.ts';
import { nothing, type Page, page, recordKind, reference } from './common.ts';

export const recordRequests = {
  'records.history': z.strictObject({ kind: recordKind, record: reference }),
  'records.version': z.strictObject({
    kind: recordKind,
    record: reference,
    version: z.string().max(80),
  }),
  'records.restoreVersion': z.strictObject({
    kind: recordKind,
    record: reference,
    version: z.string().max(80),
  }),
  'trash.list': nothing,
  'trash.restore': z.strictObject({ kind: recordKind, id: reference }),
  /** All of them or none; progress is pushed. */
  'trash.restoreMany': z.strictObject({
    kind: recordKind,
    ids: z.array(reference).min(1).max(100_000),
  }),
  /** Deletes for good: these, or all that is in the trash. */
  'trash.empty': z.strictObject({ ids: z.array(reference).max(100_000).optional() }),
  'activity.list': z.strictObject({
    type: z.string().max(60).optional(),
    kind: z.string().max(60).optional(),
    record: reference.optional(),
    from: z.int().min(0).optional(),
    to: z.int().min(0).optional(),
    ...page,
  }),

  /** A list that stays current: its first rows now, then `rows` pushes until it is closed. */
  'lists.open': z.strictObject({
    list: z.enum(['profiles', 'proxies', 'workflows']),
    search: z.string().max(200).default(''),
    sort: z.enum(listOrders).default('name'),
    /** Of profiles only. */
    filter: profileFilterSchema.optional(),
    limit: page.limit,
  }),
  /** The next rows of an open list. */
  'lists.more': z.strictObject({ id: z.int(), limit: page.limit }),
  'lists.close': z.strictObject({ id: z.int() }),
} as const;

export interface RecordAnswers {
  'records.history': { readonly name: string; readonly versions: readonly HistoryEntry[] };
  'records.version': AnyRecord;
  'records.restoreVersion': AnyRecord;
  'trash.list': { readonly rows: readonly TrashedRow[] };
  'trash.restore': { readonly name: string };
  'trash.restoreMany': null;
  'trash.empty': { readonly removed: number };
  'activity.list': Page<ActivityRow>;
  'lists.open': { readonly id: number; readonly page: Page<AnyRow> };
  'lists.more': Page<AnyRow>;
  'lists.close': null;
}

/** A row of any list that stays current. */
export type AnyRow = ProfileRow | ProxyRow | WorkflowRow;

/** A record of any kind as it is shown: without its secrets. */
export type AnyRecord = Profile | ShownProxy | Workflow;
