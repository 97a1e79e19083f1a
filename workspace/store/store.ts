/**
 * The one writer of a vault: transactions that nest, commits that are grouped, and the news of what a
 * commit changed.
 *
 * Full durability costs a disk sync a commit, so what arrives together shares one: `commit` acknowledges
 * when the group that it belongs to is on disk. Whatever is kept in memory beside the database learns of
 * a rollback, and lists that somebody looks at learn of a commit.
 */
import type { Clock } from './clock.ts';
import type { Database } from './database.ts';

/** What a commit changed: a kind of row and the ids of those rows. */
export type Changes = ReadonlyMap<string, ReadonlySet<string>>;

export interface Store {
  readonly database: Database;
  readonly clock: Clock;
  /**
   * Runs `work` in a transaction of its own, or inside the one that is open. When the outermost call
   * returns, its effects are on disk.
   *
   * @throws what `work` throws; nothing of it is stored then.
   */
  write<T>(work: () => T): T;
  /** A transaction that nobody else's changes are in, on disk when it resolves. */
  alone<T>(work: () => T): Promise<T>;
  /**
   * The same for what somebody else keeps too, such as what a relay gave out: whole or
   * not at all, after a power cut maybe not at all. Anything committed in another way afterwards takes it
   * along to the disk.
   */
  receive<T>(work: () => T): Promise<T>;
  /** Like `write`, but shares the commit with what else is asked for at the same time. */
  commit<T>(work: () => T): Promise<T>;
  /**
   * One transaction over work that takes its time, such as an import of ten thousand records: it goes in
   * steps with pauses, all of it is stored or nothing. What others ask for by `commit` meanwhile waits
   * for its end; `write` outside of a step throws.
   */
  exclusive<T>(work: (step: <U>(change: () => U) => U) => Promise<T>): Promise<T>;
  /** Says, inside a transaction, that a row changed; told to listeners once it is on disk. */
  touch(kind: string, id: string): void;
  /**
   * Does something once the outermost `work` has succeeded, still inside the transaction: dropped with
   * whatever undoes the work that asked for it.
   */
  afterwards(work: () => void): void;
  /** Called at the end of each transaction, inside it: what was gathered can be stored with the rest. */
  onFinishing(listener: () => void): void;
  /** Called after each transaction that is on disk. */
  onFinished(listener: () => void): void;
  /** Called when a whole transaction was given up. */
  onAbort(listener: () => void): void;
  /** Called when anything was undone: what is kept in memory may hold a part of it. */
  onRollback(listener: () => void): void;
  onCommitted(listener: (changes: Changes) => void): () => void;
}

/** What a piece of work leaves for the end, until it is known whether it succeeds. */
interface Layer {
  readonly touched: Map<string, Set<string>>;
  readonly afterwards: (() => void)[];
}

interface Group {
  readonly settle: { resolve(): void; reject(error: unknown): void }[];
}

export function createStore(database: Database, clock: Clock): Store {
  const begin = database.prepare('begin immediate');
  const end = database.prepare('commit');
  const undo = database.prepare('rollback');
  const nested = database.transaction((work: () => unknown) => work());
  const committed = new Set<(changes: Changes) => void>();
  const rolledBack: (() => void)[] = [];
  const aborted: (() => void)[] = [];
  const finishing: (() => void)[] = [];
  const finished: (() => void)[] = [];
  /** One a nested piece of work; the first is what succeeded in the open transaction so far. */
  let layers: Layer[] = [newLayer()];
  let group: Group | null = null;
  /** Settles when the exclusive work that is under way has ended. */
  let busy: Promise<void> | null = null;

  const depth = () => layers.length - 1;
  const top = () => layers.at(-1) as Layer;
  const undone = () => {
    for (const listener of rolledBack) listener();
  };

  function abort(): void {
    if (database.inTransaction) undo.run();
    layers = [newLayer()];
    for (const listener of aborted) listener();
    undone();
  }

  /** Runs `work` as a savepoint of the open transaction: its failure undoes it and nothing else. */
  function inside<T>(work: () => T): T {
    layers.push(newLayer());
    let result: T;
    try {
      result = nested(work) as T;
    } catch (error) {
      layers.pop();
      undone();
      throw error;
    }
    const done = layers.pop() as Layer;
    for (const [kind, ids] of done.touched) addAll(top().touched, kind, ids);
    if (depth() > 0) top().afterwards.push(...done.afterwards);
    else settle(done);
    return result;
  }

  function settle({ afterwards }: Layer): void {
    try {
      for (const work of afterwards) work();
    } catch (error) {
      // It may have been done for half: nothing of the transaction can be relied on.
      abort();
      throw error;
    }
  }

  function finish(): void {
    try {
      for (const listener of finishing) listener();
      end.run();
    } catch (error) {
      abort();
      throw error;
    }
    const { touched } = top();
    layers = [newLayer()];
    for (const listener of finished) listener();
    if (touched.size > 0) for (const listener of committed) listener(touched);
  }

  function settleGroup(): void {
    const closing = group;
    group = null;
    if (!closing) return;
    try {
      finish();
    } catch (error) {
      for (const { reject } of closing.settle) reject(error);
      return;
    }
    for (const { resolve } of closing.settle) resolve();
  }

  /** SQLite gives up a whole transaction on some errors (a full disk); those waiting for it are told. */
  function dropLostGroup(): void {
    if (group && !database.inTransaction) settleGroup();
  }

  async function alone<T>(work: () => T, synchronous: 'FULL' | 'NORMAL' = 'FULL'): Promise<T> {
    while (busy) await busy;
    settleGroup();
    if (synchronous === 'NORMAL') database.pragma('synchronous = NORMAL');
    try {
      begin.run();
      try {
        const result = inside(work);
        finish();
        return result;
      } catch (error) {
        if (database.inTransaction) undo.run();
        throw error;
      }
    } finally {
      if (synchronous === 'NORMAL') database.pragma('synchronous = FULL');
    }
  }

  return {
    database,
    clock,
    write(work) {
      if (depth() > 0) return inside(work);
      if (busy) throw new Error('a write was asked for amid exclusive work');
      dropLostGroup();
      // The caller may rely on the disk when this returns, so a waiting group is closed with it.
      const joined = group !== null;
      if (!joined) begin.run();
      try {
        const result = inside(work);
        if (joined) settleGroup();
        else finish();
        return result;
      } catch (error) {
        if (!joined && database.inTransaction) undo.run();
        throw error;
      }
    },
    alone,
    receive: (work) => alone(work, 'NORMAL'),
    async commit(work) {
      while (busy && depth() === 0) await busy;
      return new Promise((resolve, reject) => {
        dropLostGroup();
        if (!group) {
          begin.run();
          group = { settle: [] };
          setImmediate(settleGroup);
        }
        const mine = group;
        const result = inside(work);
        mine.settle.push({ resolve: () => resolve(result), reject });
      });
    },
    async exclusive(work) {
      while (busy) await busy;
      settleGroup();
      let release = () => {};
      busy = new Promise((resolve) => {
        release = resolve;
      });
      try {
        begin.run();
        const result = await work((change) => {
          // SQLite gives it up by itself on some errors (a full disk); on its own each step would be stored.
          if (!database.inTransaction) throw new Error('the transaction of exclusive work is gone');
          return inside(change);
        });
        finish();
        return result;
      } catch (error) {
        abort();
        throw error;
      } finally {
        busy = null;
        release();
      }
    },
    touch: (kind, id) => addAll(top().touched, kind, [id]),
    afterwards: (work) => void top().afterwards.push(work),
    onFinishing: (listener) => void finishing.push(listener),
    onFinished: (listener) => void finished.push(listener),
    onAbort: (listener) => void aborted.push(listener),
    onRollback: (listener) => void rolledBack.push(listener),
    onCommitted(listener) {
      committed.add(listener);
      return () => committed.delete(listener);
    },
  };
}

const newLayer = (): Layer => ({ touched: new Map(), afterwards: [] });

function addAll(to: Map<string, Set<string>>, kind: string, ids: Iterable<string>): void {
  const known = to.get(kind) ?? new Set();
  for (const id of ids) known.add(id);
  to.set(kind, known);
}
