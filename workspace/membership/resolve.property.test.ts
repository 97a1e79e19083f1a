import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  accountSigner,
  certifyDevice,
  createDeviceKeyset,
  openDeviceKeyset,
} from '../../crypto/deviceKeyset.ts';
import { createEpoch, sealEpoch } from '../../crypto/epoch.ts';
import { counterRandom } from '../../crypto/testing/counterRandom.ts';
import { type Entry, recoveryAuthor, type Statement, signStatement } from './entry.ts';
import { recipients, resolve } from './resolve.ts';

const random = counterRandom('membership');
const accountRoot = random(32);
const channel = random(16);
const people = Array.from({ length: 6 }, () => openDeviceKeyset(createDeviceKeyset(random)));
const recovery = openDeviceKeyset(createDeviceKeyset(random));
const certificates = people.map(({ publicKeys }) => certifyDevice(accountRoot, publicKeys, 1));
const person = (n: number) => people[n] as (typeof people)[number];
const nameOf = (id: string) => `d${people.findIndex((one) => one.id === id)}`;
const common = { at: 1 };

const founding = signStatement(
  {
    ...common,
    parents: [],
    author: person(0).id,
    type: 'create',
    channel,
    account: accountSigner(accountRoot).publicKey,
    recovery: { signing: recovery.publicKeys.signing, box: recovery.publicKeys.box },
    certificate: certificates[0] as Uint8Array,
    name: 'd0',
  },
  person(0).signer,
);

const parentsOf = (entries: readonly Entry[]) => entries.map(({ id }) => id).sort();

function add(by: number, who: number, after: readonly Entry[]): Entry {
  const certificate = certificates[who] as Uint8Array;
  const author = person(by);
  return signStatement(
    {
      ...common,
      parents: parentsOf(after),
      author: author.id,
      type: 'addDevice',
      certificate,
      name: `d${who}`,
    },
    author.signer,
  );
}

/** @param by a device, or -1 for the recovery key. */
function remove(by: number, who: number, after: readonly Entry[], pin = 7): Entry {
  const author = by < 0 ? recoveryAuthor : person(by).id;
  const statement: Statement = {
    ...common,
    parents: parentsOf(after),
    author,
    type: 'removeDevice',
    device: person(who).id,
    pin,
    wipe: false,
  };
  return signStatement(statement, by < 0 ? recovery.signer : person(by).signer);
}

/** d0 to d4 are there. */
const added = [founding];
for (const who of [1, 2, 3, 4]) added.push(add(0, who, added.slice(-1)));
const last = added.slice(-1);

function standing(entries: readonly Entry[]): string[] {
  const { devices } = resolve([...added, ...entries], founding.id);
  return [...devices.values()].filter(({ removed }) => !removed).map(({ id }) => nameOf(id));
}

describe('who belongs', () => {
  test('everybody who was let in, and not whom nobody of the workspace let in', () => {
    expect(standing([])).toEqual(['d0', 'd1', 'd2', 'd3', 'd4']);
    const stranger = add(5, 5, last);
    expect(standing([stranger])).toEqual(['d0', 'd1', 'd2', 'd3', 'd4']);
    expect(resolve([...added, stranger], founding.id).void).toEqual([stranger.id]);
  });

  test('a removal beats what the removed did without having seen it, and nothing that was seen', () => {
    const unseen = add(3, 5, last);
    expect(standing([unseen, remove(1, 3, last)])).toEqual(['d0', 'd1', 'd2', 'd4']);
    expect(standing([unseen, remove(1, 3, [unseen])])).toEqual(['d0', 'd1', 'd2', 'd4', 'd5']);
  });

  test('of two that remove each other, the longer there stands; the recovery key above all', () => {
    expect(standing([remove(1, 2, last), remove(2, 1, last)])).toEqual(['d0', 'd1', 'd3', 'd4']);
    expect(standing([remove(-1, 1, last), remove(1, 2, last)])).toEqual(['d0', 'd2', 'd3', 'd4']);
  });

  test('in a circle of three, the one by the longest there stands and the rest falls', () => {
    const circle = [remove(1, 2, last), remove(2, 3, last), remove(3, 1, last)];
    expect(standing(circle)).toEqual(['d0', 'd1', 'd3', 'd4']);
  });

  test('a removal falls with whoever made it, and so does what that removal had beaten', () => {
    // Of a chain of removals that did not see each other, every second one stands.
    const chain = [remove(4, 3, last), remove(3, 1, last), remove(1, 2, last)];
    expect(standing(chain)).toEqual(['d0', 'd1', 'd4']);
    const { devices } = resolve([...added, ...chain], founding.id);
    expect(devices.get(person(1).id)?.removed).toBeNull();
  });

  test('whom a removed device had let in meanwhile removes nobody', () => {
    const joined = add(3, 5, last);
    const revenge = remove(5, 0, [joined]);
    expect(standing([joined, revenge, remove(1, 3, last)])).toEqual(['d0', 'd1', 'd2', 'd4']);
  });

  test('a device that was not let in as far as it knew says nothing, in whatever order ids fall', () => {
    // Signed again until the removal is played after what lets its author in, and before it.
    const orders = new Set<boolean>();
    for (let pin = 0; orders.size < 2; pin++) {
      const joins = add(4, 5, last);
      const hasty = remove(5, 4, last, pin);
      orders.add(hasty.id < joins.id);
      expect(standing([joins, hasty])).toEqual(['d0', 'd1', 'd2', 'd3', 'd4', 'd5']);
    }
  });

  test('one that two let in belongs, whichever of the two it knew of', () => {
    for (const known of [0, 1]) {
      const twice = [add(1, 5, last), add(2, 5, last)];
      const said = remove(5, 3, twice.slice(known, known + 1));
      expect(standing([...twice, said])).toEqual(['d0', 'd1', 'd2', 'd4', 'd5']);
    }
  });

  test('a device may remove itself', () => {
    expect(standing([remove(2, 2, last)])).toEqual(['d0', 'd1', 'd3', 'd4']);
  });

  test('the strictest of several removals counts', () => {
    const { devices } = resolve(
      [...added, remove(1, 3, last, 9), remove(2, 3, last, 4)],
      founding.id,
    );
    expect(devices.get(person(3).id)?.removed?.pin).toBe(4);
  });

  test('what another signed in its name, or another root, is void', () => {
    const forged = signStatement(remove(1, 0, last).statement, person(2).signer);
    expect(standing([forged])).toEqual(['d0', 'd1', 'd2', 'd3', 'd4']);
    const { create, devices } = resolve(added, '0'.repeat(64));
    expect([create, devices.size]).toEqual([null, 0]);
  });

  test('what follows something missing waits, and names it', () => {
    const joined = add(1, 5, last);
    const later = remove(1, 2, [joined]);
    const { missing, devices } = resolve([...added, later], founding.id);
    expect(missing).toEqual([joined.id]);
    expect(devices.get(person(2).id)?.removed).toBeNull();
    expect(standing([joined, later])).toEqual(['d0', 'd1', 'd3', 'd4', 'd5']);
  });
});

test('an epoch counts when it is for exactly those who belong as its author knew', () => {
  const first = createEpoch(random, []);
  const sealed = (to: readonly number[]) => {
    const epoch = createEpoch(random, [first]);
    const { create, devices } = resolve(added, founding.id);
    if (!create) throw new Error('not founded');
    const named = [...devices.values()].filter(({ id }) => to.some((n) => person(n).id === id));
    const statement: Statement = {
      ...common,
      parents: parentsOf(last),
      author: person(1).id,
      type: 'epoch',
      sealed: sealEpoch(epoch, [first], recipients(named, create), channel, random),
    };
    return [epoch.id, signStatement(statement, person(1).signer)] as const;
  };
  const [right, all] = sealed([0, 1, 2, 3, 4]);
  const [wrong, some] = sealed([0, 1]);
  const { epochs, voidEpochs } = resolve([...added, all, some], founding.id);
  expect(epochs.map(({ id }) => id)).toEqual([right]);
  expect(voidEpochs.map(({ id }) => id)).toEqual([wrong]);
});

interface Act {
  readonly by: number;
  readonly who: number;
  readonly adds: boolean;
  /** Which of those before it had been seen. */
  readonly seen: number;
}

const acts = fc.array(
  fc.record<Act>({
    by: fc.integer({ min: -1, max: 5 }),
    who: fc.integer({ min: 0, max: 5 }),
    adds: fc.boolean(),
    seen: fc.nat({ max: 255 }),
  }),
  { maxLength: 8 },
);

function played(list: readonly Act[]): Entry[] {
  const entries: Entry[] = [];
  for (const { by, who, adds, seen } of list) {
    const after = entries.filter((_, n) => seen & (1 << n));
    const parents = after.length > 0 ? after : last;
    entries.push(adds && by >= 0 ? add(by, who, parents) : remove(by, who, parents));
  }
  return entries;
}

test('whatever is done at once: the same for everybody, and of one piece', () => {
  fc.assert(
    fc.property(acts, fc.infiniteStream(fc.nat()), (list, dice) => {
      const entries = [...added, ...played(list)];
      const outcome = resolve(entries, founding.id);
      const shuffled = entries
        .map((entry) => ({ entry, at: dice.next().value ?? 0 }))
        .toSorted((a, b) => a.at - b.at)
        .map(({ entry }) => entry);
      expect(resolve([...shuffled, ...entries], founding.id)).toEqual(outcome);

      const valid = entries.filter(({ id }) => !outcome.void.includes(id));
      const removedBy = (id: string) =>
        valid.filter(
          ({ statement }) => statement.type === 'removeDevice' && statement.device === id,
        );
      for (const { id, removed } of outcome.devices.values()) {
        // Somebody is removed exactly where a removal that counts says so.
        expect(Boolean(removed)).toBe(removedBy(id).length > 0);
      }
      // Only who belongs, or belonged, has said anything that counts.
      for (const { statement } of valid) {
        const known = statement.author === recoveryAuthor || outcome.devices.has(statement.author);
        expect(known).toBe(true);
      }
      // The recovery key is nobody's to remove: what it removes is removed.
      for (const { id, statement } of entries) {
        if (statement.author !== recoveryAuthor || statement.type !== 'removeDevice') continue;
        const wasThere = statement.device !== person(5).id;
        if (wasThere) expect(outcome.void).not.toContain(id);
      }
    }),
    { numRuns: process.env.WARREN_SLOW === '1' ? 5_000 : 300 },
  );
});
