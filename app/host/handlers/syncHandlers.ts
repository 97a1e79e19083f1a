/** Other devices: relays, devices, pairing, and how far it is with all of them. */
import { openRecoveryKeys } from '../../../crypto/recoveryKeys.ts';
import { wordsToRecoveryKey } from '../../../crypto/recoveryWords.ts';
import { FailureError } from '../../../workspace/model/failure.ts';
import { enterByRecovery } from '../../../workspace/pairing/joinWorkspace.ts';
import type { Handlers } from '../dispatcher.ts';
import type { HandlerContext } from './context.ts';

type SyncMethod = Extract<
  keyof Handlers,
  | `sync.${string}`
  | `relays.${string}`
  | `devices.${string}`
  | `pairing.${string}`
  | `join.${string}`
>;

/** Milliseconds that a recovery reads what the relay has before it gives up. */
const recoveryPatience = 10 * 60_000;

export function syncHandlers(context: HandlerContext): Pick<Handlers, SyncMethod> {
  const { joining, keeper, tasks } = context;
  const sync = () => context.unlocked().sync;
  return {
    'sync.status': () => {
      sync().start();
      return sync().status();
    },
    'sync.now': () => {
      sync().start();
      sync().replicator.wake();
      return null;
    },
    'sync.wait': async ({ timeout }) => {
      if (sync().isAlone()) throw new FailureError({ code: 'relayMissing' });
      if (!(await sync().settled(timeout))) throw new FailureError({ code: 'syncTimeout' });
      return null;
    },
    'relays.add': ({ url }) =>
      tasks.run('share', async (_signal, onProgress) => ({
        id: await sync().addRelay(url, onProgress),
      })),
    'relays.remove': async ({ relay }) => {
      await sync().replicator.removeRelay(relay);
      return null;
    },
    'devices.list': () => ({ devices: sync().devices() }),
    'devices.rename': async ({ device, name }) => {
      await sync().rename(device, name);
      return null;
    },
    'devices.remove': async ({ device, wipe }, caller) => {
      context.requireProof(caller);
      await sync().remove(device, wipe);
      return null;
    },
    'pairing.offer': (_params, caller) => {
      context.requireProof(caller);
      return sync().offer();
    },
    'pairing.met': () => sync().met(),
    'pairing.answer': ({ yes }) => sync().answer(yes),
    'pairing.cancel': () => {
      sync().cancelOffer();
      return null;
    },
    'join.begin': ({ code, deviceName }) => joining.begin(code, deviceName),
    'join.finish': async ({ yes, passphrase, kdf }, caller) => {
      await context.become(await keeper.inTurn(() => joining.finish(yes, passphrase, kdf)));
      context.proven(caller);
      return null;
    },
    'join.cancel': () => {
      joining.cancel();
      return null;
    },
    'join.recover': async ({ words, relay, passphrase, kdf }) => {
      await context.become(
        await keeper.inTurn(() => joining.recover(words, relay, passphrase, kdf)),
      );
      const { services } = context.unlocked();
      const key = wordsToRecoveryKey(words);
      if (!key) throw new FailureError({ code: 'unlockRefused' });
      services.membership.openWith(openRecoveryKeys(key).box);
      sync().start();
      if (!(await sync().replicator.settled(recoveryPatience))) {
        throw new FailureError({ code: 'syncTimeout' });
      }
      await enterByRecovery(services, words);
      sync().replicator.wake();
      if (!(await sync().replicator.settled(recoveryPatience))) {
        throw new FailureError({ code: 'syncTimeout' });
      }
      return null;
    },
  };
}
