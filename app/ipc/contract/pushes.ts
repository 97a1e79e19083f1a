/** What the host tells without being asked. */
import type { RecordedRunEvent } from '../../../workspace/model/run.ts';
import type { TaskName } from './app.ts';
import type { AnyRow } from './records.ts';

/** What the host tells without being asked. */
export type Push =
  | { readonly type: 'changed'; readonly topics: readonly Topic[] }
  | {
      readonly type: 'runEvents';
      readonly runId: string;
      readonly events: readonly RecordedRunEvent[];
    }
  | {
      readonly type: 'rows';
      /** The open list's id. */
      readonly list: number;
      readonly removed: readonly string[];
      /** By rising place; each place counts with those before it put in. */
      readonly upserts: readonly {
        readonly row: AnyRow;
        readonly index: number;
      }[];
      readonly total: number;
    }
  | {
      readonly type: 'progress';
      readonly task: TaskName;
      readonly done: number;
      readonly total: number;
    }
  | { readonly type: 'locking' };

export type Topic =
  | 'opened'
  | 'profiles'
  | 'proxies'
  | 'templates'
  | 'workflows'
  | 'runs'
  | 'settings'
  | 'activity'
  | 'backups'
  | 'sync'
  | `run:${string}`;
