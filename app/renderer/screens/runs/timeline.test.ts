import { describe, expect, it } from 'vitest';
import type { RecordedRunEvent, RunEvent } from '../../../../workspace/model/run.ts';
import { buildTimelines, failedStep, spanOf, type TaskTimeline } from './timeline.ts';

const record = (events: readonly RunEvent[]): RecordedRunEvent[] =>
  events.map((event, index) => ({ ...event, runId: 'r', sequence: index + 1 }));

const started = (execution: number, at: number, depth = 0, stepId = `s${execution}`): RunEvent => ({
  type: 'step.started',
  taskId: 't',
  at,
  execution,
  stepId,
  stepType: 'click',
  stepName: stepId,
  depth,
  iterations: [],
});

const finished = (
  execution: number,
  at: number,
  outcome: 'succeeded' | 'failed' = 'succeeded',
): RunEvent => ({
  type: 'step.finished',
  taskId: 't',
  at,
  execution,
  stepId: `s${execution}`,
  outcome,
  duration: 10,
  attempts: 2,
});

const begin: RunEvent = { type: 'task.started', taskId: 't', at: 0, browser: 'Chromium' };

function timelineOf(events: readonly RunEvent[]): TaskTimeline {
  const timeline = buildTimelines(record(events)).get('t');
  if (!timeline) throw new Error('no timeline');
  return timeline;
}

describe('buildTimelines', () => {
  it('knows every task from the start', () => {
    const timelines = buildTimelines(
      record([
        {
          type: 'run.started',
          at: 0,
          workflowId: 'w',
          workflowName: 'W',
          variables: {},
          headless: true,
          profiles: [{ taskId: 'a', profileId: 'p', name: 'P' }],
        },
      ]),
    );
    expect(timelines.get('a')?.status).toBe('queued');
  });

  it('completes a step with what came of it', () => {
    const timeline = timelineOf([
      begin,
      started(1, 5),
      {
        type: 'screenshot.taken',
        taskId: 't',
        at: 7,
        execution: 1,
        stepId: 's1',
        name: 'page',
        image: { id: 'ab', size: 1, mediaType: 'image/png' },
      },
      finished(1, 15),
    ]);
    expect(timeline.entries).toHaveLength(1);
    expect(timeline.entries[0]).toMatchObject({
      outcome: 'succeeded',
      duration: 10,
      attempts: 2,
      screenshots: [{ name: 'page' }],
    });
  });

  it('puts what the page said under the step it was said in', () => {
    const timeline = timelineOf([
      begin,
      started(1, 1),
      started(2, 2, 1),
      {
        type: 'console.message',
        taskId: 't',
        at: 3,
        execution: 2,
        level: 'error',
        text: 'boom',
        url: '',
      },
    ]);
    expect(timeline.entries.map((entry) => [entry.kind, entry.depth])).toEqual([
      ['step', 0],
      ['step', 1],
      ['console', 2],
    ]);
  });

  it('ends open steps with their task', () => {
    const timeline = timelineOf([
      begin,
      started(1, 5),
      { type: 'task.finished', taskId: 't', at: 45, status: 'interrupted' },
    ]);
    expect(timeline.entries[0]).toMatchObject({ outcome: 'cancelled', duration: 40 });
  });
});

describe('failedStep', () => {
  it('is the innermost one', () => {
    const timeline = timelineOf([
      begin,
      started(1, 1),
      started(2, 2, 1),
      finished(2, 12, 'failed'),
      finished(1, 13, 'failed'),
    ]);
    expect(failedStep(timeline)?.stepId).toBe('s2');
  });

  it('is none when all went well', () => {
    expect(failedStep(timelineOf([begin, started(1, 1), finished(1, 11)]))).toBeNull();
  });
});

describe('spanOf', () => {
  it('grows while the task runs and stays when it is over', () => {
    expect(spanOf(timelineOf([begin, started(1, 5)]), 100)).toBe(100);
    const over = timelineOf([
      begin,
      { type: 'task.finished', taskId: 't', at: 30, status: 'succeeded' },
    ]);
    expect(spanOf(over, 100)).toBe(30);
  });
});
