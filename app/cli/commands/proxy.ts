/** `proxy …` */
import type { Command } from 'commander';
import type { ProxyInput, ProxyPatch } from '../../../workspace/model/proxy.ts';
import { proxyAddress, proxyTypes } from '../../../workspace/model/proxyAddress.ts';
import { readProxyLines } from '../../../workspace/model/proxyLines.ts';
import type { Params } from '../../ipc/contract.ts';
import { type CommonOptions, everyRow, UsageError, withSession } from '../context.ts';
import { readTextFile } from '../input.ts';
import { printFields, printJson, printLine, printTable, text } from '../output.ts';
import { prove } from '../proof.ts';

interface SettingOptions extends CommonOptions {
  readonly name?: string;
  readonly changeIp?: string;
  readonly notes?: string;
  readonly tag?: readonly string[];
}

export function addProxyCommands(program: Command): void {
  const proxy = program.command('proxy').description('proxies that profiles leave by');

  withSettings(
    proxy
      .command('add <address>')
      .description('add a proxy, such as socks5://user:pass@host:1080 or host:8080:user:pass'),
  ).action(async (address: string, _options, command: Command) => {
    const options = command.optsWithGlobals<SettingOptions>();
    const read = addressOf(address);
    const input = { ...read, name: `${read.host}:${read.port}`, ...patchOf(options) };
    await withSession(options, async (session) => {
      const added = await session.call('proxies.add', {
        input: input as Params<'proxies.add'>['input'],
      });
      if (options.json) printJson(added);
      else printLine(text('cli.proxyAdded', { name: added.name, id: added.id }));
    });
  });

  proxy
    .command('list')
    .description('list proxies, without their passwords')
    .option('--search <words>', 'only those that have all the words', '')
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { search: string }>();
      await withSession(options, async (session) => {
        const rows = await everyRow((after) =>
          session.call('proxies.list', { search: options.search, limit: 500, ...after }),
        );
        if (options.json) printJson(rows);
        else {
          printTable(
            ['NAME', 'ADDRESS', 'USER', 'TAGS', 'ID'],
            rows.map((row) => [
              row.name,
              proxyAddress(row),
              row.username,
              row.tags.join(', '),
              row.id,
            ]),
          );
        }
      });
    });

  proxy
    .command('show <proxy>')
    .description('show a proxy, by name or id')
    .option('--reveal', 'with its password; asks for a proof that you are there', false)
    .action(async (reference: string, _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions & { reveal: boolean }>();
      await withSession(options, async (session) => {
        const shown = await session.call('proxies.get', { proxy: reference });
        if (options.reveal) await prove(session, options);
        const secret = options.reveal
          ? await session.call('proxies.reveal', { proxy: reference })
          : {};
        if (options.json) printJson({ ...shown, ...secret });
        else printFields({ ...shown, ...secret });
      });
    });

  withSettings(
    proxy
      .command('edit <proxy>')
      .description('change a proxy; an empty value clears one')
      .option('--address <address>', 'another address, with its login'),
  ).action(async (reference: string, _options, command: Command) => {
    const options = command.optsWithGlobals<SettingOptions & { address?: string }>();
    const address = options.address === undefined ? {} : addressOf(options.address);
    const patch = { ...address, ...patchOf(options) };
    if (Object.keys(patch).length === 0) throw new UsageError(text('cli.nothingToChange'));
    await withSession(options, async (session) => {
      const edited = await session.call('proxies.edit', { proxy: reference, patch });
      if (options.json) printJson(edited);
      else printLine(text('cli.proxyChanged', { name: edited.name }));
    });
  });

  proxy
    .command('check [proxy...]')
    .description('ask through each for where it comes out; all of them when none is named')
    .action(async (references: string[], _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      await withSession(options, async (session) => {
        const rows = () =>
          everyRow((after) => session.call('proxies.list', { search: '', limit: 500, ...after }));
        const named = await Promise.all(
          references.map(async (one) => (await session.call('proxies.get', { proxy: one })).id),
        );
        const proxies = named.length > 0 ? named : (await rows()).map(({ id }) => id);
        if (proxies.length === 0) throw new UsageError(text('cli.noProxies'));
        const { failing } = await session.call('proxies.check', { proxies });
        const checked = (await rows()).filter(({ id }) => proxies.includes(id));
        if (options.json) printJson(checked.map(({ id, name, check }) => ({ id, name, ...check })));
        else {
          printTable(
            ['NAME', 'EXIT', 'COUNTRY', 'LATENCY', 'PROBLEM'],
            checked.map(({ name, check }) => [
              name,
              check?.exit ?? '',
              check?.country ?? '',
              check?.latency == null ? '' : `${check.latency} ms`,
              check?.problem ?? '',
            ]),
          );
        }
        if (failing > 0) process.exitCode = 1;
      });
    });

  proxy
    .command('remove <proxy...>')
    .description('into the trash; profiles that use it reach nothing until they have another one')
    .action(async (proxies: string[], _options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      await withSession(options, async (session) => {
        await session.call('proxies.remove', { proxies });
        if (options.json) printJson({ removed: proxies });
        else printLine(text('cli.proxiesRemoved', { count: proxies.length }));
      });
    });

  proxy
    .command('import <file>')
    .description('add proxies from a list in any of the usual formats, one a line; "-" reads stdin')
    .option('--type <type>', `for lines that do not say: ${proxyTypes.join(', ')}`, 'http')
    .option('--order <order>', 'for lines that read both ways: host-first or user-first')
    .option('--tag <tag...>', 'tags for all of them', [])
    .option('--preview', 'only tell what would be added', false)
    .action(async (file: string, _options, command: Command) => {
      const options = command.optsWithGlobals<ImportOptions>();
      const lines = {
        text: await readTextFile(file),
        type: options.type as ProxyInput['type'],
        order: orderOf(options.order),
      };
      await withSession(options, async (session) => {
        const {
          read,
          known,
          ambiguous,
          refused,
          lines: shown,
        } = await session.call('proxies.readLines', lines);
        if (options.preview) {
          if (options.json) printJson({ read, known, ambiguous, refused, lines: shown });
          else {
            printTable(
              ['LINE', 'STATE', 'ADDRESS', 'USER'],
              shown.map((line) => [
                String(line.line),
                line.problem ?? line.state,
                line.otherwise ? `${line.address} | ${line.otherwise}` : (line.address ?? ''),
                line.username,
              ]),
            );
          }
          return;
        }
        if (ambiguous > 0) throw new UsageError(text('cli.proxyOrder', { count: ambiguous }));
        const done = await session.call('proxies.importLines', {
          ...lines,
          tags: [...options.tag],
        });
        if (options.json) printJson(done);
        else printLine(text('cli.proxiesImported', { ...done }));
      });
    });
}

interface ImportOptions extends CommonOptions {
  readonly type: string;
  readonly order?: string;
  readonly tag: readonly string[];
  readonly preview: boolean;
}

function withSettings(command: Command): Command {
  return command
    .option('--name <name>', 'what it is called')
    .option('--change-ip <address>', 'opened to make it change its exit')
    .option('--notes <text>', 'notes')
    .option('--tag <tag...>', 'tags, replacing those it has');
}

function patchOf({ name, changeIp, notes, tag }: SettingOptions): ProxyPatch {
  return {
    ...(name === undefined ? {} : { name }),
    ...(changeIp === undefined ? {} : { changeIpUrl: changeIp === '' ? null : changeIp }),
    ...(notes === undefined ? {} : { notes }),
    ...(tag === undefined ? {} : { tags: tag.filter(Boolean) }),
  };
}

/** @throws UsageError when it is no address, or could be read in two ways. */
function addressOf(address: string) {
  const [line] = readProxyLines(address, { type: 'http', order: null });
  if (line?.state !== 'read') throw new UsageError(text('cli.proxyAddress'));
  const { name: _name, ...read } = line.proxy;
  return read;
}

/** @throws UsageError for any other word. */
export function orderOf(order: string | undefined): 'hostFirst' | 'userFirst' | null {
  if (order === undefined) return null;
  if (order === 'host-first') return 'hostFirst';
  if (order === 'user-first') return 'userFirst';
  throw new UsageError(text('cli.proxyOrderWord'));
}
