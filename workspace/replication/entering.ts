/**
 * Being let in by a relay: proving an access key that it knows, whichever epoch's that is, heeding what the
 * holder of a newer one left, and putting the newest in its place.
 */
import type { Epoch } from '../../crypto/epoch.ts';
import type { Signer } from '../../crypto/signing.ts';
import { ConnectionError, type RelayClient } from '../../sync-relay/client/relayClient.ts';
import { type ErrorBody, RelayError } from '../../sync-relay/protocol/messages.ts';
import type { Contents } from '../contents.ts';
import { accessSigner } from '../keys/epochs.ts';
import type { Receiver } from './receiving/receiver.ts';

/** This device was removed from the workspace. */
export class RemovedError extends Error {}

export interface Entered {
  /** Whose key the relay took. */
  readonly epoch: Epoch;
  /** Where its log ends. */
  readonly head: number;
}

export interface Entrance {
  /** @throws RemovedError; RelayError when no key is the right one. */
  openWithKnownKey(client: RelayClient): Promise<Entered>;
  /**
   * Takes what the holder of the next key left for those who have an older one.
   *
   * @throws RemovedError when it says so.
   */
  heed(left: Pick<ErrorBody, 'notice'>): Promise<void>;
  /**
   * Puts the newest epoch's access key in the place of the one that the relay has.
   *
   * @param enteredWith id of the epoch whose key that is.
   * @throws ConnectionError when it is done: the next connection comes with the newest key.
   */
  rotate(client: RelayClient, enteredWith: string): Promise<never>;
}

/** @param isPeer whether it is another device, which has no channel made and no key rotated. */
export function createEntrance(
  contents: Contents,
  receiver: Receiver,
  relayId: string,
  isPeer: boolean,
): Entrance {
  const { vault, epochs, membership, log } = contents;
  const { store, keys } = vault;
  const { channel } = keys;

  const signerOf = (epoch: Epoch): Signer => accessSigner(epoch, channel);

  async function openWithKnownKey(client: RelayClient): Promise<Entered> {
    let refusal: unknown = null;
    const tried = new Set<string>();
    for (;;) {
      const untried = epochs
        .all()
        .toReversed()
        .find(({ id }) => !tried.has(id));
      if (!untried) throw refusal ?? new RelayError({ code: 'badProof' });
      tried.add(untried.id);
      try {
        const { head } = await client.open(channel, signerOf(untried), false);
        return { epoch: untried, head };
      } catch (error) {
        if (!(error instanceof RelayError)) throw error;
        refusal = error;
        const { code } = error.body;
        if (code === 'unknownChannel' && !isPeer) return createChannel(client);
        if (code === 'rotated') await heed(error.body);
        else if (code !== 'badProof') throw error;
      }
    }
  }

  /**
   * On a relay that never heard of this workspace. The first epoch's key comes first, and is replaced at
   * once: whatever epochs a device knows, the first is among them, and leads to what the last one left.
   */
  async function createChannel(client: RelayClient): Promise<Entered> {
    const [first] = epochs.all();
    if (!first) throw new Error('the vault has no epoch');
    const { head, created } = await client.open(channel, signerOf(first), true);
    if (created) await store.commit(() => log.resend(relayId));
    return { epoch: first, head };
  }

  async function heed({ notice }: Pick<ErrorBody, 'notice'>): Promise<void> {
    if (notice) await store.commit(() => receiver.takeNotice(notice));
    if (membership.removal()) throw new RemovedError();
  }

  return {
    openWithKnownKey,
    heed,
    async rotate(client, enteredWith) {
      const next = epochs.current();
      const from = epochs.all().find(({ id }) => id === enteredWith) ?? next;
      try {
        await client.rotate(channel, signerOf(from), signerOf(next).publicKey, membership.notice());
      } catch (error) {
        const meanwhile = error instanceof RelayError && error.body.code === 'rotated';
        if (!meanwhile) throw error;
        await heed(error.body);
      }
      // Either way the connection is out; the next one comes with the newest key.
      throw new ConnectionError('closed');
    },
  };
}
