/** `profile align`: settings that go with where a profile's traffic comes out. */
import type { Command } from 'commander';
import { type CommonOptions, UsageError, withSession } from '../context.ts';
import { printJson, printLine, text } from '../output.ts';

interface AlignOptions extends CommonOptions {
  readonly check: boolean;
  readonly timeZone?: string;
}

export function addConsistencyCommands(profile: Command): void {
  profile
    .command('align <profile>')
    .description('set language, time zone and place to the country that its proxy comes out in')
    .option('--check', 'ask the proxy first where it comes out', false)
    .option('--time-zone <zone>', 'another one of the country than that of most people')
    .action(async (reference: string, _options, command: Command) => {
      const options = command.optsWithGlobals<AlignOptions>();
      await withSession(options, async (session) => {
        const { id, name, proxyId } = await session.call('profiles.get', { profile: reference });
        if (options.check && proxyId !== null) {
          await session.call('proxies.check', { proxies: [proxyId] });
        }
        const { timeZone } = options;
        const offer = await session.call('profiles.alignment', {
          profile: id,
          ...(timeZone === undefined ? {} : { timeZone }),
        });
        if (offer.state !== 'known') {
          throw new UsageError(
            text(`alignment.${offer.state}`, {
              name,
              exit: 'exit' in offer ? offer.exit.address : '',
              country: ('exit' in offer && offer.exit.country) || '',
              zone: timeZone ?? '',
            }),
          );
        }
        const { alignment, zones, exit } = offer;
        await session.call('profiles.edit', { profile: id, patch: alignment });
        if (options.json) {
          printJson({ ...alignment, exit, zones });
          return;
        }
        const { geolocation, locale } = alignment;
        printLine(
          text('cli.aligned', {
            name,
            country: exit.country ?? '',
            locale,
            timeZone: alignment.timeZone,
            latitude: String(geolocation.latitude),
            longitude: String(geolocation.longitude),
          }),
        );
        const others = zones.filter((zone) => zone !== alignment.timeZone);
        if (others.length > 0) printLine(text('cli.alignedOthers', { zones: others.join(', ') }));
      });
    });
}
