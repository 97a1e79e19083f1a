/** Ends a browser that does not end by itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Kills the browser and its helpers, and waits until they are gone, so that nobody writes into the
 * user-data folder any more.
 * @param patience milliseconds to wait for the processes to disappear; 0 only asks once
 * @returns true when they are gone
 */
export async function killBrowser(pid: number, patience: number): Promise<boolean> {
  // Playwright starts the browser as the leader of a group of its own; Windows has no such groups.
  const group = process.platform === 'win32' ? pid : -pid;
  signal(group);
  signal(pid);
  const end = Date.now() + patience;
  while (alive(pid) || alive(group)) {
    if (Date.now() >= end) return false;
    await wait(10);
  }
  return true;
}

/** @param pid of a process, or the negated number of a process group */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // On Linux these include what has ended and was never collected by its parent: in a container
    // without an init, that is for ever.
    return process.platform === 'linux' ? isRunning(pid) : true;
  } catch (error) {
    // Somebody else's process has taken the number over.
    return codeOf(error) === 'EPERM';
  }
}

function isRunning(pid: number): boolean {
  if (pid > 0) return stateOf(pid).running;
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => stateOf(Number(name)))
    .some(({ running, group }) => running && group === -pid);
}

/** From `/proc/PID/stat`, proc_pid_stat(5): state and process group are the third and fifth words. */
function stateOf(pid: number): { readonly running: boolean; readonly group: number } {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second word is a name in brackets that may contain anything.
    const [state = '', , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { running: !'ZX'.includes(state), group: Number(group) };
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'ENOENT' && code !== 'ESRCH') throw error;
    return { running: false, group: 0 };
  }
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error ? Reflect.get(error, 'code') : undefined;
}
