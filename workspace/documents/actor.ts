/**
 * Who writes a document's changes. The actor id follows from the device, the document and a nonce of the
 * host's start, so that whoever receives a change can check that it is the signer's, and so that a
 * restored backup or a copied vault never writes under an actor id and sequence that is taken: Automerge
 * throws on those.
 */
import { digest, idBytes } from '../../crypto/digest.ts';
import { fromHex, toHex } from '../../crypto/hex.ts';
import type { RandomBytes } from '../../crypto/random.ts';
import type { Store } from '../store/store.ts';

export const actorNonceBytes = 16;

/**
 * @param deviceId hexadecimal.
 * @param document 16 bytes.
 * @param nonce 16 bytes, fresh at every start of a host.
 * @returns 32 hexadecimal digits.
 */
export function deriveActor(deviceId: string, document: Uint8Array, nonce: Uint8Array): string {
  return toHex(
    digest(idBytes, 'warren/actor/v1', fromHex('deviceId', deviceId, idBytes), document, nonce),
  );
}

/** Writes what every device has to make alike, such as a singleton's containers: always at time 0. */
export const genesisActor = '00'.repeat(16);

export interface Actors {
  /** 16 bytes, fresh at this start. */
  readonly nonce: Uint8Array;
  /** @param document 16 bytes. @returns the actor id that this start of the host writes under. */
  of(document: Uint8Array): string;
  /** To be called in the transaction that stores a change: others can tell later who made it. */
  note(): void;
  /** @returns the device behind an actor id, or null when none is known that writes under it. */
  deviceOf(document: Uint8Array, actor: string): string | null;
}

export function createActors(store: Store, deviceId: string, random: RandomBytes): Actors {
  const nonce = random(actorNonceBytes);
  const insert = store.database.prepare('insert or ignore into actor_nonce values (?, ?, ?)');
  const candidates = store.database.prepare<[], { nonce: Buffer; device_id: string }>(
    'select nonce, device_id from actor_nonce order by used_at desc',
  );
  let noted = false;
  store.onRollback(() => {
    noted = false;
  });
  return {
    nonce,
    of: (document) => deriveActor(deviceId, document, nonce),
    note() {
      if (noted) return;
      insert.run(nonce, deviceId, store.clock.tick());
      noted = true;
    },
    deviceOf(document, actor) {
      const found = candidates
        .all()
        .find((one) => deriveActor(one.device_id, document, one.nonce) === actor);
      return found?.device_id ?? null;
    },
  };
}
