/** Downloads go to the task's own folder and are stopped when they grow past their bound. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext, Download } from 'playwright-core';
import { StepError } from '../steps/definition.ts';
import type { Watcher } from './watcher.ts';

export interface Downloads {
  /** Resolves when none is under way. */
  settled(): Promise<void>;
}

/** Milliseconds between two looks at the sizes. */
const interval = 100;

/** @param dir where the browser writes them; files in it are looked at while any download runs */
export function watchDownloads(
  context: BrowserContext,
  dir: string,
  limit: number,
  watcher: Watcher,
): Downloads {
  const active = new Map<Download, Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let refused = false;

  const refuse = async (size: number) => {
    if (refused) return;
    refused = true;
    clearInterval(timer);
    const downloads = [...active.keys()];
    const names = downloads.map((download) => download.suggestedFilename()).join(', ');
    watcher.note('downloadRefused', names);
    watcher.fatal(
      new StepError('downloadTooLarge', `${names}: ${size} bytes so far, at most ${limit}`),
    );
    await Promise.allSettled(downloads.map((download) => download.cancel()));
  };
  const look = async () => {
    const size = await largestFile(dir);
    if (size > limit && active.size > 0) await refuse(size);
  };
  const follow = async (download: Download) => {
    const failure = await download.failure();
    if (failure !== null) {
      if (failure !== 'canceled') watcher.note('downloadRefused', failure);
      return;
    }
    // A fast one can be complete between two looks.
    const { size } = await stat(await download.path());
    if (size > limit) await refuse(size);
    else watcher.note('downloadSaved', `${download.suggestedFilename()} (${size} bytes)`);
  };

  context.on('download', (download) => {
    if (active.size === 0) {
      timer = setInterval(() => void look(), interval);
      timer.unref();
    }
    const followed = follow(download)
      .catch(() => watcher.note('downloadRefused', download.suggestedFilename()))
      .finally(() => {
        active.delete(download);
        if (active.size === 0) clearInterval(timer);
      });
    active.set(download, followed);
  });
  return {
    async settled() {
      // The page tells that it went nowhere before the browser tells of the download that came instead.
      await context.cookies('http://127.0.0.1').catch(() => undefined);
      while (active.size > 0) await Promise.allSettled(active.values());
    },
  };
}

async function largestFile(dir: string): Promise<number> {
  const names = await readdir(dir).catch(() => []);
  const sizes = await Promise.all(
    // Finished files are renamed while we look; one that is gone counts as empty.
    names.map((name) =>
      stat(join(dir, name)).then(
        (file) => file.size,
        () => 0,
      ),
    ),
  );
  return Math.max(0, ...sizes);
}
