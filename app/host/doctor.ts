/** What this machine has and lacks for Warren, with the key of an advice where something can be done. */
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { DoctorCheck } from '../ipc/contract.ts';
import { chooseBrowser, hasDisplay } from './browser.ts';

/** Below this many bytes a vault soon can not grow. */
const littleSpace = 500 * 1024 * 1024;

export async function diagnose(
  vaultDir: string,
  browserPath: string | null,
): Promise<readonly DoctorCheck[]> {
  return [
    runtime(),
    await browser(browserPath),
    sandbox(),
    electron(),
    display(),
    vault(vaultDir),
    diskSpace(vaultDir),
  ];
}

function runtime(): DoctorCheck {
  const good = Number(process.versions.node.split('.')[0]) >= 24;
  return {
    name: 'runtime',
    state: good ? 'good' : 'bad',
    found: `Node ${process.versions.node}`,
    advice: good ? null : 'runtimeOld',
  };
}

async function browser(configured: string | null): Promise<DoctorCheck> {
  const search = await chooseBrowser(configured);
  return search.found
    ? { name: 'browser', state: 'good', found: search.path, advice: null }
    : { name: 'browser', state: 'bad', found: '', advice: 'browserMissing' };
}

function sandbox(): DoctorCheck {
  const root = process.getuid?.() === 0;
  return {
    name: 'sandbox',
    state: root ? 'warning' : 'good',
    found: root ? 'root' : '',
    advice: root ? 'sandboxRoot' : null,
  };
}

function electron(): DoctorCheck {
  const path = electronBinary();
  return {
    name: 'electron',
    state: path ? 'good' : 'warning',
    found: path ?? '',
    advice: path ? null : 'electronMissing',
  };
}

/** @returns the path of Electron's binary when it has been fetched; never fetches it. */
export function electronBinary(): string | null {
  try {
    const folder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
    const names = ['electron', 'electron.exe', 'Electron.app/Contents/MacOS/Electron'];
    return names.map((name) => join(folder, 'dist', name)).find((path) => existsSync(path)) ?? null;
  } catch {
    return null;
  }
}

function display(): DoctorCheck {
  const shown = hasDisplay();
  return {
    name: 'display',
    state: shown ? 'good' : 'warning',
    found: process.env.WAYLAND_DISPLAY ?? process.env.DISPLAY ?? '',
    advice: shown ? null : 'displayMissing',
  };
}

function vault(dir: string): DoctorCheck {
  try {
    accessSync(nearestExisting(dir), constants.W_OK);
    return { name: 'vault', state: 'good', found: dir, advice: null };
  } catch {
    return { name: 'vault', state: 'bad', found: dir, advice: 'vaultReadOnly' };
  }
}

function diskSpace(dir: string): DoctorCheck {
  const { bavail, bsize } = statfsSync(nearestExisting(dir));
  const enough = bavail * bsize >= littleSpace;
  return {
    name: 'diskSpace',
    state: enough ? 'good' : 'warning',
    found: `${Math.floor((bavail * bsize) / 1024 ** 2)} MiB`,
    advice: enough ? null : 'diskSpaceLow',
  };
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}
