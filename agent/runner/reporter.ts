/** Tells the host what happens, cleaned of what must not be told and bounded in number. */

import type { TaskFailure } from '../../workspace/model/run.ts';
import type { JsonValue } from '../../workspace/model/workflow.ts';
import { publicAddress } from '../browser/address.ts';
import type { Watcher } from '../browser/watcher.ts';
import { StepError } from '../steps/definition.ts';
import type { TaskLimits, WorkerEvent } from '../worker/protocol.ts';
import { createRedactor, type Redactor } from './redactor.ts';

type EventOf<T extends WorkerEvent['type']> = Omit<
  Extract<WorkerEvent, { type: T }>,
  'at' | 'type'
>;

export interface Reporter extends Omit<Watcher, 'fatal'> {
  readonly redactor: Redactor;
  /** Numbers the next execution of a step, which what the browser tells from now on belongs to. */
  nextExecution(): number;
  started(browser: string): void;
  stepStarted(event: EventOf<'step.started'>): void;
  stepFinished(event: EventOf<'step.finished'>): void;
  screenshot(event: EventOf<'screenshot.taken'>): void;
  /** @throws StepError `dataTooLarge` */
  extracted(event: EventOf<'data.extracted'>): void;
  finished(status: EventOf<'task.finished'>['status'], failure?: TaskFailure): void;
}

const textLength = 2_000;

export function createReporter(send: (event: WorkerEvent) => void, limits: TaskLimits): Reporter {
  const redactor = createRedactor();
  let execution = 0;
  let browserEvents = 0;
  let extractedBytes = 0;

  const now = () => Date.now();
  const clean = (text: string) => redactor.clean(text, textLength);
  const address = (url: string) => redactor.clean(publicAddress(url), 500);
  /** Sends what a page causes, until it has caused too much. */
  const bounded = (event: WorkerEvent) => {
    browserEvents += 1;
    if (browserEvents <= limits.events) send(event);
  };
  const tellDropped = () => {
    const dropped = browserEvents - limits.events;
    if (dropped <= 0) return;
    const text = String(dropped);
    send({ type: 'page.note', at: now(), execution, note: 'eventsDropped', text });
  };

  return {
    redactor,
    nextExecution() {
      execution += 1;
      return execution;
    },
    started: (browser) => send({ type: 'task.started', at: now(), browser }),
    stepStarted: (event) => send({ type: 'step.started', at: now(), ...event }),
    stepFinished: (event) => send({ type: 'step.finished', at: now(), ...event }),
    screenshot: (event) => send({ type: 'screenshot.taken', at: now(), ...event }),
    extracted(event) {
      extractedBytes += sizeOf(event.value);
      if (extractedBytes > limits.extractedBytes) {
        const message = `more than ${limits.extractedBytes} bytes of data were extracted`;
        throw new StepError('dataTooLarge', message);
      }
      send({ type: 'data.extracted', at: now(), ...event });
    },
    note: (note, text) =>
      bounded({ type: 'page.note', at: now(), execution, note, text: clean(text) }),
    consoleMessage: (level, text, url) =>
      bounded({
        type: 'console.message',
        at: now(),
        execution,
        level,
        text: clean(text),
        url: address(url),
      }),
    networkFailed: (method, url, status, reason) =>
      bounded({
        type: 'network.failed',
        at: now(),
        execution,
        method,
        url: address(url),
        status,
        reason: clean(reason),
      }),
    finished(status, failure) {
      tellDropped();
      send({ type: 'task.finished', at: now(), status, ...(failure ? { failure } : {}) });
    },
  };
}

function sizeOf(value: JsonValue): number {
  return Buffer.byteLength(JSON.stringify(value));
}
