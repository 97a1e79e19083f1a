/** What each request of the contract does. */
import { readFileSync } from 'node:fs';
import type { Handlers } from '../dispatcher.ts';
import { diagnose } from '../doctor.ts';
import type { HandlerContext } from './context.ts';
import { profileHandlers } from './profileHandlers.ts';
import { proxyHandlers } from './proxyHandlers.ts';
import { recordHandlers } from './recordHandlers.ts';
import { runHandlers } from './runHandlers.ts';
import { syncHandlers } from './syncHandlers.ts';
import { templateHandlers } from './templateHandlers.ts';
import { transferHandlers } from './transferHandlers.ts';
import { definedOf } from './values.ts';
import { vaultHandlers } from './vaultHandlers.ts';
import { workflowHandlers } from './workflowHandlers.ts';

export type { HandlerContext } from './context.ts';

const { version } = JSON.parse(
  readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
) as { version: string };

export function createHandlers(context: HandlerContext): Handlers {
  const services = () => context.unlocked().services;
  return {
    'app.info': () => ({
      version,
      shell: context.options.shell,
      platform: process.platform,
      vaultDir: context.options.vaultDir,
    }),
    'app.doctor': async () => ({
      checks: await diagnose(
        context.options.vaultDir,
        context.isUnlocked() ? services().settings.read().browserPath : null,
      ),
    }),
    'app.active': () => {
      context.putOffAutoLock();
      return null;
    },
    ...vaultHandlers(context),
    ...transferHandlers(context),
    ...recordHandlers(context),
    ...profileHandlers(context),
    ...proxyHandlers(context),
    ...templateHandlers(context),
    ...workflowHandlers(context),
    ...runHandlers(context),
    ...syncHandlers(context),
    'settings.get': () => services().settings.read(),
    'settings.set': async (patch) => {
      const settings = await context.commit((all) => all.settings.change(definedOf(patch)));
      context.putOffAutoLock();
      return settings;
    },
  };
}
