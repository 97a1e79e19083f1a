/** `profile …` */
import type { Command } from 'commander';
import type { ProfileInput, ProfilePatch, ProxyPool } from '../../../workspace/model/profile.ts';
import {
  browserNames,
  profileColors,
  proxyRotations,
} from '../../../workspace/model/profileChoices.ts';
import type { Params } from '../../ipc/contract.ts';
import {
  type CommonOptions,
  everyRow,
  type HostSession,
  UsageError,
  withSession,
} from '../context.ts';
import { parseHeader, parsePlace, parseViewport } from '../input.ts';
import {
  printableTime,
  printFields,
  printJson,
  printLine,
  printTable,
  text,
  writeResult,
} from '../output.ts';
import { addConsistencyCommands } from './consistency.ts';
import { addImportCommand } from './importProfiles.ts';
import { addOpeningCommands } from './opening.ts';
import { addSessionCommands } from './session.ts';

interface SettingOptions extends CommonOptions {
  readonly name?: string;
  readonly notes?: string;
  readonly tag?: readonly string[];
  readonly viewport?: string;
  readonly locale?: string;
  readonly languages?: string;
  readonly timeZone?: string;
  readonly colorScheme?: string;
  readonly userAgent?: string;
  readonly scale?: string;
  readonly mobile?: string;
  readonly touch?: string;
  readonly geolocation?: string;
  readonly permission?: readonly string[];
  readonly reducedMotion?: string;
  readonly header?: readonly string[];
  readonly startPage?: readonly string[];
  readonly proxy?: string;
  readonly pool?: string;
  readonly extension?: readonly string[];
  readonly browser?: string;
  readonly rotation?: string;
  readonly minutes?: string;
  readonly group?: string;
  readonly color?: string;
  readonly number?: string;
}

interface ListOptions extends CommonOptions {
  readonly search: string;
  readonly group?: string;
  readonly tag?: string;
  readonly sort: NonNullable<Params<'profiles.list'>['sort']>;
}

interface AddOptions extends SettingOptions {
  readonly count: string;
  readonly template?: string;
}

interface EditOptions extends SettingOptions {
  readonly addTag?: string[];
  readonly removeTag?: string[];
}

export function addProfileCommands(program: Command): void {
  const profile = program.command('profile').description('browser profiles');

  withSettings(
    profile
      .command('add <name>')
      .description('add a profile, or many named by a pattern such as "Shop {n}"')
      .option('--count <number>', 'how many', '1')
      .option('--template <template>', 'begin with the settings of a template'),
  ).action(async (name: string, _options, command: Command) => {
    const options = command.optsWithGlobals<AddOptions>();
    const count = Number(options.count);
    await withSession(options, async (session) => {
      const input = {
        ...(await templateOf(session, options)),
        ...patchOf(options),
        ...(await proxyOf(session, options)),
        name,
      };
      // The host checks every field; what is wrong comes back with the field's name.
      const many = { input: input as Params<'profiles.add'>['input'], count };
      if (count !== 1) {
        const { added } = await session.call('profiles.addMany', many);
        if (options.json) printJson({ added });
        else printLine(text('cli.profilesImported', { count: added }));
        return;
      }
      const added = await session.call('profiles.add', { input: many.input });
      if (options.json) printJson(added);
      else printLine(text('cli.profileAdded', { name: added.name, id: added.id }));
    });
  });

  profile
    .command('list')
    .description('list profiles')
    .option('--search <words>', 'only those whose name, notes or tags have all the words', '')
    .option('--group <name>', 'only those in this group; empty for those in none')
    .option('--tag <tag>', 'only those with this tag')
    .option(
      '--sort <order>',
      'name, number, used, recent (by its runs), created or updated',
      'name',
    )
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<ListOptions>();
      await withSession(options, async (session) => {
        const { search, group, tag, sort } = options;
        const filter = {
          ...(group === undefined ? {} : { group: group || null }),
          ...(tag === undefined ? {} : { tag }),
        };
        const rows = await everyRow((after) =>
          session.call('profiles.list', { search, sort, filter, limit: 500, ...after }),
        );
        if (options.json) printJson(rows);
        else {
          printTable(
            ['NUMBER', 'NAME', 'GROUP', 'TAGS', 'LAST USED', 'LAST RUN', 'OUTCOME', 'ID'],
            rows.map((row) => [
              row.number === null ? '' : String(row.number),
              row.name,
              row.group ?? '',
              row.tags.join(', '),
              printableTime(row.lastUsedAt),
              printableTime(row.lastRunAt),
              row.lastOutcome ?? '',
              row.id,
            ]),
          );
        }
      });
    });

  profile
    .command('show <profile>')
    .description('show a profile, by name or id')
    .action(async (reference: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      await withSession(options, async (session) => {
        const shown = await session.call('profiles.get', { profile: reference });
        if (options.json) printJson(shown);
        else printFields({ ...shown });
      });
    });

  profile
    .command('duplicate <profile>')
    .description('more with the same settings, under free names and without its session')
    .option('--count <number>', 'how many', '1')
    .action(async (reference: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { count: string }>();
      await withSession(options, async (session) => {
        const { profiles } = await session.call('profiles.duplicate', {
          profile: reference,
          count: Number(options.count),
        });
        if (options.json) printJson(profiles);
        else for (const { name, id } of profiles) printLine(text('cli.profileAdded', { name, id }));
      });
    });

  profile
    .command('lease <profile>')
    .description('who uses a profile now, on whatever device')
    .action(async (reference: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      await withSession(options, async (session) => {
        const { known, holder, newerOn } = await session.call('profiles.lease', {
          profile: reference,
        });
        if (options.json) printJson({ known, holder, newerOn });
        else {
          printFields({
            known,
            device: holder?.device ?? null,
            since: holder ? printableTime(holder.since) : null,
            newerOn,
          });
        }
      });
    });

  withSettings(
    profile
      .command('edit <profile...>')
      .description('change settings of a profile, or of several; an empty value clears one')
      .option('--name <name>', 'rename it')
      .option('--add-tag <tag...>', 'tags that they get besides those they have')
      .option('--remove-tag <tag...>', 'tags that they lose'),
  ).action(async (references: string[], _options, command: Command) => {
    const options = command.optsWithGlobals<EditOptions>();
    const { name, addTag: addTags, removeTag: removeTags } = options;
    const given = patchOf(options);
    const tags = { ...(addTags ? { addTags } : {}), ...(removeTags ? { removeTags } : {}) };
    const all = { ...given, ...tags, ...(name === undefined ? {} : { name }) };
    if (Object.keys(all).length === 0 && (options.proxy ?? options.pool) === undefined) {
      throw new UsageError(text('cli.nothingToChange'));
    }
    const [reference = ''] = references;
    const isMany = references.length > 1 || addTags || removeTags;
    if (isMany && name !== undefined) throw new UsageError(text('cli.nameOfMany'));
    await withSession(options, async (session) => {
      const patch: ProfilePatch = { ...given, ...(await proxyOf(session, options)) };
      if (isMany) {
        const { changed } = await session.call('profiles.editMany', {
          profiles: references,
          patch: { ...patch, ...tags },
        });
        if (options.json) printJson({ changed });
        else printLine(text('cli.profilesChanged', { count: changed }));
        return;
      }
      if (name !== undefined) patch.name = name;
      const edited = await session.call('profiles.edit', { profile: reference, patch });
      if (options.json) printJson(edited);
      else printLine(text('cli.profileChanged', { name: edited.name }));
    });
  });

  profile
    .command('remove <profile>')
    .description('remove a profile with its cookies and storage')
    .action(async (reference: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      await withSession(options, async (session) => {
        await session.call('profiles.remove', { profile: reference });
        if (options.json) printJson({ removed: reference });
        else printLine(text('cli.profileRemoved', { name: reference }));
      });
    });

  addOpeningCommands(profile);
  addConsistencyCommands(profile);
  addSessionCommands(profile);

  addImportCommand(profile);

  profile
    .command('export [file]')
    .description('write profiles as JSON, without cookies and storage')
    .option('--profile <profile...>', 'only these, by name or id')
    .action(async (file: string | undefined, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { profile?: readonly string[] }>();
      await withSession(options, async (session) => {
        const { profiles } = await session.call('profiles.export', {
          ...(options.profile ? { profiles: [...options.profile] } : {}),
        });
        writeResult(file, `${JSON.stringify(profiles, null, 2)}\n`);
      });
    });
}

function withSettings(command: Command): Command {
  return command
    .option('--notes <text>', 'notes')
    .option('--tag <tag...>', 'tags, replacing those it has')
    .option('--group <name>', 'the group that it is in')
    .option('--color <name>', `${profileColors.slice(0, -1).join(', ')} or ${profileColors.at(-1)}`)
    .option('--number <number>', 'a number to call it by')
    .option('--viewport <size>', 'width and height in CSS pixels, such as 1280x800')
    .option('--locale <tag>', 'language tag, such as en-GB')
    .option('--languages <list>', 'what pages are told, preferred first, such as de-AT,de,en')
    .option('--time-zone <zone>', 'time zone, such as Europe/Berlin')
    .option('--color-scheme <scheme>', 'light, dark or no-preference')
    .option('--scale <factor>', 'device pixels for one of CSS, such as 2')
    .option('--mobile <yes|no>', 'pages are laid out as on a phone')
    .option('--touch <yes|no>', 'the screen can be touched')
    .option(
      '--geolocation <place>',
      'latitude, longitude and metres around, such as 52.52,13.40,50',
    )
    .option(
      '--permission <name...>',
      'what pages may use without asking, replacing what they might',
    )
    .option('--reduced-motion <wish>', 'reduce or no-preference')
    .option('--header <header...>', 'sent with every request, such as "DNT: 1"')
    .option('--start-page <address...>', 'opened when there are no tabs to bring back')
    .option('--proxy <proxy>', 'the proxy that it leaves by, by name or id; empty for none')
    .option('--pool <tag>', 'one of the proxies with this tag; empty for none')
    .option('--rotation <which>', `with --pool: ${proxyRotations.join(', ')}`)
    .option('--minutes <number>', 'with --rotation timed: until the next one')
    .option(
      '--extension <name...>',
      'extensions by their names in the settings, replacing those it has',
    )
    .option('--browser <name>', `${browserNames.join(', ')}; empty for whichever there is`)
    .option('--user-agent <text>', 'send another user agent than the engine’s own');
}

/** The settings that were given; an empty text clears what can be empty. */
function patchOf(options: SettingOptions): ProfilePatch {
  const clearable = (value: string) => (value === '' ? null : value);
  return {
    ...(options.notes === undefined ? {} : { notes: options.notes }),
    ...(options.tag === undefined ? {} : { tags: options.tag.filter(Boolean) }),
    ...(options.group === undefined ? {} : { group: clearable(options.group) }),
    ...(options.color === undefined
      ? {}
      : { color: clearable(options.color) as ProfileInput['color'] }),
    ...(options.number === undefined
      ? {}
      : { number: options.number === '' ? null : Number(options.number) }),
    ...(options.extension === undefined ? {} : { extensions: options.extension.filter(Boolean) }),
    ...(options.browser === undefined
      ? {}
      : { browser: clearable(options.browser) as ProfileInput['browser'] }),
    ...(options.viewport === undefined ? {} : { viewport: parseViewport(options.viewport) }),
    ...(options.locale === undefined ? {} : { locale: clearable(options.locale) }),
    ...(options.languages === undefined
      ? {}
      : {
          languages: options.languages
            .split(',')
            .map((one) => one.trim())
            .filter(Boolean),
        }),
    ...(options.timeZone === undefined ? {} : { timeZone: clearable(options.timeZone) }),
    ...(options.colorScheme === undefined
      ? {}
      : { colorScheme: clearable(options.colorScheme) as ProfileInput['colorScheme'] }),
    ...(options.userAgent === undefined ? {} : { userAgent: clearable(options.userAgent) }),
    ...emulationOf(options),
  };
}

/** What only some profiles set. The host checks each; what is wrong comes back with its name. */
function emulationOf(options: SettingOptions): ProfilePatch {
  const { scale, mobile, touch, geolocation, permission, reducedMotion, header, startPage } =
    options;
  return {
    ...(scale === undefined ? {} : { deviceScaleFactor: scale === '' ? null : Number(scale) }),
    ...(mobile === undefined ? {} : { isMobile: mobile === 'yes' }),
    ...(touch === undefined ? {} : { hasTouch: touch === 'yes' }),
    ...(geolocation === undefined ? {} : { geolocation: parsePlace(geolocation) }),
    ...(permission === undefined
      ? {}
      : { permissions: permission.filter(Boolean) as ProfileInput['permissions'] }),
    ...(reducedMotion === undefined
      ? {}
      : { reducedMotion: (reducedMotion || null) as ProfileInput['reducedMotion'] }),
    ...(header === undefined ? {} : { extraHeaders: header.filter(Boolean).map(parseHeader) }),
    ...(startPage === undefined ? {} : { startPages: startPage.filter(Boolean) }),
  };
}

/** By its id, so that it may be renamed. @throws FailureError `notFound`. */
async function proxyOf(
  session: HostSession,
  { proxy, pool, rotation = 'sticky', minutes }: SettingOptions,
): Promise<Pick<ProfilePatch, 'proxyId' | 'proxyPool'>> {
  if (pool !== undefined && pool !== '') {
    const proxyPool = { tag: pool, rotation, ...(minutes ? { minutes: Number(minutes) } : {}) };
    return { proxyId: null, proxyPool: proxyPool as ProxyPool };
  }
  const none = pool === '' ? { proxyPool: null } : {};
  if (proxy === undefined) return none;
  if (proxy === '') return { ...none, proxyId: null };
  return { proxyId: (await session.call('proxies.get', { proxy })).id, proxyPool: null };
}

async function templateOf(
  session: HostSession,
  { template }: AddOptions,
): Promise<Partial<ProfileInput>> {
  if (template === undefined) return {};
  const {
    id: _id,
    createdAt: _createdAt,
    updatedAt: _updatedAt,
    ...input
  } = await session.call('templates.get', { template });
  return input;
}
