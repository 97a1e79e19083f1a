/** Files of other programs that become workflows, told apart by what is in them. */
import type { LeftOut } from '../../workspace/model/leftOut.ts';
import { isRecording, readRecording } from './readRecording.ts';
import { isSide, readSide } from './readSide.ts';

/** @returns contents of workflow files, to be checked as such; what is of no other program is taken as one. */
export function readForeign(document: unknown): {
  readonly documents: readonly unknown[];
  readonly left: readonly LeftOut[];
} {
  if (isRecording(document)) {
    const read = readRecording(document);
    return { documents: [read.document], left: read.left };
  }
  if (isSide(document)) return readSide(document);
  return { documents: [document], left: [] };
}
