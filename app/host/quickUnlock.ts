/** Unlocking by the operating system's keychain, where the shell has one. */
import { FailureError } from '../../workspace/model/failure.ts';
import {
  disableQuickUnlock,
  enableQuickUnlock,
  type OpenVault,
  openVaultQuickly,
} from '../../workspace/vault/vault.ts';

/** The shell's way to the keychain. */
export interface HostKeychain {
  available(): Promise<boolean>;
  /** @param key 32 bytes. */
  keep(key: Uint8Array): Promise<void>;
  read(): Promise<Uint8Array | null>;
  forget(): Promise<void>;
}

export interface QuickUnlock {
  status(): Promise<{ available: boolean; on: boolean }>;
  /** @throws FailureError `quickUnlockMissing`. */
  turnOn(vault: OpenVault): Promise<void>;
  turnOff(): Promise<void>;
  /** @throws FailureError `quickUnlockMissing`; `unlockRefused` when the kept key is the vault's no more. */
  open(): Promise<OpenVault>;
}

export function createQuickUnlock(dir: string, keychain: HostKeychain | null): QuickUnlock {
  const missing = () => new FailureError({ code: 'quickUnlockMissing' });
  return {
    async status() {
      const available = (await keychain?.available()) ?? false;
      return { available, on: available && (await keychain?.read()) !== null };
    },
    async turnOn(vault) {
      if (!keychain || !(await keychain.available())) throw missing();
      await keychain.keep(await enableQuickUnlock(vault));
    },
    async turnOff() {
      // The header first: what the keychain still holds then opens nothing.
      await disableQuickUnlock(dir);
      await keychain?.forget();
    },
    async open() {
      const key = await keychain?.read();
      if (!key) throw missing();
      try {
        return await openVaultQuickly(dir, key);
      } finally {
        key.fill(0);
      }
    },
  };
}
