/** What a profile is set to beside where its traffic comes out. */
import { offerAlignment } from '../../../workspace/model/places/alignment.ts';
import type { Handlers } from '../dispatcher.ts';
import { exitOf } from '../exits.ts';
import type { HandlerContext } from './context.ts';
import { definedOf } from './values.ts';

export function consistencyHandlers(
  context: HandlerContext,
): Pick<Handlers, 'profiles.alignment' | 'profiles.measure'> {
  const services = () => context.unlocked().services;
  return {
    'profiles.alignment': ({ timeZone, ...of }) => {
      const proxyId =
        'profile' in of
          ? services().profiles.get(of.profile).proxyId
          : services().proxies.get(of.proxy).id;
      return offerAlignment(exitOf(services(), proxyId), timeZone);
    },
    'profiles.measure': ({ profile, patch = {} }) =>
      context
        .unlocked()
        .measuring.measure({ ...services().profiles.get(profile), ...definedOf(patch) }),
  };
}
