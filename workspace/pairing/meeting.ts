/** Where two devices talk before they trust each other: a channel of a relay that both know of by a code. */
import { decode, encode } from 'cborg';
import { encodeParts, utf8 } from '../../crypto/bytes.ts';
import { unwrapKey, wrapKey } from '../../crypto/keyWrap.ts';
import type { RandomBytes } from '../../crypto/random.ts';
import { ConnectionError, type RelayClient } from '../../sync-relay/client/relayClient.ts';
import { emptyChain } from '../../sync-relay/protocol/proofs.ts';
import { FailureError, type PairingRefusal } from '../model/failure.ts';
import type { Dial } from '../replication/surroundings.ts';
import type { MeetingKeys } from './pairingCode.ts';

export type Role = 'offer' | 'accept';

export interface Meeting {
  say(message: object): Promise<void>;
  /** The other's next message. @throws FailureError `pairingFailed`. */
  hear(): Promise<unknown>;
  /** Leaves; the one that offered takes the place away. */
  leave(): Promise<void>;
}

export const pairingFailed = (reason: PairingRefusal): FailureError =>
  new FailureError({ code: 'pairingFailed', reason });

/**
 * @throws FailureError `pairingFailed`.
 */
export async function meet(
  dial: Dial,
  relay: string,
  keys: MeetingKeys,
  role: Role,
  random: RandomBytes,
): Promise<Meeting> {
  const heard: unknown[] = [];
  let failure: FailureError | null = null;
  let wake: () => void = () => undefined;
  let heardCount = 0;
  let saidCount = 0;
  const other: Role = role === 'offer' ? 'accept' : 'offer';
  const { channel, access, sealing } = keys;
  let position = 0;

  const context = (who: Role, count: number) =>
    encodeParts(utf8('warren/pairing-message/v1'), utf8(`${who} ${count}`));

  function take(place: number, sealed: Uint8Array): void {
    if (place <= position) return;
    position = place;
    // Own messages come back too when the place is read from its beginning.
    const plain = unwrapKey(sealing, sealed, context(other, heardCount + 1));
    if (!plain) return;
    heardCount += 1;
    try {
      heard.push(decode(plain, { strict: true, allowIndefinite: false }));
    } catch {
      failure = pairingFailed('notAuthentic');
    }
    wake();
  }

  let client: RelayClient;
  try {
    client = await dial(relay, {
      event(event) {
        if (event.name !== 'entries') return;
        for (const entry of event.body.entries) take(entry.position, entry.envelope);
      },
      closed() {
        failure ??= pairingFailed('unreachable');
        wake();
      },
    });
    await client.open(channel, access, role === 'offer');
    await client.ask('subscribe', { channel, position: 0, chain: emptyChain });
    const page = await client.ask('read', { channel, after: 0 });
    for (const entry of page.entries) take(entry.position, entry.envelope);
  } catch (error) {
    // Whoever offered is gone: the code was used, or its time is over.
    throw pairingFailed(error instanceof ConnectionError ? 'unreachable' : 'expired');
  }

  return {
    async say(message) {
      saidCount += 1;
      const sealed = wrapKey(sealing, encode(message), context(role, saidCount), random);
      try {
        await client.ask('append', { channel, envelopes: [sealed] });
      } catch {
        throw failure ?? pairingFailed('unreachable');
      }
    },
    async hear() {
      while (heard.length === 0) {
        if (failure) throw failure;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return heard.shift();
    },
    async leave() {
      failure ??= pairingFailed('cancelled');
      wake();
      if (role === 'offer') {
        // What is left of it says nothing to anybody, and goes with the relay's quota if this fails.
        await client.ask('erase', { channel }).catch(() => undefined);
      }
      client.close();
    },
  };
}
