/**
 * Recordings of Chrome's DevTools become workflows. The format is that of Chrome's Recorder panel: a title
 * and a list of steps, each with the ways to find its element, the best first.
 *
 * Where the mouse was within an element is not kept: its middle is what a person meant. What the recording
 * asserts of a navigation is not either: the following steps wait by themselves.
 */
import { z } from 'zod';
import type { LeftOut } from '../../workspace/model/leftOut.ts';
import type { JsonValue } from '../../workspace/model/workflow.ts';
import type { Selector } from '../steps/selector.ts';

const stepSchema = z.looseObject({
  type: z.string(),
  timeout: z.number().optional(),
  target: z.string().optional(),
  frame: z.array(z.int().min(0)).optional(),
  selectors: z.array(z.union([z.string(), z.array(z.string())])).optional(),
});
const recordingSchema = z.looseObject({
  title: z.string().min(1),
  steps: z.array(stepSchema).max(2_000),
});
type RecordedStep = z.output<typeof stepSchema>;
type Draft = { readonly type: string; readonly [field: string]: JsonValue | undefined };

/** @returns whether it is such a recording; a workflow of ours has a name instead of a title. */
export function isRecording(document: unknown): boolean {
  return recordingSchema.safeParse(document).success && !Object.hasOwn(Object(document), 'name');
}

/** @param document as {@link isRecording} knows it. @returns a workflow file's content, to be checked as one */
export function readRecording(document: unknown): {
  readonly document: { readonly name: string; readonly steps: readonly Draft[] };
  readonly left: readonly LeftOut[];
} {
  const recording = recordingSchema.parse(document);
  const left: LeftOut[] = [];
  const steps: Draft[] = [];
  const held = new Set<string>();
  let target = 'main';
  for (const [index, step] of recording.steps.entries()) {
    const leave = (why: LeftOut['why']): Draft[] => {
      left.push({ path: `steps[${index}]`, kind: step.type, why });
      return [];
    };
    const drafts = draftsOf(step, held, leave);
    const to = step.target ?? 'main';
    if (drafts.length > 0 && to !== target) {
      target = to;
      steps.push({ type: 'switchPage', ...(to === 'main' ? { index: 0 } : { url: to }) });
    }
    steps.push(...drafts);
  }
  return { document: { name: recording.title.slice(0, 200), steps }, left };
}

const modifiers = new Set(['Alt', 'Control', 'Meta', 'Shift']);
const buttons: Readonly<Record<string, string>> = { secondary: 'right', auxiliary: 'middle' };

function draftsOf(
  step: RecordedStep,
  held: Set<string>,
  leave: (why: LeftOut['why']) => Draft[],
): Draft[] {
  const common = {
    ...(step.timeout === undefined
      ? {}
      : { timeout: Math.min(Math.max(Math.round(step.timeout), 1), 600_000) }),
  };
  /** A step on an element, or none where there is no way left to find it. */
  const on = (type: string, fields: Omit<Draft, 'type'>): Draft[] => {
    const selectors = (step.selectors ?? []).map(selectorOf).filter((one) => one !== null);
    if (selectors.length === 0) return leave('selector');
    const frame = step.frame && step.frame.length > 0 ? { frame: step.frame } : {};
    return [
      { type, selectors: selectors.slice(0, 20) as JsonValue, ...frame, ...fields, ...common },
    ];
  };
  switch (step.type) {
    case 'setViewport':
      return leave('viewport');
    case 'navigate':
      return [{ type: 'navigate', url: textOf(step.url), ...common }];
    case 'click':
    case 'doubleClick': {
      const button = buttons[textOf(step.button)];
      return on('click', {
        ...(button ? { button } : {}),
        ...(step.type === 'doubleClick' ? { clickCount: 2 } : {}),
        ...(held.size > 0 ? { modifiers: [...held] } : {}),
      });
    }
    case 'hover':
      return on('hover', {});
    case 'change': {
      const value = textOf(step.value);
      // A list is not typed into; the recording does not say what the element is but in its selectors.
      return isList(step) ? on('selectOption', { value }) : on('fill', { value });
    }
    case 'keyDown':
      return keyDown(textOf(step.key), held, common);
    case 'keyUp':
      held.delete(textOf(step.key));
      return [];
    case 'scroll': {
      if (step.selectors) return on('scroll', { intoView: true });
      // Recordings say where to, ours how far.
      const [x, y] = [numberOf(step.x), numberOf(step.y)];
      return [{ type: 'runScript', code: `scrollTo(${x}, ${y});`, ...common }];
    }
    case 'close':
      return [{ type: 'closePage', ...common }];
    case 'waitForElement': {
      if (step.properties !== undefined || step.attributes !== undefined) leave('condition');
      if (step.visible === false) return on('waitForElement', { state: 'hidden' });
      const counted = step.count === undefined ? {} : { count: numberOf(step.count) };
      const operator = step.operator === undefined ? {} : { operator: textOf(step.operator) };
      const state = step.visible === true ? {} : { state: 'attached' };
      return on('waitForElement', {
        ...state,
        ...counted,
        ...(step.count === undefined ? {} : operator),
      });
    }
    case 'waitForExpression':
      return [{ type: 'waitForExpression', expression: textOf(step.expression), ...common }];
    default:
      return leave('kind');
  }
}

function keyDown(key: string, held: Set<string>, common: Omit<Draft, 'type'>): Draft[] {
  if (modifiers.has(key)) {
    held.add(key);
    return [];
  }
  return [{ type: 'press', key: [...held, key].join('+'), ...common }];
}

/** One way to find an element: several parts lead through shadow roots, which CSS of ours passes by itself. */
function selectorOf(written: string | readonly string[]): Selector | null {
  const [first = '', ...rest] = typeof written === 'string' ? [written] : written;
  if (rest.length > 0) {
    const parts = [first, ...rest].map(cssOf);
    return parts.every((part) => part !== null) ? parts.join(' ') : null;
  }
  const [, prefix, value = ''] = /^(aria|text|xpath)\/(.*)$/s.exec(first) ?? [];
  if (prefix === undefined) return cssOf(first);
  if (value.trim() === '') return null;
  if (prefix === 'xpath') return { xpath: value };
  const [, name, role] = /^(.*)\[role="([^"]+)"\]$/s.exec(value) ?? [];
  if (prefix === 'aria' && role) return name ? { role, name } : { role };
  return { text: value };
}

function cssOf(written: string): string | null {
  if (/^(aria|text|xpath)\//.test(written)) return null;
  return written.replace(/^pierce\//, '').trim() || null;
}

const isList = ({ selectors = [] }: RecordedStep): boolean =>
  selectors.some((written) => {
    const css = cssOf([written].flat().at(-1) ?? '');
    return css !== null && /(^|[\s>+~])select(?![\w-])[^\s>+~]*$/.test(css);
  });

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? Math.round(value) : 0;
