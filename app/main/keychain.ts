/**
 * The operating system's keychain, as far as Warren uses it: one key a vault, kept encrypted by the
 * system for this user. Where Electron would fall back to a password that is written in its source, the
 * keychain counts as missing.
 * Source: Electron `safeStorage`, `getSelectedStorageBackend`.
 */
import { readFile, rm, writeFile } from 'node:fs/promises';

/** What of Electron's `safeStorage` is needed. */
export interface SafeStorage {
  isEncryptionAvailable(): boolean;
  /** Linux only. */
  getSelectedStorageBackend?(): string;
  encryptString(text: string): Buffer;
  decryptString(encrypted: Buffer): string;
}

export interface Keychain {
  available(): boolean;
  /** @param key 32 bytes. */
  keep(key: Uint8Array): Promise<void>;
  /** @returns the key, or null when there is none or the system gives it out no more. */
  read(): Promise<Uint8Array | null>;
  forget(): Promise<void>;
}

/** Backends that protect nothing, or that nobody knows. */
const worthless: readonly string[] = ['basic_text', 'unknown'];

/** @param file where the encrypted key lies. */
export function createKeychain(
  safeStorage: SafeStorage,
  file: string,
  platform: NodeJS.Platform = process.platform,
): Keychain {
  const available = () =>
    safeStorage.isEncryptionAvailable() &&
    (platform !== 'linux' || !worthless.includes(safeStorage.getSelectedStorageBackend?.() ?? ''));
  return {
    available,
    async keep(key) {
      if (!available()) throw new Error('the system has no keychain that protects a key');
      const text = Buffer.from(key).toString('base64');
      await writeFile(file, safeStorage.encryptString(text), { mode: 0o600 });
    },
    async read() {
      if (!available()) return null;
      try {
        return new Uint8Array(
          Buffer.from(safeStorage.decryptString(await readFile(file)), 'base64'),
        );
      } catch {
        return null;
      }
    },
    forget: () => rm(file, { force: true }),
  };
}
