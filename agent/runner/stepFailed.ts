/** Thrown through the containers around a failed step. */
import type { TaskFailure } from '../../workspace/model/run.ts';

export class StepFailed extends Error {
  readonly failure: TaskFailure;
  constructor(failure: TaskFailure) {
    super(failure.reason);
    this.name = 'StepFailed';
    this.failure = failure;
  }
}
