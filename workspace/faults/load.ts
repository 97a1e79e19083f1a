/**
 * Process entry: work on a vault until it is killed. Before each operation it says what it is about to
 * do, after it that it is on disk; whoever kills it compares that with what is there afterwards. Waits
 * for one line on its input, so that it can be started ahead.
 */
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createBackups } from '../backup/backups.ts';
import { contentOf } from '../blobs/blobStore.ts';
import { createContents, recoverContents } from '../contents.ts';
import { profileInputSchema } from '../model/profile.ts';
import type { RunEvent } from '../model/run.ts';
import { openVaultQuickly } from '../vault/vault.ts';
import { seededChoice } from './seeded.ts';

export interface LoadTask {
  readonly dir: string;
  /** The quick unlock key, hexadecimal. */
  readonly key: string;
  readonly seed: number;
}

/** What an operation makes true. */
export type Fact =
  | { readonly about: 'profile'; readonly id: string; readonly state: string }
  | { readonly about: 'run'; readonly id: string; readonly entries: number }
  | { readonly about: 'blob'; readonly id: string; readonly used: boolean }
  | { readonly about: 'setting'; readonly minutes: number };

export type Told = { readonly stage: 'doing' | 'done'; readonly fact: Fact };

const tell = (stage: Told['stage'], fact: Fact) =>
  writeSync(1, `${JSON.stringify({ stage, fact })}\n`);

const input = createInterface({ input: process.stdin });
input.once('line', (line) => void work(JSON.parse(line) as LoadTask));

async function work({ dir, key, seed }: LoadTask): Promise<void> {
  const vault = await openVaultQuickly(dir, new Uint8Array(Buffer.from(key, 'hex')));
  const contents = createContents(vault);
  await recoverContents(contents);
  const { profiles, journal, blobs, blobUses, settings, views } = contents;
  const backups = createBackups(vault, blobs, () => ({ keep: 2, everyHours: 0 }));
  const choice = seededChoice(seed);
  const { store } = vault;
  let serial = 0;

  async function durably(fact: Fact, change: () => void): Promise<void> {
    tell('doing', fact);
    await store.commit(change);
    tell('done', fact);
  }

  const input = (notes: string, name: string) => profileInputSchema.parse({ name, notes });
  const live = () => profiles.listedIds();

  const operations: (() => Promise<void>)[] = [
    async () => {
      const name = `P ${seed} ${serial++}`;
      // Its id is not known before; from its first change on it is followed.
      const [added] = await store.commit(() => profiles.add([input('new', name)]));
      if (added) tell('done', { about: 'profile', id: added.id, state: 'new' });
    },
    async () => {
      const id = choice.of(live());
      if (!id) return;
      const notes = `edit ${seed} ${serial++}`;
      const { name } = profiles.get(id);
      await durably({ about: 'profile', id, state: notes }, () =>
        profiles.replace(id, input(notes, name)),
      );
    },
    async () => {
      const id = choice.of(live());
      if (id) await durably({ about: 'profile', id, state: 'trash' }, () => profiles.trash([id]));
    },
    async () => {
      const id = choice.of(profiles.trashed().map((row) => row.id));
      if (id) await durably({ about: 'profile', id, state: 'gone' }, () => profiles.purge([id]));
    },
    async () => {
      const id = `run-${choice.below(5)}`;
      const before = journal.events(id, 0, 1_000_000).length;
      // The first entries make a run that is over: one that is not is ended by the next start.
      const count = 2 + choice.below(6);
      await durably({ about: 'run', id, entries: before + count }, () =>
        journal.append(id, events(before, count)),
      );
    },
    async () => {
      const blob = await blobs.put(contentOf(Buffer.alloc(choice.below(90_000), serial++)), 'x/y');
      await durably({ about: 'blob', id: blob.id, used: true }, () =>
        blobUses.add(blob.id, `use-${blob.id}`),
      );
    },
    async () => {
      const id = choice.of(blobs.allIds());
      if (!id) return;
      await durably({ about: 'blob', id, used: false }, () => blobUses.release(`use-${id}`));
      await blobs.collect([id]);
    },
    async () => {
      const minutes = choice.below(1_000);
      await durably({ about: 'setting', minutes }, () => {
        settings.change({ autoLockMinutes: minutes });
      });
    },
    async () => {
      if (choice.below(12) === 0) await backups.now(new AbortController().signal, () => undefined);
    },
    async () => {
      if (choice.below(12) === 0) await views.rebuild(() => undefined);
    },
  ];
  writeSync(1, 'ready\n');
  for (;;) {
    // Several at a time, as windows and runs do it.
    await Promise.all(Array.from({ length: 3 }, () => choice.required(operations)()));
  }
}

function events(before: number, count: number): RunEvent[] {
  const first: RunEvent = {
    type: 'run.started',
    at: 1,
    workflowId: 'w',
    workflowName: 'W',
    variables: {},
    headless: true,
    profiles: [],
  };
  const second: RunEvent = { type: 'run.finished', at: 2, status: 'succeeded' };
  return Array.from(
    { length: count },
    (_, n): RunEvent =>
      [first, second][before + n] ?? { type: 'run.cancelRequested', at: before + n },
  );
}
