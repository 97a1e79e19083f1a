/** Ends a browser that does not end by itself. */
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/**
 * Kills the browser and its helpers, and waits until it is gone.
 * @param patience milliseconds to wait for the process to disappear
 * @returns true when it is gone
 */
export async function killBrowser(pid: number, patience: number): Promise<boolean> {
  // Playwright starts the browser as the leader of a group of its own; Windows has no such groups.
  if (process.platform !== 'win32') signal(-pid);
  signal(pid);
  const end = Date.now() + patience;
  while (alive(pid)) {
    if (Date.now() > end) return false;
    await wait(10);
  }
  return true;
}

/** True while the process runs. */
export function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    // Somebody else's process has taken the number over.
    return codeOf(error) === 'EPERM';
  }
}

/** Ended, but not yet collected by its parent; in a container without an init, nobody ever does. */
function isZombie(pid: number): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may contain anything; the state is the first word after it.
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('Z');
  } catch (error) {
    // It was collected just now.
    return codeOf(error) === 'ENOENT' || codeOf(error) === 'ESRCH';
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
