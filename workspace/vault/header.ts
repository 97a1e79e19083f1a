/**
 * `vault.json`: what has to be readable before the passphrase is known. It holds the cost of the key
 * derivation, its salt, and the database key wrapped twice: by the passphrase key and by the recovery
 * key. Everything in it that matters is authenticated by the wrapping, so editing it locks the vault
 * rather than weakening it.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { openSealed } from '../../crypto/boxKeys.ts';
import { encodeParts, utf8 } from '../../crypto/bytes.ts';
import { unwrapKey } from '../../crypto/keyWrap.ts';
import { type KdfParameters, kdfAllowed } from '../../crypto/passphraseKey.ts';
import { openRecoveryKeys } from '../../crypto/recoveryKeys.ts';
import { FailureError } from '../model/failure.ts';
import { bytesSchema, stringifyBytes } from './bytesJson.ts';
import { withStorageFailures } from './failures.ts';
import { isMissing, writeWhole } from './files.ts';
import { layout } from './layout.ts';

/** Version 1 had no quick unlock; it is read, and becomes this version when the header is next written. */
export const headerVersion = 2;

const headerSchema = z.strictObject({
  format: z.literal('warren-vault'),
  version: z.union([z.literal(1), z.literal(headerVersion)]),
  /** 16 random bytes; binds what is wrapped to this vault. */
  id: bytesSchema(16, 16),
  kdf: z.strictObject({
    algorithm: z.literal('argon2id'),
    memory: z.number(),
    passes: z.number(),
    salt: bytesSchema(16, 16),
  }),
  wrapped: z.strictObject({
    passphrase: bytesSchema(74, 200),
    recovery: bytesSchema(74, 200),
    /** By a key that the operating system's keychain holds, where the person wants quick unlock. */
    quick: bytesSchema(74, 200).optional(),
  }),
});

export type VaultHeader = z.output<typeof headerSchema>;

/** What the database key is bound to when it is wrapped by the passphrase key. */
export function passphraseContext(
  id: Uint8Array,
  kdf: KdfParameters & { salt: Uint8Array },
): Uint8Array {
  return encodeParts(
    utf8('warren/vault-header/v1/passphrase'),
    id,
    utf8(`${kdf.algorithm} ${kdf.memory} ${kdf.passes}`),
    kdf.salt,
  );
}

/** What the database key is bound to when it is wrapped by the recovery key. */
export function recoveryContext(id: Uint8Array): Uint8Array {
  return encodeParts(utf8('warren/vault-header/v1/recovery'), id);
}

/**
 * @param recoveryKey 32 bytes. @param wrapped by the recovery key, or sealed to the key that follows from
 *   it by a device that joined without the words.
 * @returns the database key, or null when the words are not the vault's.
 */
export function unwrapByRecovery(
  recoveryKey: Uint8Array,
  id: Uint8Array,
  wrapped: Uint8Array,
): Uint8Array | null {
  const context = recoveryContext(id);
  return (
    unwrapKey(recoveryKey, wrapped, context) ??
    openSealed(openRecoveryKeys(recoveryKey).box, wrapped, context)
  );
}

/** What the database key is bound to when it is wrapped by the key in the keychain. */
export function quickContext(id: Uint8Array): Uint8Array {
  return encodeParts(utf8('warren/vault-header/v2/quick'), id);
}

/** @returns the header, or null where there is none. @throws FailureError when it can not be used. */
export async function readHeader(dir: string): Promise<VaultHeader | null> {
  const text = await withStorageFailures(dir, 'vault.json', () =>
    readTextIfThere(layout.header(dir)),
  );
  if (text === null) return null;
  const damaged = new FailureError({ code: 'vaultDamaged', part: 'vault.json' });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw damaged;
  }
  const version = z
    .looseObject({ format: z.literal('warren-vault'), version: z.int() })
    .safeParse(content);
  if (version.success && version.data.version > headerVersion) {
    throw new FailureError({
      code: 'vaultNewer',
      found: version.data.version,
      supported: headerVersion,
    });
  }
  const parsed = headerSchema.safeParse(content);
  if (!parsed.success || !kdfAllowed(parsed.data.kdf)) throw damaged;
  return parsed.data;
}

export async function writeHeader(dir: string, header: VaultHeader): Promise<void> {
  const text = stringifyBytes({ ...header, version: headerVersion }, 2);
  await withStorageFailures(dir, 'vault.json', () => writeWhole(layout.header(dir), `${text}\n`));
}

export async function readTextIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
