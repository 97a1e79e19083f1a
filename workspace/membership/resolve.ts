/**
 * What a set of membership entries says, the same for everybody who has the same set:
 *
 * - an entry counts when its author was a member's device, knew itself to be one, and its signature holds;
 * - a removal beats what the removed device did without having seen it;
 * - of removals that beat each other, in a circle of two or more, the one by the recovery key stands, then
 *   the one by the device that has been there longer, then the one with the smaller id; what beats it does
 *   not count, whatever becomes of the rest;
 * - an epoch counts when it is sealed to exactly the devices that its author knew, and the recovery key.
 */
import { compareBytes } from '../../crypto/bytes.ts';
import { type DevicePublicKeys, verifyCertificate } from '../../crypto/deviceKeyset.ts';
import { readSealedEpoch } from '../../crypto/epoch.ts';
import { toHex } from '../../crypto/hex.ts';
import { type Entry, isSignedBy, recoveryAuthor, type StatementOf } from './entry.ts';

export interface MemberDevice {
  readonly id: string;
  readonly publicKeys: DevicePublicKeys;
  readonly name: string;
  readonly addedAt: number;
  readonly removed: Removal | null;
}

export interface Removal {
  readonly at: number;
  /** A device's id, or `recovery`. */
  readonly by: string;
  /** The last sequence of its envelopes that counts. */
  readonly pin: number;
  readonly wipe: boolean;
}

export interface Membership {
  readonly create: StatementOf<'create'> | null;
  readonly devices: ReadonlyMap<string, MemberDevice>;
  /** Epochs that count, each after those it follows. */
  readonly epochs: readonly { readonly id: string; readonly sealed: Uint8Array }[];
  /** Epochs of entries that do not count: their keys may still open what others sealed meanwhile. */
  readonly voidEpochs: readonly { readonly id: string; readonly sealed: Uint8Array }[];
  /** Ids of entries that no other follows. */
  readonly heads: readonly string[];
  /** Entries that do not count: forged, or beaten by a removal. */
  readonly void: readonly string[];
  /** Entries that are named and not there. */
  readonly missing: readonly string[];
}

interface Placed {
  readonly entry: Entry;
  readonly ancestors: ReadonlySet<string>;
}

interface Removing {
  readonly placed: Placed;
  readonly statement: StatementOf<'removeDevice'>;
}

/** @param root id of the entry that created the workspace; any other that claims to is void. */
export function resolve(entries: readonly Entry[], root: string): Membership {
  const { placed, missing } = inOrder(entries);
  const first = placed.find(({ entry }) => entry.id === root)?.entry.statement;
  const create = first?.type === 'create' ? first : null;
  const heads = headsOf(placed);
  if (!create) {
    return { create, devices: new Map(), epochs: [], voidEpochs: [], heads, void: [], missing };
  }
  const isSigned = rememberedSignatures();
  const additions = additionsIn(placed, create);
  const play = (removals: readonly Removing[], refused: ReadonlySet<string>) =>
    replay(placed, root, create, removals, refused, isSigned, additions);
  let accepted: readonly Removing[] = [];
  let refused: ReadonlySet<string> = new Set();
  for (;;) {
    const state = play(accepted, refused);
    const open = without(state.removals, accepted);
    if (open.length === 0) return { ...state.membership, create, heads, missing };
    // What still stands when all that is open counts is beaten by none of it.
    const surviving = play([...accepted, ...open], refused).removals;
    const safe = without(surviving, accepted);
    if (safe.length > 0) accepted = [...accepted, ...safe];
    else {
      const first = mostSenior(open, state.seniority);
      const against = open.filter(
        (one) => one !== first && !has(play([...accepted, one], refused).removals, first),
      );
      accepted = [...accepted, first];
      refused = new Set([...refused, ...against.map(({ placed: { entry } }) => entry.id)]);
    }
  }
}

/** Entries are played more than once; each signature is verified once. */
function rememberedSignatures(): typeof isSignedBy {
  const known = new Map<string, boolean>();
  return (entry, publicKey) => {
    const name = `${entry.id} ${toHex(publicKey)}`;
    const found = known.get(name) ?? isSignedBy(entry, publicKey);
    known.set(name, found);
    return found;
  };
}

const has = (list: readonly Removing[], one: Removing): boolean =>
  list.some(({ placed }) => placed.entry.id === one.placed.entry.id);

const without = (list: readonly Removing[], others: readonly Removing[]): readonly Removing[] =>
  list.filter((one) => !has(others, one));

/** Entries that let a device in, by the device, whether they count or not. */
function additionsIn(
  placed: readonly Placed[],
  create: StatementOf<'create'>,
): ReadonlyMap<string, readonly string[]> {
  const additions = new Map<string, string[]>();
  for (const { entry } of placed) {
    const { statement } = entry;
    if (statement.type !== 'create' && statement.type !== 'addDevice') continue;
    const device = verifyCertificate(create.account, statement.certificate);
    if (device) additions.set(device.id, [...(additions.get(device.id) ?? []), entry.id]);
  }
  return additions;
}

/** Plays the entries in their order, leaving out what these removals beat, and what is refused. */
function replay(
  placed: readonly Placed[],
  root: string,
  create: StatementOf<'create'>,
  removals: readonly Removing[],
  refused: ReadonlySet<string>,
  isSigned: typeof isSignedBy,
  additions: ReadonlyMap<string, readonly string[]>,
) {
  const devices = new Map<string, MemberDevice>();
  const epochs: { id: string; sealed: Uint8Array }[] = [];
  const voidEpochs: { id: string; sealed: Uint8Array }[] = [];
  const voided: string[] = [];
  const found: Removing[] = [];
  const seniority = new Map<string, number>([[recoveryAuthor, -1]]);
  /** Who was added and removed as far as an entry's author knew. */
  const knownTo = (one: Placed) =>
    [...devices.values()].filter(({ id }) => {
      const addedIn = addedBy.get(id);
      const gone = found.some(
        ({ placed: removal, statement }) =>
          statement.device === id && one.ancestors.has(removal.entry.id),
      );
      return addedIn !== undefined && one.ancestors.has(addedIn) && !gone;
    });
  const addedBy = new Map<string, string>();
  const add = (certificate: Uint8Array, name: string, entryId: string): boolean => {
    const device = verifyCertificate(create.account, certificate);
    if (!device || devices.has(device.id)) return false;
    const { id, publicKeys, at } = device;
    devices.set(id, { id, publicKeys, name, addedAt: at, removed: null });
    seniority.set(id, seniority.size);
    addedBy.set(id, entryId);
    return true;
  };

  for (const one of placed) {
    const { entry } = one;
    const { statement } = entry;
    const beaten = removals.some(
      (removal) =>
        removal.statement.device === statement.author &&
        removal.placed.entry.id !== entry.id &&
        !removal.placed.ancestors.has(entry.id),
    );
    const counts = !beaten && !refused.has(entry.id) && applies(one);
    if (counts) continue;
    voided.push(entry.id);
    const head = statement.type === 'epoch' ? readSealedEpoch(statement.sealed) : null;
    if (head && statement.type === 'epoch') {
      voidEpochs.push({ id: head.id, sealed: statement.sealed });
    }
  }

  function applies(one: Placed): boolean {
    const { entry } = one;
    const { statement } = entry;
    if (statement.type === 'create') {
      const founding = verifyCertificate(create.account, create.certificate);
      const sound =
        entry.id === root &&
        founding?.id === statement.author &&
        isSigned(entry, founding.publicKeys.signing);
      return sound ? add(statement.certificate, statement.name, entry.id) : false;
    }
    const key =
      statement.author === recoveryAuthor
        ? create.recovery?.signing
        : devices.get(statement.author)?.publicKeys.signing;
    if (!key || !isSigned(entry, key)) return false;
    // Nobody speaks before being let in. Whether an order of ids has the one before the other says nothing.
    const isKnown = additions.get(statement.author)?.some((id) => one.ancestors.has(id));
    if (statement.author !== recoveryAuthor && !isKnown) return false;
    switch (statement.type) {
      case 'addDevice':
        return add(statement.certificate, statement.name, entry.id);
      case 'renameDevice': {
        const device = devices.get(statement.device);
        if (!device) return false;
        devices.set(device.id, { ...device, name: statement.name });
        return true;
      }
      case 'removeDevice': {
        const device = devices.get(statement.device);
        if (!device) return false;
        found.push({ placed: one, statement });
        return true;
      }
      case 'epoch': {
        const head = readSealedEpoch(statement.sealed);
        const entitled = recipients(knownTo(one), create);
        const right =
          head?.recipients.length === entitled.length &&
          head.recipients.every((key, n) => compareBytes(key, entitled[n] as Uint8Array) === 0);
        if (head && right) epochs.push({ id: head.id, sealed: statement.sealed });
        return Boolean(right);
      }
    }
  }

  for (const { statement } of removals) {
    const device = devices.get(statement.device);
    if (!device) continue;
    const { at, author, pin, wipe } = statement;
    // Of several removals of one device, the strictest counts.
    const before = device.removed;
    devices.set(device.id, {
      ...device,
      removed: {
        at: Math.min(at, before?.at ?? at),
        by: before?.by ?? author,
        pin: Math.min(pin, before?.pin ?? pin),
        wipe: wipe || (before?.wipe ?? false),
      },
    });
  }
  return { membership: { devices, epochs, voidEpochs, void: voided }, removals: found, seniority };
}

/** Whom an epoch has to be sealed to. @returns box public keys, ascending. */
export function recipients(
  devices: readonly MemberDevice[],
  create: StatementOf<'create'>,
): Uint8Array[] {
  const boxes = devices.map(({ publicKeys }) => publicKeys.box);
  const all = create.recovery ? [...boxes, create.recovery.box] : boxes;
  return all.toSorted(compareBytes);
}

/** @param list not empty. */
function mostSenior(list: readonly Removing[], seniority: ReadonlyMap<string, number>): Removing {
  const rank = ({ statement }: Removing) => seniority.get(statement.author) ?? Infinity;
  const id = ({ placed }: Removing) => placed.entry.id;
  return list.reduce((first, one) =>
    rank(one) < rank(first) || (rank(one) === rank(first) && id(one) < id(first)) ? one : first,
  );
}

/** Parents first; what does not follow from one another by id. What has a parent missing waits. */
function inOrder(entries: readonly Entry[]): {
  readonly placed: readonly Placed[];
  readonly missing: readonly string[];
} {
  const waiting = new Map(entries.map((entry) => [entry.id, entry]));
  const placed = new Map<string, Placed>();
  for (let progress = true; progress; ) {
    progress = false;
    const ready = [...waiting.values()]
      .filter(({ statement }) => statement.parents.every((id) => placed.has(id)))
      .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    for (const entry of ready) {
      const ancestors = new Set<string>();
      for (const parent of entry.statement.parents) {
        ancestors.add(parent);
        for (const id of placed.get(parent)?.ancestors ?? []) ancestors.add(id);
      }
      placed.set(entry.id, { entry, ancestors });
      waiting.delete(entry.id);
      progress = true;
    }
  }
  const missing = [...waiting.values()]
    .flatMap(({ statement }) => statement.parents)
    .filter((id) => !placed.has(id) && !waiting.has(id));
  return { placed: [...placed.values()], missing: [...new Set(missing)] };
}

function headsOf(placed: readonly Placed[]): string[] {
  const followed = new Set(placed.flatMap(({ entry }) => entry.statement.parents));
  return placed
    .map(({ entry }) => entry.id)
    .filter((id) => !followed.has(id))
    .sort();
}
