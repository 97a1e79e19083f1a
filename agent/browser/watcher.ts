/** What the guards of a browser report to; the task's runner is behind it. */
import type { TaskEvent } from '../../workspace/model/run.ts';
import type { StepError } from '../steps/definition.ts';

export type PageNote = Extract<TaskEvent, { type: 'page.note' }>['note'];

export interface Watcher {
  note(note: PageNote, text: string): void;
  consoleMessage(level: 'error' | 'warning', text: string, url: string): void;
  networkFailed(method: string, url: string, status: number | null, reason: string): void;
  /** Ends the task with this reason, whatever it is doing. */
  fatal(error: StepError): void;
}
