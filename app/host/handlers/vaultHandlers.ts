/** The vault as a whole: opening, locking, proving to be there, checking, erasing. */
import { basename, resolve } from 'node:path';
import { checkVault } from '../../../workspace/backup/checkVault.ts';
import { FailureError } from '../../../workspace/model/failure.ts';
import { changePassphrase } from '../../../workspace/vault/vault.ts';
import type { Handlers } from '../dispatcher.ts';
import type { HandlerContext } from './context.ts';

type VaultMethod =
  | Exclude<Extract<keyof Handlers, `vault.${string}`>, 'vault.export' | 'vault.import'>
  | Extract<keyof Handlers, `stepUp.${string}` | `views.${string}` | `quickUnlock.${string}`>;

export function vaultHandlers(context: HandlerContext): Pick<Handlers, VaultMethod> {
  const { keeper, quickUnlock, tasks } = context;
  const services = () => context.unlocked().services;
  return {
    'vault.status': () => keeper.status(context.isUnlocked()),
    'vault.prepare': ({ passphrase, kdf }) => keeper.prepare(passphrase, kdf),
    'vault.confirm': async ({ words }, caller) => {
      await context.become(await keeper.confirm(words));
      context.proven(caller);
      return null;
    },
    'vault.unlock': async ({ passphrase }, caller) => {
      if (context.isUnlocked()) await keeper.verify(passphrase);
      else {
        await context.become(await keeper.unlock(passphrase));
        context.strengthen(passphrase);
      }
      caller.trusted = true;
      if (!services().stepUp.isOn()) context.proven(caller);
      return null;
    },
    'vault.unlockQuickly': async () => {
      // It shows that this user's session is open, not that the person is there: no proof for a step up.
      if (!context.isUnlocked()) {
        await context.become(await keeper.inTurn(() => quickUnlock.open()));
      }
      return null;
    },
    'quickUnlock.status': () => quickUnlock.status(),
    'quickUnlock.enable': async (_params, caller) => {
      context.requireProof(caller);
      await keeper.inTurn(() => quickUnlock.turnOn(services().vault));
      await context.commit(({ activity }) => activity.add({ type: 'quickUnlockOn' }));
      return null;
    },
    'quickUnlock.disable': async () => {
      await keeper.inTurn(() => quickUnlock.turnOff());
      await context.commit(({ activity }) => activity.add({ type: 'quickUnlockOff' }));
      return null;
    },
    'vault.recover': async ({ words, newPassphrase, from }) => {
      await context.become(
        await (from === undefined
          ? keeper.recover(words, newPassphrase)
          : keeper.recoverFrom(from, words, newPassphrase)),
      );
      return null;
    },
    'vault.lock': () => {
      void context.lock();
      return null;
    },
    'vault.changePassphrase': async ({ current, next }, caller) => {
      const { vault, stepUp, activity } = services();
      if (stepUp.isOn()) context.requireProof(caller);
      await keeper.inTurn(() => changePassphrase(vault, current, next));
      await context.commit(() => activity.add({ type: 'changePassphrase' }));
      return null;
    },
    'vault.stats': () => services().stats(),
    'vault.check': () =>
      tasks.run('check', (signal, onProgress) =>
        checkVault(services(), (done, total) => {
          signal.throwIfAborted();
          onProgress(done, total);
        }),
      ),
    'views.rebuild': () =>
      tasks.run('views', async (_signal, onProgress) => ({
        rows: await services().views.rebuild(onProgress),
      })),
    'vault.erase': async ({ confirm, backups }, caller) => {
      context.requireProof(caller);
      const dir = resolve(context.options.vaultDir);
      if (confirm !== basename(dir)) {
        throw new FailureError({
          code: 'invalid',
          issues: [{ path: 'confirm', message: `is not "${basename(dir)}"` }],
        });
      }
      await context.erase(backups);
      return null;
    },

    'stepUp.prove': async ({ passphrase, code }, caller) => {
      const { stepUp } = services();
      if (stepUp.isOn()) stepUp.verify(code ?? '');
      else await keeper.verify(passphrase ?? '');
      context.proven(caller);
      return null;
    },
    'stepUp.status': (_params, caller) => {
      const { stepUp } = services();
      const on = stepUp.isOn();
      return {
        method: on ? 'oneTimeCode' : 'passphrase',
        provenUntil: caller.provenUntil > context.now() ? caller.provenUntil : null,
        recoveryCodesLeft: on ? stepUp.recoveryCodesLeft() : null,
      };
    },
    'stepUp.begin': (_params, caller) => {
      context.requireProof(caller);
      return services().stepUp.begin();
    },
    'stepUp.confirm': ({ code }, caller) => {
      context.requireProof(caller);
      return context.commit(({ stepUp, activity }) => {
        const recoveryCodes = stepUp.confirm(code);
        activity.add({ type: 'stepUpOn' });
        return { recoveryCodes };
      });
    },
    'stepUp.disable': async (_params, caller) => {
      context.requireProof(caller);
      await context.commit(({ stepUp, activity }) => {
        stepUp.turnOff();
        activity.add({ type: 'stepUpOff' });
      });
      return null;
    },
  };
}
