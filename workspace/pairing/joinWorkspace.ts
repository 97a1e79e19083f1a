/** Making the vault of a device that joins a workspace, by another device's welcome or by the words. */
import { createDeviceKeyset } from '../../crypto/deviceKeyset.ts';
import { toHex } from '../../crypto/hex.ts';
import { pooledRandom } from '../../crypto/random.ts';
import { openRecoveryKeys } from '../../crypto/recoveryKeys.ts';
import { wordsToRecoveryKey } from '../../crypto/recoveryWords.ts';
import { emptyChain } from '../../sync-relay/protocol/proofs.ts';
import { type Contents, createContents } from '../contents.ts';
import type { JoinedKeys } from '../keys/vaultKeys.ts';
import { FailureError } from '../model/failure.ts';
import { nothingToAnnounce } from '../replication/announce.ts';
import type { Dial } from '../replication/surroundings.ts';
import { joinVault, type KdfChoice, type OpenVault } from '../vault/vault.ts';
import { pairingFailed } from './meeting.ts';
import { readRecoverySlot } from './recoverySlot.ts';
import { joinedKeys, type WorkspacePackage } from './workspacePackage.ts';

/** @throws FailureError `vaultExists`. */
export async function joinByWelcome(
  dir: string,
  passphrase: string,
  kdf: KdfChoice,
  welcome: {
    readonly workspace: WorkspacePackage;
    readonly seeds: JoinedKeys['seeds'];
    readonly deviceName: string;
  },
): Promise<OpenVault> {
  const { workspace } = welcome;
  const vault = await joinVault(dir, passphrase, kdf, joinedKeys(workspace, welcome), null);
  const contents = createContents(vault);
  await vault.store.commit(() => {
    contents.membership.adopt(workspace.root, workspace.entries);
    nothingToAnnounce(contents);
    addRelays(vault, workspace.relays);
  });
  return vault;
}

/**
 * On a fresh machine, from the words and a relay alone. The vault's device is let in once it has read all
 * that the relay has: see {@link enterByRecovery}.
 *
 * @throws FailureError `unlockRefused` when the relay has nothing for these words; `pairingFailed` when it
 *   can not be reached; `vaultExists`.
 */
export async function recoverFromRelay(
  dir: string,
  words: string,
  relay: string,
  passphrase: string,
  kdf: KdfChoice,
  deviceName: string,
  dial: Dial,
): Promise<OpenVault> {
  const recoveryKey = wordsToRecoveryKey(words);
  if (!recoveryKey) throw new FailureError({ code: 'unlockRefused' });
  const keys = openRecoveryKeys(recoveryKey);
  const client = await dial(relay, { event: () => undefined, closed: () => undefined }).catch(
    () => {
      throw pairingFailed('unreachable');
    },
  );
  let workspace: WorkspacePackage | null;
  try {
    workspace = await readRecoverySlot(client, keys);
  } finally {
    client.close();
  }
  if (!workspace) throw new FailureError({ code: 'unlockRefused' });
  const seeds = createDeviceKeyset(pooledRandom());
  const recovery = { signing: keys.signer.publicKey, box: keys.box.publicKey };
  const joined = { ...joinedKeys(workspace, { seeds, deviceName }), recovery };
  const vault = await joinVault(dir, passphrase, kdf, joined, recoveryKey);
  const contents = createContents(vault);
  const { root, entries } = workspace;
  await vault.store.commit(() => {
    contents.membership.adopt(root, entries);
    // The relay that is there now comes first; where the others are, the workspace said.
    addRelays(vault, [relay, ...workspace.relays.filter((one) => one !== relay)]);
  });
  return vault;
}

/** Lets a recovered vault's device in, by the words. To be called once it has read what there is. */
export async function enterByRecovery(contents: Contents, words: string): Promise<void> {
  const recoveryKey = wordsToRecoveryKey(words);
  if (!recoveryKey) throw new FailureError({ code: 'unlockRefused' });
  const { vault, membership, outbox } = contents;
  const { id, publicKeys, name } = vault.keys.device;
  if (membership.device(id)) return;
  const keys = openRecoveryKeys(recoveryKey);
  await vault.store.commit(() => {
    const entry = membership.addByRecovery(keys.signer, publicKeys, name);
    nothingToAnnounce(contents);
    outbox.seal('membership', entry.encoded, {
      author: { publicKeys: recoveryDevice(keys), signer: keys.signer },
    });
    membership.rotate();
  });
}

const recoveryDevice = (keys: ReturnType<typeof openRecoveryKeys>) => ({
  signing: keys.signer.publicKey,
  box: keys.box.publicKey,
});

function addRelays({ database, store, random }: OpenVault, urls: readonly string[]): void {
  const insert = database.prepare(
    'insert or ignore into relay (id, url, added_at, chain) values (?, ?, ?, ?)',
  );
  for (const url of urls) insert.run(toHex(random(8)), url, store.clock.tick(), emptyChain);
}
