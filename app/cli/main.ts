/** Entry of the command line: every command over the same host code as the windows. */
import { Command, CommanderError } from 'commander';
import { FailureError } from '../../workspace/model/failure.ts';
import { addDataCommands } from './commands/data.ts';
import { addDeviceCommands } from './commands/device.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addProfileCommands } from './commands/profile.ts';
import { addProxyCommands } from './commands/proxy.ts';
import { addRecordCommands } from './commands/records.ts';
import { addRelayCommand } from './commands/relay.ts';
import { addRunCommands } from './commands/run.ts';
import { addSecurityCommands } from './commands/security.ts';
import { addServeCommand } from './commands/serve.ts';
import { addTemplateCommands } from './commands/template.ts';
import { addVaultCommands } from './commands/vault.ts';
import { addWorkflowCommands } from './commands/workflow.ts';
import { type CommonOptions, defaultVaultDir, UsageError } from './context.ts';
import { describeFailure, printNote } from './output.ts';

/** 0 done; 1 a failed run or a refused request; 2 wrong usage. */
const exitCodes = { done: 0, refused: 1, usage: 2 } as const;

const program = new Command('warren')
  .description('Browser profiles and automations, encrypted on your own devices.')
  .configureHelp({ showGlobalOptions: true })
  .option('--vault <dir>', 'folder of the vault (or WARREN_VAULT)', defaultVaultDir())
  .option('--json', 'print JSON for programs', false)
  .option('--passphrase-file <file>', 'read the passphrase from the first line of a file')
  .option('--code <code>', 'a one-time code, where a second factor is set up')
  .addHelpText(
    'after',
    `
Exit codes: 0 done, 1 a failed run or a refused request, 2 wrong usage.

Examples:
  warren init
  warren profile add Alice --locale en-GB --time-zone Europe/London
  warren proxy add socks5://user:pass@proxy.example:1080 --name Home
  warren profile edit Alice --proxy Home
  warren profile open Alice
  warren workflow import login.json
  warren run Login --profile Alice --profile Bob --var user=alice --headless
  warren runs export RUN --format csv --output results.csv
  warren backup now
  warren export everything.warren
  warren relay --listen 127.0.0.1:4400 --data relay-data
  warren relay add ws://127.0.0.1:4400
  warren pair offer`,
  )
  .exitOverride();

for (const add of [
  addVaultCommands,
  addProfileCommands,
  addProxyCommands,
  addTemplateCommands,
  addWorkflowCommands,
  addRunCommands,
  addRecordCommands,
  addDataCommands,
  addSecurityCommands,
  addDeviceCommands,
  addRelayCommand,
  addServeCommand,
  addDoctorCommand,
]) {
  add(program);
}
inheritExit(program);

/** A program that reads our output and stops early ends us quietly. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.refused);
});

process.exitCode = await run();

async function run(): Promise<number> {
  try {
    await program.parseAsync();
    return Number(process.exitCode ?? exitCodes.done);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
    if (error instanceof UsageError) {
      report({ code: 'usage', message: error.message }, error.message);
      return exitCodes.usage;
    }
    if (error instanceof FailureError) {
      const message = describeFailure(error.failure);
      report({ ...error.failure, message }, message);
      return exitCodes.refused;
    }
    throw error;
  }
}

function report(asJson: object, asText: string): void {
  const { json } = program.opts<CommonOptions>();
  printNote(json ? JSON.stringify({ error: asJson }) : asText);
}

function inheritExit(command: Command): void {
  for (const child of command.commands) {
    child.exitOverride();
    inheritExit(child);
  }
}
