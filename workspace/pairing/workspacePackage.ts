/** What a device is given to belong to a workspace: the keys, who the members are, and where to sync. */
import { decode, encode } from 'cborg';
import { z } from 'zod';
import type { Contents } from '../contents.ts';
import type { JoinedKeys } from '../keys/vaultKeys.ts';

const bytes = (length: number) =>
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === length);
const hex = (length: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * length}}$`));

const packageSchema = z.strictObject({
  version: z.literal(1),
  accountRoot: bytes(32),
  channel: bytes(16),
  epochs: z
    .array(z.strictObject({ id: hex(16), key: bytes(32), parents: z.array(hex(16)).max(255) }))
    .min(1)
    .max(10_000),
  recovery: z.strictObject({ signing: bytes(32), box: bytes(32) }).nullable(),
  root: hex(32),
  entries: z.array(z.custom<Uint8Array>((value) => value instanceof Uint8Array)).max(100_000),
  relays: z.array(z.string().max(2_000)).max(64),
});

export type WorkspacePackage = z.output<typeof packageSchema>;

/** @throws Error while the workspace was not founded. */
export function packWorkspace(contents: Contents, relays: readonly string[]): Uint8Array {
  const { vault, epochs, membership } = contents;
  const root = membership.root();
  if (root === null) throw new Error('the workspace has no first entry');
  const content: WorkspacePackage = {
    version: 1,
    accountRoot: vault.keys.accountRoot,
    channel: vault.keys.channel,
    epochs: epochs.all().map(({ id, key, parents }) => ({ id, key, parents: [...parents] })),
    recovery: membership.current().create?.recovery ?? null,
    root,
    entries: [...membership.entries()],
    relays: [...relays],
  };
  return encode(content);
}

/** @returns null when it is none; whose it is, is for the caller to know. */
export function unpackWorkspace(packed: Uint8Array): WorkspacePackage | null {
  try {
    return packageSchema.parse(decode(packed, { strict: true, allowIndefinite: false }));
  } catch {
    return null;
  }
}

export const joinedKeys = (
  { accountRoot, channel, epochs, recovery }: WorkspacePackage,
  device: Pick<JoinedKeys, 'seeds' | 'deviceName'>,
): JoinedKeys => ({ ...device, accountRoot, channel, epochs, recovery });
