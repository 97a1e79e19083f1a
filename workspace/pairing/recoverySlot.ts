/**
 * What the recovery words find at a relay, alone: a place that only they and the workspace's devices can
 * name. It is written once, with the workspace's package sealed to the recovery key, and its access key
 * is then replaced by one that nobody has: it can be read by whoever proves the first key, and changed
 * by nobody. Later epochs are sealed to the recovery key as to a device, so that what was written first
 * leads to all that came after.
 */
import { openSealed, sealTo } from '../../crypto/boxKeys.ts';
import { utf8 } from '../../crypto/bytes.ts';
import { digest, hashBytes, idBytes } from '../../crypto/digest.ts';
import type { RandomBytes } from '../../crypto/random.ts';
import type { RecoveryKeys } from '../../crypto/recoveryKeys.ts';
import { createSigner } from '../../crypto/signing.ts';
import type { RelayClient } from '../../sync-relay/client/relayClient.ts';
import { RelayError } from '../../sync-relay/protocol/messages.ts';
import type { Contents } from '../contents.ts';
import { packWorkspace, unpackWorkspace, type WorkspacePackage } from './workspacePackage.ts';

interface RecoveryPublicKeys {
  readonly signing: Uint8Array;
  readonly box: Uint8Array;
}

const context = utf8('warren/recovery-package/v1');

/** The public halves are known to devices only, so what follows from them is as secret. */
function slotOf({ signing, box }: RecoveryPublicKeys) {
  return {
    channel: digest(idBytes, 'warren/recovery-channel/v1', signing, box),
    access: createSigner(digest(hashBytes, 'warren/recovery-access/v1', signing, box)),
  };
}

/** Writes the slot of this workspace unless it is there. @throws RelayError, ConnectionError. */
export async function writeRecoverySlot(
  client: RelayClient,
  contents: Contents,
  relays: readonly string[],
  random: RandomBytes,
): Promise<void> {
  const recovery = contents.membership.current().create?.recovery;
  if (!recovery) return;
  const { channel, access } = slotOf(recovery);
  try {
    await client.open(channel, access, true);
  } catch (error) {
    if (error instanceof RelayError && error.body.code === 'rotated') return;
    throw error;
  }
  const sealed = sealTo(recovery.box, packWorkspace(contents, relays), context, random);
  const nobody = createSigner(random(32));
  await client.rotate(channel, access, nobody.publicKey, sealed);
}

/** @returns the package, or null when this relay has none for these words. @throws ConnectionError. */
export async function readRecoverySlot(
  client: RelayClient,
  keys: RecoveryKeys,
): Promise<WorkspacePackage | null> {
  const { channel, access } = slotOf({ signing: keys.signer.publicKey, box: keys.box.publicKey });
  try {
    await client.open(channel, access, false);
    return null;
  } catch (error) {
    if (!(error instanceof RelayError)) throw error;
    const { code, notice } = error.body;
    const packed = code === 'rotated' && notice ? openSealed(keys.box, notice, context) : null;
    return packed && unpackWorkspace(packed);
  }
}
