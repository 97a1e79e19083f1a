/** What a profile is set to beside where its traffic comes out. */
import { offerAlignment } from '../../../workspace/model/places/alignment.ts';
import type { Handlers } from '../dispatcher.ts';
import { exitsOfPool, exitsOfProxy } from '../exits.ts';
import type { HandlerContext } from './context.ts';
import { definedOf } from './values.ts';

export function consistencyHandlers(
  context: HandlerContext,
): Pick<Handlers, 'profiles.alignment' | 'profiles.measure'> {
  const services = () => context.unlocked().services;
  return {
    'profiles.alignment': ({ timeZone, ...of }) => {
      if ('pool' in of) return offerAlignment(exitsOfPool(services(), of.pool), timeZone);
      if ('proxy' in of) {
        const { id } = services().proxies.get(of.proxy);
        return offerAlignment(exitsOfProxy(services(), id), timeZone);
      }
      const { proxyId, proxyPool } = services().profiles.get(of.profile);
      if (proxyPool) return offerAlignment(exitsOfPool(services(), proxyPool.tag), timeZone);
      return offerAlignment(
        proxyId === null ? undefined : exitsOfProxy(services(), proxyId),
        timeZone,
      );
    },
    'profiles.measure': ({ profile, patch = {} }) =>
      context
        .unlocked()
        .measuring.measure({ ...services().profiles.get(profile), ...definedOf(patch) }),
  };
}
