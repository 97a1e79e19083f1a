/**
 * Puts a multiplexer between Playwright and the pipes of the browser that it launches. Playwright offers
 * no way to share its connection, and the other one that Chromium has, a port without any login, would let
 * every program on this machine in.
 */
import childProcess, { type ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { createMultiplexer, type Multiplexer } from './multiplexer.ts';

/**
 * @param amend what whoever launched the browser says to it, before it is sent.
 * @param launch starts one browser over pipes, the third and fourth of its process.
 * @returns what it gave back, and the browser's connection to share; null where it used no pipes.
 */
export async function withTappedPipes<T>(
  onClose: () => void,
  amend: (message: Buffer) => Buffer,
  launch: () => Promise<T>,
): Promise<{ readonly value: T; readonly multiplexer: Multiplexer | null }> {
  const { spawn } = childProcess;
  let multiplexer: Multiplexer | null = null;
  const tapped = (...all: Parameters<typeof spawn>): ChildProcess => {
    const child = spawn(...all);
    const pipes = child.stdio as (Writable | Readable | null | undefined)[];
    const [write, read] = [pipes[3] as Writable | undefined, pipes[4] as Readable | undefined];
    if (!write || !read || multiplexer) return child;
    multiplexer = createMultiplexer(write, read, onClose, amend);
    pipes[3] = multiplexer.toBrowser;
    pipes[4] = multiplexer.fromBrowser;
    return child;
  };
  childProcess.spawn = tapped as typeof spawn;
  try {
    return { value: await launch(), multiplexer };
  } finally {
    childProcess.spawn = spawn;
  }
}
