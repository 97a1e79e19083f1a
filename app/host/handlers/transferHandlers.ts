/** Out of the vault and into it: backups, exports, imports. */
import { resolve } from 'node:path';
import { parseWorkflow } from '../../../agent/steps/index.ts';
import { profileInputSchema } from '../../../workspace/model/profile.ts';
import { proxyInputSchema } from '../../../workspace/model/proxy.ts';
import { validate } from '../../../workspace/model/validation.ts';
import type { ValidateInput } from '../../../workspace/transfer/takeRecord.ts';
import { exportTo, importFrom } from '../../../workspace/transfer/transfer.ts';
import type { Handlers } from '../dispatcher.ts';
import type { HandlerContext } from './context.ts';

type TransferMethod =
  | Extract<keyof Handlers, `backups.${string}` | `task.${string}`>
  | 'vault.export'
  | 'vault.import';

const inputSchemas = {
  profile: profileInputSchema,
  proxy: proxyInputSchema,
  template: profileInputSchema,
};

const validateInput: ValidateInput = (kind, fields) =>
  kind === 'workflow' ? parseWorkflow(fields) : validate(inputSchemas[kind], fields);

export function transferHandlers(context: HandlerContext): Pick<Handlers, TransferMethod> {
  const { tasks } = context;
  const services = () => context.unlocked().services;
  return {
    'backups.now': () =>
      tasks.run('backup', (signal, onProgress) => services().backups.now(signal, onProgress)),
    'backups.list': async () => ({ backups: await services().backups.list() }),
    'backups.verify': ({ backup }) =>
      tasks.run('backup', (_signal, onProgress) => services().backups.verify(backup, onProgress)),
    'backups.restore': async ({ backup }, caller) => {
      context.requireProof(caller);
      await tasks.run('backup', async (signal, onProgress) => {
        await services().backups.requireSound(backup, onProgress);
        await services().backups.now(signal, onProgress, backup);
      });
      await context.restore(backup);
      return null;
    },
    'vault.export': ({ path, format, ownWords }, caller) => {
      context.requireProof(caller);
      return tasks.run('export', (signal, onProgress) =>
        exportTo(services(), resolve(path), { format, ownWords, signal, onProgress }),
      );
    },
    'vault.import': ({ path, onDuplicate, words, preview }) =>
      tasks.run('import', (signal, onProgress) =>
        importFrom(services(), resolve(path), words, {
          onDuplicate,
          preview,
          validate: validateInput,
          signal,
          onProgress,
        }),
      ),
    'task.cancel': ({ task }) => {
      tasks.cancel(task);
      return null;
    },
  };
}
