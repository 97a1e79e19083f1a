/** Workflows become recordings that Chrome's DevTools can replay, as far as those have such steps. */
import type { LeftOut } from '../../workspace/model/leftOut.ts';
import type { Step } from '../../workspace/model/workflow.ts';
import { hasExpression } from '../expressions/template.ts';
import type { Selector } from '../steps/selector.ts';

type Recorded = { readonly type: string; readonly [field: string]: unknown };

const buttons: Readonly<Record<string, string>> = {
  left: 'primary',
  right: 'secondary',
  middle: 'auxiliary',
};

/** @param workflow one that has been checked */
export function writeRecording(workflow: {
  readonly name: string;
  readonly steps: readonly Step[];
}): {
  readonly recording: { readonly title: string; readonly steps: readonly Recorded[] };
  readonly left: readonly LeftOut[];
} {
  const left: LeftOut[] = [];
  const steps = workflow.steps.flatMap((step, index) => {
    const leave = (why: LeftOut['why']): Recorded[] => {
      left.push({ path: `steps[${index}]`, kind: step.type, why });
      return [];
    };
    if (step.disabled === true) return leave('disabled');
    const recorded = recordedOf(step, leave);
    // Such a value is only known in a run; the recording shows it as it is written.
    if (recorded.length > 0 && Object.values(step).some(isComputed)) leave('expression');
    return recorded;
  });
  return { recording: { title: workflow.name, steps }, left };
}

const isComputed = (value: unknown): boolean =>
  typeof value === 'string' ? hasExpression(value) : Array.isArray(value) && value.some(isComputed);

function recordedOf(step: Step, leave: (why: LeftOut['why']) => Recorded[]): Recorded[] {
  const common = typeof step.timeout === 'number' ? { timeout: step.timeout } : {};
  const on = (type: string, fields: Omit<Recorded, 'type'>): Recorded[] => {
    if (step.nth !== undefined && step.nth !== 0) return leave('nth');
    const frame = Array.isArray(step.frame) ? step.frame : [];
    if (frame.some((one) => typeof one !== 'number')) return leave('frame');
    const selectors = (step.selectors as unknown as readonly Selector[]).map((one) => [
      writtenOf(one),
    ]);
    return [
      {
        type,
        target: 'main',
        selectors,
        ...(frame.length > 0 ? { frame } : {}),
        ...fields,
        ...common,
      },
    ];
  };
  switch (step.type) {
    case 'navigate':
      return [{ type: 'navigate', url: textOf(step.url), ...common }];
    case 'click': {
      const count = step.clickCount ?? 1;
      if (count !== 1 && count !== 2) return leave('kind');
      const keys = Array.isArray(step.modifiers) ? step.modifiers.map(textOf) : [];
      const button = buttons[textOf(step.button)] ?? 'primary';
      const { x = 1, y = 1 } = (step.position ?? {}) as { x?: number; y?: number };
      const clicked = on(count === 2 ? 'doubleClick' : 'click', {
        ...(button === 'primary' ? {} : { button }),
        offsetX: x,
        offsetY: y,
      });
      return clicked.length > 0 ? held(keys, clicked) : [];
    }
    case 'hover':
      return on('hover', {});
    case 'fill':
    case 'pressSequentially':
      return on('change', { value: textOf(step.value ?? step.text) });
    case 'selectOption':
      return step.value === undefined ? leave('kind') : on('change', { value: textOf(step.value) });
    case 'press': {
      if (step.selectors !== undefined) return leave('kind');
      const keys = textOf(step.key).split(/(?<=[^+])\+/);
      const key = keys.at(-1) ?? '';
      return held(keys.slice(0, -1), [
        { type: 'keyDown', target: 'main', key, ...common },
        { type: 'keyUp', target: 'main', key, ...common },
      ]);
    }
    case 'scroll':
      return step.intoView === true ? on('scroll', {}) : leave('kind');
    case 'closePage':
      return [{ type: 'close', target: 'main', ...common }];
    case 'waitForElement': {
      const state = textOf(step.state) || 'visible';
      if (state === 'detached') return on('waitForElement', { operator: '==', count: 0 });
      const counted =
        step.count === undefined
          ? {}
          : { operator: textOf(step.operator) || '>=', count: step.count };
      if (state === 'attached') return on('waitForElement', counted);
      return on('waitForElement', { visible: state === 'visible', ...counted });
    }
    case 'waitForExpression':
      return [{ type: 'waitForExpression', expression: textOf(step.expression), ...common }];
    default:
      return leave('kind');
  }
}

/** Keys go down before and come up after. */
function held(keys: readonly string[], inner: readonly Recorded[]): Recorded[] {
  const key = (type: string) => (name: string) => ({ type, target: 'main', key: name });
  return [...keys.map(key('keyDown')), ...inner, ...keys.toReversed().map(key('keyUp'))];
}

function writtenOf(selector: Selector): string {
  if (typeof selector === 'string') return selector;
  const { css, xpath, text, label, testId, role, placeholder, name } = selector;
  if (xpath !== undefined) return `xpath/${xpath}`;
  if (text !== undefined) return `text/${text}`;
  if (role !== undefined) return `aria/${name ?? ''}[role="${role}"]`;
  if (testId !== undefined) return `[data-testid=${JSON.stringify(testId)}]`;
  const called = label ?? placeholder;
  return called === undefined ? (css ?? '') : `aria/${called}`;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
