/**
 * The workspace's epochs that this device has keys of: what is new is sealed under the newest, what is
 * old is opened by the one that it names.
 */
import { deriveKey } from '../../crypto/derivedKey.ts';
import { type Epoch, epochTag } from '../../crypto/epoch.ts';
import { toHex } from '../../crypto/hex.ts';
import { createSigner, type Signer } from '../../crypto/signing.ts';
import type { Database } from '../store/database.ts';
import type { Store } from '../store/store.ts';

export interface Epochs {
  /** What new content is sealed under. */
  current(): Epoch;
  /** Oldest first: each comes after those that it follows. */
  all(): readonly Epoch[];
  /**
   * Epochs that no other follows: more than one after rotations that did not see each other. Those that
   * do not count are among them: what was sealed under them is opened through what follows them.
   */
  heads(): readonly Epoch[];
  /** @param tag 16 bytes, see `epochTag`. @returns the key, or null when it is not known. */
  keyFor(tag: Uint8Array): Uint8Array | null;
  /** Those that do not count: they open what was sealed under them, and nothing new is. */
  disregard(ids: ReadonlySet<string>): void;
  /** To be called inside a transaction. */
  add(epochs: readonly Epoch[]): void;
}

interface Row {
  id: string;
  key: Buffer;
  parents: string;
}

export function createEpochs(store: Store): Epochs {
  const { database } = store;
  let disregarded: ReadonlySet<string> = new Set();
  let known = load(database, disregarded);
  store.onRollback(() => {
    known = load(database, disregarded);
  });
  return {
    current: () => known.newest,
    all: () => known.ordered,
    heads: () => known.heads,
    keyFor: (tag) => known.byTag.get(toHex(tag)) ?? null,
    disregard(ids) {
      disregarded = ids;
      known = load(database, disregarded);
    },
    add(epochs) {
      const insert = database.prepare('insert or ignore into epoch values (?, ?, ?)');
      for (const { id, key, parents } of epochs) insert.run(id, key, parents.join(','));
      known = load(database, disregarded);
    },
  };
}

/** @throws Error when there is none: the file is whole, so it is a mistake of ours. */
function load(database: Database, disregarded: ReadonlySet<string>) {
  const epochs = database
    .prepare<[], Row>('select id, key, parents from epoch')
    .all()
    .map(
      ({ id, key, parents }): Epoch => ({
        id,
        key: new Uint8Array(key),
        parents: parents === '' ? [] : parents.split(','),
      }),
    );
  const depths = depthsOf(epochs);
  const depth = ({ id }: Epoch) => depths.get(id) ?? 0;
  const ordered = epochs.toSorted((a, b) => depth(a) - depth(b) || (a.id < b.id ? -1 : 1));
  const heads = headsOf(ordered);
  const newest = headsOf(ordered.filter(({ id }) => !disregarded.has(id))).at(-1);
  if (!newest) throw new Error('the vault has no epoch');
  const byTag = new Map(ordered.map(({ id, key }) => [toHex(epochTag(id)), key]));
  return { ordered, heads, newest, byTag };
}

function headsOf(ordered: readonly Epoch[]): readonly Epoch[] {
  const followed = new Set(ordered.flatMap(({ parents }) => parents));
  return ordered.filter(({ id }) => !followed.has(id));
}

/** How many epochs lie before each, on the longest way. */
function depthsOf(epochs: readonly Epoch[]): ReadonlyMap<string, number> {
  const byId = new Map(epochs.map((epoch) => [epoch.id, epoch]));
  const depths = new Map<string, number>();
  const depthOf = (id: string): number => {
    const done = depths.get(id);
    if (done !== undefined) return done;
    const epoch = byId.get(id);
    const depth = epoch ? 1 + Math.max(0, ...epoch.parents.map(depthOf)) : 0;
    depths.set(id, depth);
    return depth;
  };
  for (const { id } of epochs) depthOf(id);
  return depths;
}

/**
 * What proves to a relay that one may use the workspace's channel: follows from the epoch, so that
 * whoever is given a new epoch can go on, and whoever is not can not.
 */
export const accessSigner = (epoch: Epoch, channel: Uint8Array): Signer =>
  createSigner(deriveKey(epoch.key, 'warren/channel-access/v1', channel));
