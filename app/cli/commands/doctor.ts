/** `doctor`: what this machine has and lacks, and what to do. */
import type { Command } from 'commander';
import { diagnose } from '../../host/doctor.ts';
import { hasText } from '../../text/index.ts';
import type { CommonOptions } from '../context.ts';
import { printJson, printLine, text } from '../output.ts';

const marks = { good: 'ok', warning: '! ', bad: 'x ' } as const;

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('check what this machine has for Warren')
    .action(async (_options, command: Command) => {
      const options = command.optsWithGlobals<CommonOptions>();
      const checks = await diagnose(options.vault, null);
      if (options.json) printJson({ checks });
      else {
        for (const check of checks) {
          const found = check.found ? `: ${check.found}` : '';
          printLine(`${marks[check.state]} ${text(`doctor.${check.name}.title`)}${found}`);
          const advice = `doctor.advice.${check.advice}`;
          if (check.advice && hasText(advice)) printLine(`   ${text(advice)}`);
        }
      }
      if (checks.some((check) => check.state === 'bad')) process.exitCode = 1;
    });
}
