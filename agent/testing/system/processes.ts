/** Processes of a test, found through /proc: only children of one that the test started are ever touched. */
import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

function all(): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        // The command in parentheses may hold anything; what follows the last one does not.
        const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        if (state === 'Z') return [];
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
        return [{ pid: Number(name), parent: Number(parent), command }];
      } catch {
        // It ended while we looked.
        return [];
      }
    });
}

/** @returns the processes below `pid`, nearest first. */
export function descendants(pid: number): Process[] {
  const processes = all();
  const found: Process[] = [];
  let level = [pid];
  while (level.length > 0) {
    const children = processes.filter((one) => level.includes(one.parent));
    found.push(...children);
    level = children.map((one) => one.pid);
  }
  return found;
}

export const isWorker = (one: Process): boolean => /agent\/worker\/main\.ts/.test(one.command);

/** Chromium's own first process: its helpers carry a `--type`. */
export const isBrowser = (one: Process): boolean =>
  one.command.includes('--user-data-dir=') && !one.command.includes('--type=');

/** @returns whether any live process has `text` in its command line. */
export const anyRuns = (text: string): boolean => all().some((one) => one.command.includes(text));
