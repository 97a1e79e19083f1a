import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../workspace/testing.ts';
import { createKeychain, type SafeStorage } from './keychain.ts';

/** As the system's keychain does it: a key of its own that nobody else has. */
function system(backend = 'gnome_libsecret'): SafeStorage {
  const key = randomBytes(32);
  return {
    isEncryptionAvailable: () => true,
    getSelectedStorageBackend: () => backend,
    encryptString(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = Buffer.concat([cipher.update(text), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },
    decryptString(encrypted) {
      const cipher = createDecipheriv('aes-256-gcm', key, encrypted.subarray(0, 12));
      cipher.setAuthTag(encrypted.subarray(12, 28));
      return Buffer.concat([cipher.update(encrypted.subarray(28)), cipher.final()]).toString();
    },
  };
}

const key = new Uint8Array(randomBytes(32));

test('a key is kept encrypted, for its owner alone, until it is forgotten', async () => {
  const file = join(temporaryFolder(), 'key');
  const storage = system();
  const keychain = createKeychain(storage, file, 'linux');
  expect(await keychain.read()).toBeNull();
  await keychain.keep(key);
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(readFileSync(file).includes(Buffer.from(key).toString('base64'))).toBe(false);
  expect(await keychain.read()).toEqual(key);
  // Another user's keychain, or this one's after it was reset.
  expect(await createKeychain(system(), file, 'linux').read()).toBeNull();
  await keychain.forget();
  expect(await keychain.read()).toBeNull();
});

test.each(['basic_text', 'unknown'])('a backend that is %s counts as none', async (backend) => {
  const file = join(temporaryFolder(), 'key');
  const keychain = createKeychain(system(backend), file, 'linux');
  expect(keychain.available()).toBe(false);
  await expect(keychain.keep(key)).rejects.toThrow('no keychain');
  expect(await keychain.read()).toBeNull();
  expect(createKeychain(system(backend), file, 'darwin').available()).toBe(true);
});

test('without encryption there is no keychain, whatever the system says its name is', () => {
  const storage = { ...system(), isEncryptionAvailable: () => false };
  expect(createKeychain(storage, 'x', 'darwin').available()).toBe(false);
});
