/**
 * What is derived, one way, from the recovery key. A vault keeps the public halves, so that it can seal to
 * the recovery key and recognize its signature while the key itself is only on paper.
 * Sources: RFC 7693 (derivation), RFC 7748, RFC 8032.
 */
import { type BoxKeyPair, boxKeyPair } from './boxKeys.ts';
import { requireBytes } from './bytes.ts';
import { deriveKey, keyBytes } from './derivedKey.ts';
import { createSigner, type Signer } from './signing.ts';

export interface RecoveryKeys {
  readonly box: BoxKeyPair;
  readonly signer: Signer;
}

/** @param recoveryKey 32 bytes, such as `wordsToRecoveryKey` gives. */
export function openRecoveryKeys(recoveryKey: Uint8Array): RecoveryKeys {
  requireBytes('recoveryKey', recoveryKey, keyBytes);
  return {
    box: boxKeyPair(deriveKey(recoveryKey, 'warren/recovery-box/v1')),
    signer: createSigner(deriveKey(recoveryKey, 'warren/recovery-signing/v1')),
  };
}
