/**
 * Making and opening a vault. The random database key is what everything on disk is encrypted with; it
 * is wrapped by the passphrase and by the recovery key, and both answer a refusal alike.
 */
import { rename } from 'node:fs/promises';
import { wipe } from '../../crypto/bytes.ts';
import { deriveKey, keyBytes } from '../../crypto/derivedKey.ts';
import { unwrapKey, wrapKey } from '../../crypto/keyWrap.ts';
import { type KdfParameters, minimumKdf, saltBytes } from '../../crypto/passphraseKey.ts';
import { type RandomBytes, systemRandom } from '../../crypto/random.ts';
import { recoveryKeyToWords, wordsToRecoveryKey } from '../../crypto/recoveryWords.ts';
import { FailureError } from '../model/failure.ts';
import { createDatabase, type Database, openDatabase } from '../store/database.ts';
import { calibrateKdf, derivePassphraseKeyOffThread } from './deriveOffThread.ts';
import { withStorageFailures } from './failures.ts';
import { makePrivateDirectory } from './files.ts';
import {
  headerVersion,
  passphraseContext,
  readHeader,
  readTextIfThere,
  recoveryContext,
  type VaultHeader,
  writeHeader,
} from './header.ts';
import { layout } from './layout.ts';

/** An unlocked vault. Closing it drops what can be dropped; only the end of the process drops the rest. */
export interface OpenVault {
  readonly dir: string;
  readonly database: Database;
  /** 32 bytes that every blob's key is derived from. */
  readonly blobRoot: Uint8Array;
  readonly random: RandomBytes;
}

/** A vault that exists only in memory until `write` is called. */
export interface PreparedVault {
  readonly words: readonly string[];
  write(dir: string): Promise<OpenVault>;
}

export type KdfChoice = 'calibrated' | 'minimum';

export interface VaultDependencies {
  readonly random: RandomBytes;
}

const real: VaultDependencies = { random: systemRandom };

/** Makes keys and recovery words for a new vault; takes about a second, writes nothing. */
export async function prepareVault(
  passphrase: string,
  choice: KdfChoice,
  { random }: VaultDependencies = real,
): Promise<PreparedVault> {
  const kdf = choice === 'minimum' ? minimumKdf : await calibrateKdf();
  const id = random(16);
  const databaseKey = random(keyBytes);
  const recoveryKey = random(keyBytes);
  const header: VaultHeader = {
    format: 'warren-vault',
    version: headerVersion,
    id,
    ...(await wrapByPassphrase(databaseKey, passphrase, id, kdf, random, {
      recovery: wrapKey(recoveryKey, databaseKey, recoveryContext(id), random),
    })),
  };
  const words = recoveryKeyToWords(recoveryKey);
  wipe(recoveryKey);
  return {
    words,
    async write(dir) {
      await requireNoVault(dir);
      await withStorageFailures(dir, 'vault.db', async () => {
        await makePrivateDirectory(dir);
        await setOrphanAside(dir);
      });
      // The database first: a header without a database would look like a vault that lost its data.
      const database = await withStorageFailures(dir, 'vault.db', () =>
        createDatabase(layout.database(dir), databaseKey),
      );
      await writeHeader(dir, header);
      return opened(dir, database, databaseKey, random);
    },
  };
}

/** @throws FailureError: `unlockRefused` when the passphrase is not the vault's, else what is wrong with it. */
export async function openVault(
  dir: string,
  passphrase: string,
  { random }: VaultDependencies = real,
): Promise<OpenVault> {
  const header = await requireHeader(dir);
  return openWith(dir, await unwrapByPassphrase(header, passphrase), random);
}

/** @throws FailureError `unlockRefused` when the passphrase is not the vault's. */
export async function verifyPassphrase(dir: string, passphrase: string): Promise<void> {
  wipe(await unwrapByPassphrase(await requireHeader(dir), passphrase));
}

/**
 * Opens with the recovery words and puts a new passphrase in place of the old one.
 *
 * @throws FailureError `unlockRefused` when the words are not the vault's.
 */
export async function recoverVault(
  dir: string,
  words: string,
  newPassphrase: string,
  { random }: VaultDependencies = real,
): Promise<OpenVault> {
  const header = await requireHeader(dir);
  const recoveryKey = wordsToRecoveryKey(words);
  const databaseKey =
    recoveryKey && unwrapKey(recoveryKey, header.wrapped.recovery, recoveryContext(header.id));
  if (!databaseKey) throw new FailureError({ code: 'unlockRefused' });
  // Opening first takes the vault's lock, so that two processes never write the header at once.
  const vault = await openWith(dir, databaseKey.slice(), random);
  const rewrapped = await wrapByPassphrase(
    databaseKey,
    newPassphrase,
    header.id,
    await calibrateKdf(),
    random,
    { recovery: header.wrapped.recovery },
  );
  await writeHeader(dir, { ...header, ...rewrapped });
  wipe(databaseKey);
  return vault;
}

async function wrapByPassphrase(
  databaseKey: Uint8Array,
  passphrase: string,
  id: Uint8Array,
  parameters: KdfParameters,
  random: RandomBytes,
  kept: { readonly recovery: Uint8Array },
): Promise<Pick<VaultHeader, 'kdf' | 'wrapped'>> {
  const kdf = { ...parameters, salt: random(saltBytes) };
  const passphraseKey = await derivePassphraseKeyOffThread(passphrase, kdf.salt, kdf);
  const wrapped = wrapKey(passphraseKey, databaseKey, passphraseContext(id, kdf), random);
  wipe(passphraseKey);
  return { kdf, wrapped: { passphrase: wrapped, recovery: kept.recovery } };
}

async function unwrapByPassphrase(header: VaultHeader, passphrase: string): Promise<Uint8Array> {
  const { id, kdf, wrapped } = header;
  const passphraseKey = await derivePassphraseKeyOffThread(passphrase, kdf.salt, kdf);
  const databaseKey = unwrapKey(passphraseKey, wrapped.passphrase, passphraseContext(id, kdf));
  wipe(passphraseKey);
  if (!databaseKey) throw new FailureError({ code: 'unlockRefused' });
  return databaseKey;
}

async function openWith(
  dir: string,
  databaseKey: Uint8Array,
  random: RandomBytes,
): Promise<OpenVault> {
  const database = await withStorageFailures(dir, 'vault.db', () =>
    openDatabase(layout.database(dir), databaseKey, layout.backups(dir)),
  );
  return opened(dir, database, databaseKey, random);
}

function opened(
  dir: string,
  database: Database,
  databaseKey: Uint8Array,
  random: RandomBytes,
): OpenVault {
  const blobRoot = deriveKey(databaseKey, 'warren/blob-root/v1');
  wipe(databaseKey);
  return { dir, database, blobRoot, random };
}

async function requireHeader(dir: string): Promise<VaultHeader> {
  const header = await readHeader(dir);
  if (!header) throw new FailureError({ code: 'vaultMissing', dir });
  return header;
}

async function requireNoVault(dir: string): Promise<void> {
  const text = await withStorageFailures(dir, 'vault.json', () =>
    readTextIfThere(layout.header(dir)),
  );
  if (text !== null) throw new FailureError({ code: 'vaultExists', dir });
}

/** A database without its header may still be wanted by whoever has a copy of the header: never overwritten. */
async function setOrphanAside(dir: string): Promise<void> {
  for (const end of ['', '-wal']) {
    const path = `${layout.database(dir)}${end}`;
    await rename(path, `${path}.orphan-${Date.now()}`).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
}
