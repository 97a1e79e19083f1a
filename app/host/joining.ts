/** Making a vault that belongs to a workspace elsewhere: by a pairing code, or by the recovery words. */
import { pooledRandom } from '../../crypto/random.ts';
import { FailureError } from '../../workspace/model/failure.ts';
import { joinByWelcome, recoverFromRelay } from '../../workspace/pairing/joinWorkspace.ts';
import { type Acceptance, acceptPairing } from '../../workspace/pairing/pairing.ts';
import { dial } from '../../workspace/replication/surroundings.ts';
import { type KdfChoice, type OpenVault, requireNoVault } from '../../workspace/vault/vault.ts';
import { defaultDeviceName } from './syncService.ts';

export interface Joining {
  /** @throws FailureError `vaultExists`, `pairingFailed`. */
  begin(code: string, deviceName: string | undefined): Promise<{ readonly digits: string }>;
  /** What somebody said here; with a yes there too, the vault is made. @throws as `begin`. */
  finish(yes: boolean, passphrase: string, kdf: KdfChoice): Promise<OpenVault>;
  cancel(): void;
  /** @throws FailureError `vaultExists`, `pairingFailed`, `unlockRefused`. */
  recover(words: string, relay: string, passphrase: string, kdf: KdfChoice): Promise<OpenVault>;
}

const random = pooledRandom();

export function createJoining(dir: string): Joining {
  let current: Acceptance | null = null;
  return {
    async begin(code, deviceName) {
      await requireNoVault(dir);
      current?.cancel();
      current = await acceptPairing(code, deviceName ?? defaultDeviceName(), dial, random);
      return { digits: await current.digits };
    },
    async finish(yes, passphrase, kdf) {
      if (!current) throw new FailureError({ code: 'pairingFailed', reason: 'cancelled' });
      const acceptance = current;
      current = null;
      acceptance.answer(yes);
      const vault = await joinByWelcome(dir, passphrase, kdf, await acceptance.welcome);
      // The vault is whole; that the other device is not told any more changes nothing.
      await acceptance.joined().catch(() => undefined);
      return vault;
    },
    cancel() {
      current?.cancel();
      current = null;
    },
    recover: (words, relay, passphrase, kdf) =>
      recoverFromRelay(dir, words, relay, passphrase, kdf, defaultDeviceName(), dial),
  };
}
