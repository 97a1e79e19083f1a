/** Which of the pasted lines were not added, and why. Pure. */
import type { Answers, ProxyLinesReport } from '../../../ipc/contract.ts';

export interface LeftOut {
  readonly known: number;
  /** They make sense both ways, and nobody said which. */
  readonly undecided: number;
  readonly refused: number;
}

/** @param report of the same lines, from before; the host counts the undecided ones as refused. */
export function leftOut(
  report: Pick<ProxyLinesReport, 'ambiguous'>,
  answer: Answers['proxies.importLines'],
): LeftOut {
  const undecided = Math.min(report.ambiguous, answer.refused);
  return { known: answer.known, undecided, refused: answer.refused - undecided };
}
