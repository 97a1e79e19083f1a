/** `device …`, `pair …`, `sync …` and `relay add|remove|status`: a vault’s other devices, and how they meet. */
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { FailureError } from '../../../workspace/model/failure.ts';
import type { DeviceRow, RelayRow, SyncStatus } from '../../../workspace/model/sync.ts';
import { type CommonOptions, type HostSession, localSession, withSession } from '../context.ts';
import { parseWhole } from '../input.ts';
import { printableTime, printJson, printLine, printNote, printTable, text } from '../output.ts';
import { prompt, readPassphrase } from '../passphrase.ts';
import { prove } from '../proof.ts';
import { requireKdf } from './vault.ts';

interface PairOptions extends CommonOptions {
  readonly yes: boolean;
  readonly deviceName?: string;
  readonly kdf?: string;
}

export function addDeviceCommands(program: Command): void {
  const device = program.command('device').description('the devices of this workspace');
  device
    .command('list')
    .description('all devices, those that were removed too')
    .action((_options, command: Command) =>
      withSession(command.optsWithGlobals<CommonOptions>(), async (session) => {
        const { devices } = await session.call('devices.list', {});
        if (command.optsWithGlobals<CommonOptions>().json) printJson(devices);
        else printTable(['ID', 'NAME', 'ADDED', ''], devices.map(deviceLine));
      }),
    );
  device
    .command('rename <device> <name>')
    .description('call a device something else, on all of them')
    .action((name: string, next: string, _options, command: Command) =>
      told(command, 'cli.deviceRenamed', (session) =>
        session.call('devices.rename', { device: name, name: next }),
      ),
    );
  device
    .command('remove <device>')
    .description('let a device read nothing more; rotates the workspace’s keys')
    .option('--wipe', 'ask it to delete its vault', false)
    .action((name: string, { wipe }: { wipe: boolean }, command: Command) =>
      told(command, 'cli.deviceRemoved', async (session, options) => {
        await prove(session, options);
        await session.call('devices.remove', { device: name, wipe });
        await exchanged(session, 10_000);
      }),
    );

  const pair = program.command('pair').description('let a new device in');
  pair
    .command('offer')
    .description('print a code for the new device, then the digits to compare')
    .option('--yes', 'take the digits as compared', false)
    .action((_options, command: Command) => offer(command.optsWithGlobals<PairOptions>()));
  pair
    .command('accept <code>')
    .description('make a vault here that joins the workspace of the device that printed the code')
    .option('--yes', 'take the digits as compared', false)
    .option('--device-name <name>', 'what this device is called there')
    .option(
      '--kdf <cost>',
      'key derivation: "calibrated" to this machine, or "minimum"',
      'calibrated',
    )
    .action((code: string, _options, command: Command) =>
      accept(code, command.optsWithGlobals<PairOptions>()),
    );

  const sync = program.command('sync').description('what is exchanged with other devices');
  sync
    .command('status')
    .description('how far it is with each relay, and what is missing')
    .action((_options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      return withSession(options, async (session) => showStatus(await looked(session), options));
    });
  sync
    .command('now')
    .description('look and send at once')
    .action((_options, command: Command) =>
      told(command, 'cli.synced', async (session) => {
        await session.call('sync.now', {});
        await session.call('sync.wait', { timeout: 60_000 });
      }),
    );
  sync
    .command('wait')
    .description('wait until everything known is exchanged')
    .option('--timeout <seconds>', 'give up after so long', '60')
    .action(({ timeout }: { timeout: string }, command: Command) =>
      told(command, 'cli.synced', (session) =>
        session.call('sync.wait', { timeout: parseWhole(timeout) * 1000 }),
      ),
    );
}

/** @param relay the command that runs a relay; these are about using one. */
export function addRelaysCommands(relay: Command): void {
  relay
    .command('add <address>')
    .description('sync through a relay: ws://host:port or wss://host')
    .action((url: string, _options, command: Command) =>
      told(command, 'cli.relayAdded', async (session) => {
        await session.call('relays.add', { url });
        await session.call('sync.wait', { timeout: 600_000 });
      }),
    );
  relay
    .command('remove <address>')
    .description('stop using a relay')
    .action((url: string, _options, command: Command) =>
      told(command, 'cli.relayRemoved', (session) => session.call('relays.remove', { relay: url })),
    );
  relay
    .command('status')
    .description('how far it is with each relay')
    .action((_options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      return withSession(options, async (session) => {
        const { relays } = await looked(session);
        if (options.json) printJson(relays);
        else if (relays.length === 0) printLine(text('cli.noRelays'));
        else printTable(['RELAY', 'STATE', 'SINCE', 'WAITING'], relays.map(relayLine));
      });
    });
}

/** Does something, then says that it is done. */
function told(
  command: Command,
  done: Parameters<typeof text>[0],
  work: (session: HostSession, options: CommonOptions) => Promise<unknown>,
): Promise<void> {
  const options = command.optsWithGlobals<CommonOptions>();
  return withSession(options, async (session) => {
    await work(session, options);
    if (options.json) printJson({ done: true });
    else printLine(text(done));
  });
}

async function offer(options: PairOptions): Promise<void> {
  await withSession(options, async (session) => {
    await prove(session, options);
    const { code } = await session.call('pairing.offer', {});
    if (options.json) printJson({ code });
    else {
      printLine(text('cli.pairCode'));
      printLine('');
      printLine(code);
      printLine('');
      printNote(text('cli.pairHow'));
    }
    const { digits, name } = await session.call('pairing.met', {});
    if (options.json) printJson({ digits, name });
    else printLine(text('cli.pairWith', { name }));
    const yes = await compared(options, digits);
    const { device } = await session.call('pairing.answer', { yes });
    await exchanged(session, 10_000);
    if (options.json) printJson({ device });
    else printLine(text('cli.paired', { name: device }));
  });
}

async function accept(code: string, options: PairOptions): Promise<void> {
  const { deviceName } = options;
  const kdf = requireKdf(options.kdf ?? 'calibrated');
  const session = localSession(options.vault);
  try {
    const status = await session.call('vault.status', {});
    if (status.state === 'unusable') throw new FailureError(status.failure);
    if (status.state !== 'missing') {
      throw new FailureError({ code: 'vaultExists', dir: status.dir });
    }
    const passphrase = await readPassphrase(options, true);
    const { digits } = await session.call('join.begin', {
      code,
      ...(deviceName === undefined ? {} : { deviceName }),
    });
    if (options.json) printJson({ digits });
    const yes = await compared(options, digits);
    await session.call('join.finish', { yes, passphrase, kdf });
    const { relays } = await session.call('sync.status', {});
    if (relays.length > 0) await session.call('sync.wait', { timeout: 600_000 });
    // On a network alone, what does not come now comes when both are there again.
    else await exchanged(session, 30_000);
    const dir = resolve(options.vault);
    if (options.json) printJson({ vault: dir });
    else printLine(text('cli.joined', { dir }));
  } finally {
    await session.close();
  }
}

/** What somebody says about the digits; nobody is asked with --yes. */
async function compared(options: PairOptions, digits: string): Promise<boolean> {
  if (!options.json) printLine(text('cli.pairDigits', { digits }));
  if (options.yes) return true;
  if (!process.stdin.isTTY) {
    printNote(text('cli.pairNeedsYes'));
    return false;
  }
  return /^y(es)?$/i.test((await prompt(text('cli.askSameDigits'))).trim());
}

/** Lets others know now, where a relay can be reached; what can not be sent now is sent later. */
async function exchanged(session: HostSession, timeout: number): Promise<void> {
  try {
    await session.call('sync.wait', { timeout });
  } catch (error) {
    const code = error instanceof FailureError ? error.failure.code : '';
    if (code !== 'syncTimeout' && code !== 'relayMissing') throw error;
  }
}

/** The status after a look at each relay, where one can be reached. */
async function looked(session: HostSession): Promise<SyncStatus> {
  await exchanged(session, 3_000);
  return session.call('sync.status', {});
}

function showStatus(status: SyncStatus, options: CommonOptions): void {
  if (options.json) {
    printJson(status);
    return;
  }
  const { relays, missing, parked, refused, removed } = status;
  if (relays.length === 0) printLine(text('cli.noRelays'));
  else printTable(['RELAY', 'STATE', 'SINCE', 'WAITING'], relays.map(relayLine));
  for (const { name, count } of missing) printLine(text('cli.syncMissing', { name, count }));
  if (parked > 0) printLine(text('cli.syncParked', { count: parked }));
  if (refused.length > 0) printLine(text('cli.syncRefused', { count: refused.length }));
  if (removed) printLine(text('cli.syncRemoved', { by: removed.by }));
  if (removed?.wipe) printLine(text('cli.syncWipe'));
}

const relayLine = ({ url, state, reason, since, unsent }: RelayRow): string[] => [
  url,
  reason === null ? state : `${state} (${reason})`,
  printableTime(since),
  String(unsent),
];

const deviceLine = ({ id, name, addedAt, self, removedAt }: DeviceRow): string[] => [
  id,
  name,
  printableTime(addedAt || null),
  self ? text('cli.thisDevice') : removedAt === null ? '' : text('cli.deviceGone'),
];
