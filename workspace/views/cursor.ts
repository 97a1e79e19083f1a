/** Where a page of a list ended: the sort value and id of its last row, opaque to whoever carries it. */
import { z } from 'zod';
import { FailureError } from '../model/failure.ts';

/**
 * Lists of what happened count no further than this: their `total` is one more where there are more, and
 * nobody waits for a million rows to be counted.
 */
export const countedTo = 10_000;

const positionSchema = z.tuple([z.union([z.string(), z.number()]), z.string()]);
export type Position = z.output<typeof positionSchema>;

export function encodeCursor(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString('base64url');
}

/** @throws FailureError `invalid` when it is none of ours. */
export function decodeCursor(cursor: string): Position {
  try {
    return positionSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch {
    throw new FailureError({
      code: 'invalid',
      issues: [{ path: 'after', message: 'is not where a page ended' }],
    });
  }
}
