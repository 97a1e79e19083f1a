/**
 * What whoever rotates a relay's access key leaves there for those who come with an older one: the
 * membership log, sealed to the devices that belong to the workspace now, and for each removed device
 * the entries that say so. The relay sees how many they are and nothing else.
 */
import { decode, encode } from 'cborg';
import { z } from 'zod';
import { type BoxKeyPair, openSealed, sealTo } from '../../crypto/boxKeys.ts';
import { encodeParts, utf8 } from '../../crypto/bytes.ts';
import { unwrapKey, wrapKey } from '../../crypto/keyWrap.ts';
import type { RandomBytes } from '../../crypto/random.ts';
import { decodeEntry } from './entry.ts';
import { type Membership, recipients } from './resolve.ts';

const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const noticeSchema = z.strictObject({
  /** One key, sealed to each who may read the log. */
  keys: z.array(bytes).max(1_000),
  log: bytes,
  /** For each removed device what it has to know. */
  farewells: z.array(bytes).max(1_000),
});
const entriesSchema = z.array(bytes).max(100_000);

const contextOf = (channel: Uint8Array) =>
  encodeParts(utf8('warren/membership-notice/v1'), channel);

/** @param entries encoded, all there are. */
export function sealNotice(
  { create, devices }: Membership,
  entries: readonly Uint8Array[],
  channel: Uint8Array,
  random: RandomBytes,
): Uint8Array {
  const context = contextOf(channel);
  const key = random(32);
  const all = [...devices.values()];
  const staying = all.filter(({ removed }) => !removed);
  return encode({
    keys: create ? recipients(staying, create).map((box) => sealTo(box, key, context, random)) : [],
    log: wrapKey(key, encode([...entries]), context, random),
    farewells: all
      .filter(({ removed }) => removed)
      .map(({ id, publicKeys }) =>
        sealTo(publicKeys.box, encode(farewellTo(id, entries)), context, random),
      ),
  });
}

/** @returns the encoded entries for whoever holds one of the keys, or null when there are none. */
export function openNotice(
  notice: Uint8Array,
  boxes: readonly BoxKeyPair[],
  channel: Uint8Array,
): Uint8Array[] | null {
  const context = contextOf(channel);
  try {
    const { keys, log, farewells } = noticeSchema.parse(decode(notice, { strict: true }));
    for (const box of boxes) {
      for (const sealed of keys) {
        const key = openSealed(box, sealed, context);
        const plain = key && unwrapKey(key, log, context);
        if (plain) return entriesSchema.parse(decode(plain, { strict: true }));
      }
      for (const sealed of farewells) {
        const plain = openSealed(box, sealed, context);
        if (plain) return entriesSchema.parse(decode(plain, { strict: true }));
      }
    }
    return null;
  } catch {
    // Of a relay that makes things up.
    return null;
  }
}

/** The removal of a device with all that it follows, so that it can be resolved, and nothing later. */
function farewellTo(device: string, entries: readonly Uint8Array[]): Uint8Array[] {
  const byId = new Map(
    entries.flatMap((encoded) => {
      const entry = decodeEntry(encoded);
      return entry ? [[entry.id, entry] as const] : [];
    }),
  );
  const wanted = new Set<string>();
  const want = (id: string): void => {
    const entry = byId.get(id);
    if (!entry || wanted.has(id)) return;
    wanted.add(id);
    for (const parent of entry.statement.parents) want(parent);
  };
  for (const { id, statement } of byId.values()) {
    if (statement.type === 'removeDevice' && statement.device === device) want(id);
  }
  return [...wanted].flatMap((id) => byId.get(id)?.encoded ?? []);
}
