/** Moves records of a list into the trash: asks, shows them gone at once, and offers the way back. */
import type { Failure, Result } from '../../../../workspace/model/failure.ts';
import type { RecordKindName } from '../../../../workspace/model/record.ts';
import { confirm } from '../../parts/confirm.tsx';
import { useHost } from '../../shell/connection.ts';
import type { PagedRows } from '../../shell/pagedRows.ts';
import { t } from '../../shell/text.ts';
import { tellDone, tellFailure } from '../../shell/toasts.tsx';

export interface Trashed {
  /** Ids of those that are in the trash now. */
  readonly removed: readonly string[];
  /** Why the others are not. */
  readonly failure: Failure | null;
}

interface TrashOptions {
  readonly kind: RecordKindName;
  readonly list: PagedRows<{ readonly id: string }>;
  /** What it means for them. */
  readonly text: () => string;
  readonly send: (ids: readonly string[]) => Promise<Trashed>;
  /** They are shown as gone. */
  readonly onGone?: () => void;
}

interface Words {
  readonly question: string;
  readonly done: (count: number) => string;
}

export function useTrash(
  options: TrashOptions,
): (ids: readonly string[], words: Words) => Promise<void> {
  const host = useHost();

  const bringBack = async (ids: readonly string[]) => {
    const answer = await host.call('trash.restoreMany', { kind: options.kind, ids: [...ids] });
    if (!answer.ok) return tellFailure(answer.failure);
    tellDone(t('trash.broughtBack', { count: ids.length }));
  };

  return async (ids, { question, done }) => {
    const sure = await confirm({
      title: question,
      text: options.text(),
      action: t('common.remove'),
    });
    if (!sure) return;
    const wanted = new Set(ids);
    const undo = options.list.assume((rows) => rows.filter((row) => !wanted.has(row.id)));
    options.onGone?.();
    const { removed, failure } = await options.send(ids);
    if (failure) {
      undo();
      tellFailure(failure);
    }
    if (removed.length === 0) return;
    tellDone(done(removed.length), {
      action: { label: t('common.undo'), run: () => void bringBack(removed) },
    });
  };
}

/** Sends them one by one, up to the first that is refused. */
export async function oneByOne(
  ids: readonly string[],
  send: (id: string) => Promise<Result<null>>,
): Promise<Trashed> {
  const removed: string[] = [];
  for (const id of ids) {
    const answer = await send(id);
    if (!answer.ok) return { removed, failure: answer.failure };
    removed.push(id);
  }
  return { removed, failure: null };
}
