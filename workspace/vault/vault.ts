/**
 * Making and opening a vault. The random database key is what everything on disk is encrypted with; it
 * is wrapped by the passphrase and by the recovery key, and both answer a refusal alike.
 */
import { rename } from 'node:fs/promises';
import { hostname } from 'node:os';
import { sealTo } from '../../crypto/boxKeys.ts';
import { wipe } from '../../crypto/bytes.ts';
import { deriveKey, keyBytes } from '../../crypto/derivedKey.ts';
import { unwrapKey, wrapKey } from '../../crypto/keyWrap.ts';
import { type KdfParameters, minimumKdf, saltBytes } from '../../crypto/passphraseKey.ts';
import { pooledRandom, type RandomBytes } from '../../crypto/random.ts';
import { openRecoveryKeys, type RecoveryKeys } from '../../crypto/recoveryKeys.ts';
import { recoveryKeyToWords, wordsToRecoveryKey } from '../../crypto/recoveryWords.ts';
import { type JoinedKeys, loadKeys, replaceKeys, type VaultKeys } from '../keys/vaultKeys.ts';
import { FailureError } from '../model/failure.ts';
import { type Checkpoints, createCheckpoints } from '../store/checkpoints.ts';
import { createClock, latestTime } from '../store/clock.ts';
import { closeDatabase, createDatabase, type Database, openDatabase } from '../store/database.ts';
import type { MigrationContext } from '../store/migrations/index.ts';
import { createStore, type Store } from '../store/store.ts';
import { calibrateKdf, derivePassphraseKeyOffThread } from './deriveOffThread.ts';
import { withStorageFailures } from './failures.ts';
import { makePrivateDirectory } from './files.ts';
import {
  headerVersion,
  passphraseContext,
  quickContext,
  readHeader,
  readTextIfThere,
  recoveryContext,
  unwrapByRecovery,
  type VaultHeader,
  writeHeader,
} from './header.ts';
import { layout } from './layout.ts';

/** An unlocked vault. Closing it drops what can be dropped; only the end of the process drops the rest. */
export interface OpenVault {
  readonly dir: string;
  /** 16 bytes; what is wrapped for this vault is bound to them. */
  readonly id: Uint8Array;
  readonly database: Database;
  readonly store: Store;
  readonly checkpoints: Checkpoints;
  readonly keys: VaultKeys;
  /** 32 bytes: what the database, and every copy of it, is encrypted with. */
  readonly databaseKey: Uint8Array;
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
  /** Milliseconds since 1970, by the system's clock. */
  readonly now: () => number;
}

const real: VaultDependencies = { random: pooledRandom(), now: Date.now };

/** Makes keys and recovery words for a new vault; takes about a second, writes nothing. */
export async function prepareVault(
  passphrase: string,
  choice: KdfChoice,
  dependencies: VaultDependencies = real,
): Promise<PreparedVault> {
  const { random } = dependencies;
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
  const recoveryKeys = openRecoveryKeys(recoveryKey);
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
        createDatabase(layout.database(dir), databaseKey, migrationContext(dependencies)),
      );
      database.prepare("insert into meta values ('key-derivation', ?)").run(choice);
      storeRecoveryKeys(database, recoveryKeys);
      await writeHeader(dir, header);
      return opened(dir, id, database, databaseKey, dependencies);
    },
  };
}

/**
 * Makes a vault that belongs to a workspace that exists: its own database and passphrase, the
 * workspace's keys. The workspace's recovery words open it too.
 *
 * @param recoveryKey 32 bytes, where whoever joins has the words at hand.
 * @throws FailureError `vaultExists`.
 */
export async function joinVault(
  dir: string,
  passphrase: string,
  choice: KdfChoice,
  joined: JoinedKeys,
  recoveryKey: Uint8Array | null,
  dependencies: VaultDependencies = real,
): Promise<OpenVault> {
  const { random, now } = dependencies;
  await requireNoVault(dir);
  const kdf = choice === 'minimum' ? minimumKdf : await calibrateKdf();
  const id = random(16);
  const databaseKey = random(keyBytes);
  const recovery = recoveryWrapping(databaseKey, recoveryContext(id), joined, recoveryKey, random);
  const wrapped = await wrapByPassphrase(databaseKey, passphrase, id, kdf, random, { recovery });
  await withStorageFailures(dir, 'vault.db', async () => {
    await makePrivateDirectory(dir);
    await setOrphanAside(dir);
  });
  const database = await withStorageFailures(dir, 'vault.db', () =>
    createDatabase(layout.database(dir), databaseKey, migrationContext(dependencies)),
  );
  try {
    database.transaction(() => {
      database.prepare("insert into meta values ('key-derivation', ?)").run(choice);
      replaceKeys(database, joined, now());
    })();
    await writeHeader(dir, { format: 'warren-vault', version: headerVersion, id, ...wrapped });
  } catch (error) {
    closeDatabase(database);
    throw error;
  }
  return opened(dir, id, database, databaseKey, dependencies);
}

/** Without the words, the database key is sealed to the key that follows from them. */
function recoveryWrapping(
  databaseKey: Uint8Array,
  context: Uint8Array,
  { recovery }: JoinedKeys,
  recoveryKey: Uint8Array | null,
  random: RandomBytes,
): Uint8Array {
  if (recoveryKey) return wrapKey(recoveryKey, databaseKey, context, random);
  if (recovery) return sealTo(recovery.box, databaseKey, context, random);
  // The workspace has no recovery words; nobody has the key of this wrapping.
  return wrapKey(random(keyBytes), databaseKey, context, random);
}

/** @throws FailureError: `unlockRefused` when the passphrase is not the vault's, else what is wrong with it. */
export async function openVault(
  dir: string,
  passphrase: string,
  dependencies: VaultDependencies = real,
): Promise<OpenVault> {
  const header = await requireHeader(dir);
  return openWith(dir, header.id, await unwrapByPassphrase(header, passphrase), dependencies);
}

/**
 * Opens with the key that the operating system's keychain keeps.
 *
 * @param quickKey 32 bytes. @throws FailureError `unlockRefused` when it is not the vault's, or no more.
 */
export async function openVaultQuickly(
  dir: string,
  quickKey: Uint8Array,
  dependencies: VaultDependencies = real,
): Promise<OpenVault> {
  const { id, wrapped } = await requireHeader(dir);
  const databaseKey = wrapped.quick && unwrapKey(quickKey, wrapped.quick, quickContext(id));
  if (!databaseKey) throw new FailureError({ code: 'unlockRefused' });
  return openWith(dir, id, databaseKey, dependencies);
}

/** Wraps the database key for the keychain. @returns the 32 bytes that the keychain is to keep. */
export async function enableQuickUnlock(vault: OpenVault): Promise<Uint8Array> {
  const header = await requireHeader(vault.dir);
  const quickKey = vault.random(keyBytes);
  const quick = wrapKey(quickKey, vault.databaseKey, quickContext(header.id), vault.random);
  await writeHeader(vault.dir, { ...header, wrapped: { ...header.wrapped, quick } });
  return quickKey;
}

/** What the keychain keeps opens nothing any more. */
export async function disableQuickUnlock(dir: string): Promise<void> {
  const header = await requireHeader(dir);
  const { passphrase, recovery } = header.wrapped;
  await writeHeader(dir, { ...header, wrapped: { passphrase, recovery } });
}

/**
 * Puts a new passphrase in the place of the old one, and ends quick unlock: whoever changes a
 * passphrase may want others shut out.
 *
 * @throws FailureError `unlockRefused` when `current` is not the vault's.
 */
export async function changePassphrase(
  vault: OpenVault,
  current: string,
  next: string,
): Promise<void> {
  const header = await requireHeader(vault.dir);
  wipe(await unwrapByPassphrase(header, current));
  await rewrap(vault, header, next, await kdfFor(vault.database));
}

/** A derivation that takes less than this many milliseconds can be made to cost more. */
const tooQuick = 350;

/**
 * Wraps the database key under a costlier derivation when this machine has become able to afford one.
 * Never under a cheaper one.
 *
 * @param passphrase what the vault was just opened with. @returns whether it did.
 */
export async function strengthenKdf(vault: OpenVault, passphrase: string): Promise<boolean> {
  if (keyDerivationOf(vault.database) === 'minimum') return false;
  const header = await requireHeader(vault.dir);
  const started = performance.now();
  wipe(await unwrapByPassphrase(header, passphrase));
  if (performance.now() - started > tooQuick) return false;
  const better = await calibrateKdf();
  if (costOf(better) <= costOf(header.kdf)) return false;
  await rewrap(vault, header, passphrase, better);
  return true;
}

const costOf = ({ memory, passes }: KdfParameters): number => memory * passes;

const keyDerivationOf = (database: Database): KdfChoice =>
  database.prepare("select value from meta where name = 'key-derivation'").pluck().get() ===
  'minimum'
    ? 'minimum'
    : 'calibrated';

const kdfFor = async (database: Database): Promise<KdfParameters> =>
  keyDerivationOf(database) === 'minimum' ? minimumKdf : calibrateKdf();

async function rewrap(
  vault: OpenVault,
  header: VaultHeader,
  passphrase: string,
  kdf: KdfParameters,
): Promise<void> {
  const { databaseKey, random, dir } = vault;
  const { recovery } = header.wrapped;
  const rewrapped = await wrapByPassphrase(databaseKey, passphrase, header.id, kdf, random, {
    recovery,
  });
  await writeHeader(dir, { ...header, ...rewrapped });
}

/** Kept so that this vault can seal to its recovery key, which itself is only on paper. */
function storeRecoveryKeys(database: Database, { box, signer }: RecoveryKeys): void {
  const put = database.prepare('insert or replace into secret values (?, ?)');
  put.run('recovery-box-public', box.publicKey);
  put.run('recovery-signing-public', signer.publicKey);
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
  dependencies: VaultDependencies = real,
): Promise<OpenVault> {
  const header = await requireHeader(dir);
  const recoveryKey = wordsToRecoveryKey(words);
  const databaseKey =
    recoveryKey && unwrapByRecovery(recoveryKey, header.id, header.wrapped.recovery);
  if (!databaseKey) throw new FailureError({ code: 'unlockRefused' });
  // Opening first takes the vault's lock, so that two processes never write the header at once.
  const vault = await openWith(dir, header.id, databaseKey, dependencies);
  // A vault of the first version learns its recovery key's public parts here.
  storeRecoveryKeys(vault.database, openRecoveryKeys(recoveryKey));
  await rewrap(vault, header, newPassphrase, await kdfFor(vault.database));
  return vault;
}

/**
 * Makes a folder that has a vault's database the vault again: writes a header for it and opens it.
 *
 * @param recovery the database key as the vault's recovery key wraps it.
 */
export async function adoptVault(
  dir: string,
  id: Uint8Array,
  databaseKey: Uint8Array,
  recovery: Uint8Array,
  newPassphrase: string,
  dependencies: VaultDependencies = real,
): Promise<OpenVault> {
  const vault = await openWith(dir, id, databaseKey, dependencies);
  const kdf = await kdfFor(vault.database);
  const { random } = dependencies;
  const wrapped = await wrapByPassphrase(databaseKey, newPassphrase, id, kdf, random, { recovery });
  await writeHeader(dir, { format: 'warren-vault', version: headerVersion, id, ...wrapped });
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

/**
 * Opens a vault whose database key is at hand.
 *
 * @param databaseKey 32 bytes. @throws FailureError as {@link openVault}.
 */
export async function openWith(
  dir: string,
  id: Uint8Array,
  databaseKey: Uint8Array,
  dependencies: VaultDependencies,
): Promise<OpenVault> {
  const database = await withStorageFailures(dir, 'vault.db', () =>
    openDatabase(
      layout.database(dir),
      databaseKey,
      layout.backups(dir),
      migrationContext(dependencies),
    ),
  );
  return withStorageFailures(dir, 'vault.db', () =>
    opened(dir, id, database, databaseKey, dependencies),
  );
}

function opened(
  dir: string,
  id: Uint8Array,
  database: Database,
  databaseKey: Uint8Array,
  { random, now }: VaultDependencies,
): OpenVault {
  try {
    const store = createStore(database, createClock(now, latestTime(database)));
    return {
      dir,
      id,
      database,
      store,
      checkpoints: createCheckpoints(database, store),
      keys: loadKeys(database),
      databaseKey,
      blobRoot: deriveKey(databaseKey, 'warren/blob-root/v1'),
      random,
    };
  } catch (error) {
    closeDatabase(database);
    throw error;
  }
}

const migrationContext = ({ random, now }: VaultDependencies): MigrationContext => ({
  random,
  now: now(),
  deviceName: hostname(),
});

async function requireHeader(dir: string): Promise<VaultHeader> {
  const header = await readHeader(dir);
  if (!header) throw new FailureError({ code: 'vaultMissing', dir });
  return header;
}

/** @throws FailureError `vaultExists`. */
export async function requireNoVault(dir: string): Promise<void> {
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
