/** Files and `name=value` pairs that people give to commands. */
import { readFile, stat } from 'node:fs/promises';
import { requireBounded } from '../../workspace/model/boundedJson.ts';
import { decodeText } from '../../workspace/model/decodeText.ts';
import { FailureError } from '../../workspace/model/failure.ts';
import type { JsonValue } from '../../workspace/model/workflow.ts';
import { UsageError } from './context.ts';
import { text } from './output.ts';

/** Bytes; what is larger is no file of ours. */
const largestFile = 64 * 1024 * 1024;

/**
 * @param path `-` for standard input.
 * @throws UsageError when it can not be read; FailureError `invalid` when it is not JSON,
 *   `importRefused` when it nests deeper than anything that people write.
 */
export async function readJsonFile(path: string): Promise<unknown> {
  const content = await readTextFile(path);
  requireBounded(Buffer.from(content), path);
  try {
    return JSON.parse(content.replace(/^\uFEFF/, ''));
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    throw new FailureError({
      code: 'invalid',
      issues: [{ path: '', message: text('cli.notJson', { path, message }) }],
    });
  }
}

/** In whatever encoding it is. @param path `-` for standard input. @throws UsageError when it can not be read. */
export const readTextFile = async (path: string): Promise<string> =>
  decodeText(await readBytes(path));

/** @param path `-` for standard input. @throws UsageError when it can not be read. */
export const readBytes = (path: string): Promise<Buffer> =>
  path === '-' ? readStandardInput() : readSmallFile(path);

async function readSmallFile(path: string): Promise<Buffer> {
  try {
    if ((await stat(path)).size > largestFile)
      throw new UsageError(text('cli.fileTooLarge', { path }));
    return await readFile(path);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new UsageError(text('cli.fileUnreadable', { path, reason: code }));
  }
}

async function readStandardInput(): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of process.stdin) {
    parts.push(part);
    length += part.length;
    if (length > largestFile) throw new UsageError(text('cli.fileTooLarge', { path: '-' }));
  }
  return Buffer.concat(parts);
}

/** `name=value` pairs, as collected from repeated options. @throws UsageError on anything else. */
export function parsePairs(pairs: readonly string[]): Record<string, JsonValue> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.indexOf('=');
      if (at < 1) throw new UsageError(text('cli.notPair', { pair }));
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

/** `1280x800`. @throws UsageError on anything else. */
export function parseViewport(given: string): { width: number; height: number } {
  const match = /^(\d+)x(\d+)$/i.exec(given);
  if (!match) throw new UsageError(text('cli.notViewport', { given }));
  return { width: Number(match[1]), height: Number(match[2]) };
}

/** A whole number. @throws UsageError on anything else. */
export function parseWhole(given: string): number {
  if (!/^\d+$/.test(given)) throw new UsageError(text('cli.notWhole', { given }));
  return Number(given);
}

/** @param text `52.52,13.40` or `52.52,13.40,50`; empty for nowhere. */
export function parsePlace(
  text: string,
): { latitude: number; longitude: number; accuracy: number } | null {
  if (text === '') return null;
  const [latitude = Number.NaN, longitude = Number.NaN, accuracy = 20] = text
    .split(',')
    .map(Number);
  return { latitude, longitude, accuracy };
}

/** @param text `Name: value`. */
export function parseHeader(text: string): { name: string; value: string } {
  const colon = text.indexOf(':');
  return { name: text.slice(0, Math.max(0, colon)).trim(), value: text.slice(colon + 1).trim() };
}
