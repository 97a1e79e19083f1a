/** `profile align`, `measure`, `check`: settings that go together, with the browser and with the proxy's exit. */
import type { Command } from 'commander';
import { contradictions } from '../../../workspace/model/consistency/contradictions.ts';
import { exitIn } from '../../../workspace/model/places/alignment.ts';
import type { Profile } from '../../../workspace/model/profile.ts';
import { contradictionText, countryName, refusalText } from '../../text/contradictions.ts';
import {
  type CommonOptions,
  everyRow,
  type HostSession,
  UsageError,
  withSession,
} from '../context.ts';
import { language, printFields, printJson, printLine, printTable, text } from '../output.ts';

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
        const profile = await session.call('profiles.get', { profile: reference });
        const { id, name } = profile;
        const proxies = options.check ? await proxiesOf(session, profile) : [];
        if (proxies.length > 0) await session.call('proxies.check', { proxies });
        const { timeZone } = options;
        const offer = await session.call('profiles.alignment', {
          profile: id,
          ...(timeZone === undefined ? {} : { timeZone }),
        });
        if (offer.state !== 'known') {
          throw new UsageError(refusalText(language, offer, name, timeZone));
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
            country: exit.country ? countryName(language, exit.country) : '',
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

  profile
    .command('measure <profile>')
    .description('what pages read in a browser with its settings; nothing leaves this machine')
    .action(async (reference: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      await withSession(options, async (session) => {
        const measured = await session.call('profiles.measure', { profile: reference });
        if (options.json) printJson(measured);
        else printFields({ ...measured });
      });
    });

  profile
    .command('check <profile>')
    .description('where its settings, its browser and its proxy’s exit contradict')
    .option('--no-measure', 'look at the settings only, without starting a browser')
    .action(async (reference: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { measure: boolean }>();
      await withSession(options, async (session) => {
        const profile = await session.call('profiles.get', { profile: reference });
        const { id, name } = profile;
        const found = contradictions(profile, {
          measured: options.measure
            ? await session.call('profiles.measure', { profile: id })
            : null,
          exit: exitIn(await session.call('profiles.alignment', { profile: id })),
          at: Date.now(),
        });
        if (options.json) printJson(found);
        else if (found.length === 0) printLine(text('cli.consistent', { name }));
        else {
          printTable(
            ['SEVERITY', 'SETTING', 'WHAT'],
            found.map((one) => [one.severity, one.field, contradictionText(language, one)]),
          );
        }
        if (found.some(({ severity }) => severity === 'severe')) process.exitCode = 1;
      });
    });
}

/** Ids of all that it may leave by. */
async function proxiesOf(session: HostSession, profile: Profile): Promise<string[]> {
  const { proxyId, proxyPool } = profile;
  if (!proxyPool) return proxyId === null ? [] : [proxyId];
  const rows = await everyRow((after) => session.call('proxies.list', { limit: 500, ...after }));
  return rows.filter(({ tags }) => tags.includes(proxyPool.tag)).map(({ id }) => id);
}
