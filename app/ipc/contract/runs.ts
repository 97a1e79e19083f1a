/** Runs, their events and results. */
import { z } from 'zod';
import {
  type RecordedRunEvent,
  type ResultTable,
  type RunDetail,
  type RunRow,
  runInputSchema,
} from '../../../workspace/model/run.ts';
import { type Page, page, reference } from './common.ts';

export const runRequests = {
  'runs.start': runInputSchema,
  /** A new run of the workflow as it is now, with the variables of that one. */
  'runs.retry': z.strictObject({
    run: reference,
    /** Over those of its profiles that did not get through, or all of them. */
    only: z.enum(['unsuccessful', 'all']).default('unsuccessful'),
    headless: z.boolean().optional(),
    branch: z.boolean().default(false),
  }),
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
} as const;

export interface RunAnswers {
  'runs.start': RunDetail;
  'runs.retry': RunDetail;
  'runs.cancel': null;
  'runs.list': Page<RunRow>;
  'runs.get': RunDetail;
  'runs.events': { readonly events: readonly RecordedRunEvent[]; readonly last: number };
  'runs.watch': null;
  'runs.unwatch': null;
  'runs.results': ResultTable;
  'runs.export': { readonly fileName: string; readonly mediaType: string; readonly text: string };
  'blobs.read': { readonly mediaType: string; readonly base64: string };
}
