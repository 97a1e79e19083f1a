/**
 * Projects of Selenium IDE (`.side`) become workflows, one for each test. Conditions in them are JavaScript,
 * which ours are not: what stands inside of such a block is kept, left out of runs, and told.
 */
import { z } from 'zod';
import type { LeftOut } from '../../workspace/model/leftOut.ts';
import type { JsonValue } from '../../workspace/model/workflow.ts';
import type { Selector } from '../steps/selector.ts';

const commandSchema = z.looseObject({
  command: z.string(),
  target: z.string().default(''),
  targets: z.array(z.array(z.string())).default([]),
  value: z.string().default(''),
});
const projectSchema = z.looseObject({
  name: z.string(),
  url: z.string().default(''),
  tests: z
    .array(z.looseObject({ name: z.string(), commands: z.array(commandSchema).max(2_000) }))
    .min(1)
    .max(200),
});
type Command = z.output<typeof commandSchema>;
type Draft = { readonly type: string; readonly [field: string]: JsonValue | undefined };

/** @returns whether it is such a project. */
export const isSide = (document: unknown): boolean => projectSchema.safeParse(document).success;

/** @param document as {@link isSide} knows it. @returns contents of workflow files, to be checked as such */
export function readSide(document: unknown): {
  readonly documents: readonly { readonly name: string; readonly steps: readonly Draft[] }[];
  readonly left: readonly LeftOut[];
} {
  const project = projectSchema.parse(document);
  const left: LeftOut[] = [];
  const documents = project.tests.map(({ name, commands }, test) => {
    const leave = (command: number, why: LeftOut['why']): void => {
      const path = `tests[${test}].commands[${command}]`;
      left.push({ path, kind: commands[command]?.command ?? '', why });
    };
    return {
      name: (name || project.name).slice(0, 200),
      steps: readTest(commands, project.url, leave),
    };
  });
  return { documents, left };
}

/** A list of steps that is still being filled. */
interface Open {
  readonly steps: Draft[];
  /** Inside of a block that could not be taken. */
  readonly isOff: boolean;
  /** Makes the step that the block becomes, if it becomes one. */
  readonly close: (steps: readonly Draft[]) => readonly Draft[];
}

type Leave = (command: number, why: LeftOut['why']) => void;

const opensBlock = new Set(['if', 'while', 'times', 'forEach', 'do']);
const endsBlock = new Set(['end', 'repeatIf']);

function readTest(commands: readonly Command[], base: string, leave: Leave): Draft[] {
  const outermost: Open = { steps: [], isOff: false, close: (steps) => steps };
  const open: Open[] = [outermost];
  let frame: (string | number)[] = [];
  for (const [index, written] of commands.entries()) {
    const isOff = written.command.startsWith('//');
    const command = { ...written, command: written.command.replace(/^\/\//, '') };
    const current = open.at(-1) ?? outermost;
    if (command.command === '') continue;
    if (endsBlock.has(command.command)) {
      if (open.length === 1) continue;
      open.pop();
      (open.at(-1) ?? outermost).steps.push(...current.close(current.steps));
    } else if (opensBlock.has(command.command)) {
      const block = blockOf(command, current.isOff || isOff);
      if (block.isOff && !current.isOff) leave(index, 'kind');
      open.push(block);
    } else if (command.command === 'selectFrame') {
      const next = frameOf(command.target, frame);
      if (next) frame = next;
      else leave(index, 'frame');
    } else {
      const read = draftsOf(command, base, current.steps);
      if (typeof read === 'string') leave(index, read);
      else {
        const place = frame.length > 0 ? { frame } : {};
        const off = isOff || current.isOff ? { disabled: true } : {};
        const placed = read.map((draft) => ({
          ...draft,
          ...('selectors' in draft ? place : {}),
          ...off,
        }));
        current.steps.push(...placed);
      }
    }
  }
  // A block that never ends has its steps all the same.
  while (open.length > 1) {
    const last = open.pop() ?? outermost;
    (open.at(-1) ?? outermost).steps.push(...last.close(last.steps));
  }
  return outermost.steps;
}

function blockOf({ command, target }: Command, isOff: boolean): Open {
  const count = /^\d{1,5}$/.test(target.trim()) ? Number(target) : null;
  if (isOff || command !== 'times' || count === null) {
    return { steps: [], isOff: true, close: (steps) => steps };
  }
  return {
    steps: [],
    isOff,
    close: (steps) => [{ type: 'loop', times: count, steps: [...steps] as JsonValue }],
  };
}

function frameOf(target: string, frame: readonly (string | number)[]): (string | number)[] | null {
  const [, index] = /^index=(\d+)$/.exec(target) ?? [];
  if (index !== undefined) return [...frame, Number(index)];
  if (target === 'relative=parent') return frame.slice(0, -1);
  if (target === 'relative=top') return [];
  const css = selectorOf(target);
  return typeof css === 'string' ? [...frame, css] : null;
}

/**
 * @param before the steps until there: an answer to a dialog stands after what brought it up
 * @returns what the command becomes, or why it does not
 */
function draftsOf(
  command: Command,
  base: string,
  before: Draft[],
): readonly Draft[] | LeftOut['why'] {
  const { target } = command;
  const value = withNames(command.value);
  const on = (
    type: string,
    fields: Omit<Draft, 'type'> = {},
  ): readonly Draft[] | LeftOut['why'] => {
    const selectors = selectorsOf(command);
    return selectors.length > 0
      ? [{ type, selectors: selectors as JsonValue, ...fields }]
      : 'selector';
  };
  const until = (state: string) => {
    const timeout = Number(command.value);
    return on('waitForElement', {
      state,
      ...(timeout >= 1 && timeout <= 600_000 ? { timeout } : {}),
    });
  };
  const answer = (accept: boolean, promptText?: string): readonly Draft[] => {
    const draft = { type: 'handleDialog', accept, ...(promptText ? { promptText } : {}) };
    if (!command.command.startsWith('webdriver')) return [draft];
    before.splice(-1, 0, draft);
    return [];
  };
  const soft = command.command.startsWith('verify') ? { soft: true } : {};
  switch (command.command.replace(/^verify/, 'assert')) {
    case 'open':
      return [{ type: 'navigate', url: addressOf(target, base) }];
    case 'setWindowSize':
      return 'viewport';
    case 'click':
    case 'clickAt':
      return on('click');
    case 'doubleClick':
    case 'doubleClickAt':
      return on('click', { clickCount: 2 });
    case 'mouseOver':
      return on('hover');
    case 'type':
      return on('fill', { value });
    case 'sendKeys':
      return typed(command, on);
    case 'select':
      return on('selectOption', optionOf(value));
    case 'check':
      return on('check');
    case 'uncheck':
      return on('check', { checked: false });
    case 'dragAndDropToObject': {
      const onto = selectorOf(command.value);
      return onto === null ? 'selector' : on('dragTo', { target: [onto] as JsonValue });
    }
    case 'pause': {
      const ms = Number(target || command.value);
      return Number.isInteger(ms) && ms >= 0 && ms <= 3_600_000 ? [{ type: 'delay', ms }] : 'kind';
    }
    case 'waitForElementVisible':
      return until('visible');
    case 'waitForElementPresent':
      return until('attached');
    case 'waitForElementNotVisible':
      return until('hidden');
    case 'waitForElementNotPresent':
      return until('detached');
    case 'assertElementPresent':
      return on('waitForElement', { state: 'attached' });
    case 'assertElementNotPresent':
      return on('waitForElement', { state: 'detached' });
    case 'assertText':
      return on('assert', { text: value, ...soft });
    case 'assertValue':
      return on('assert', { value, ...soft });
    case 'assertTitle': {
      const expression = `document.title === ${JSON.stringify(target)}`;
      return [{ type: 'waitForExpression', expression }];
    }
    case 'store':
      return [{ type: 'setVariable', name: value, value: withNames(target) }];
    case 'storeText':
      return on('extract', { as: value });
    case 'storeValue':
      return on('extract', { what: 'value', as: value });
    case 'storeTitle':
      return [{ type: 'runScript', code: 'return document.title;', as: value || target }];
    case 'executeScript':
      return target.includes('${')
        ? 'expression'
        : [{ type: 'runScript', code: target, ...(value ? { as: value } : {}) }];
    case 'close':
      return [{ type: 'closePage' }];
    case 'chooseOkOnNextConfirmation':
    case 'webdriverChooseOkOnVisibleConfirmation':
      return answer(true);
    case 'chooseCancelOnNextConfirmation':
    case 'webdriverChooseCancelOnVisibleConfirmation':
      return answer(false);
    case 'answerOnNextPrompt':
    case 'webdriverAnswerOnVisiblePrompt':
      return answer(true, withNames(target));
    default:
      return 'kind';
  }
}

const keyNames: Readonly<Record<string, string>> = {
  ENTER: 'Enter',
  TAB: 'Tab',
  ESC: 'Escape',
  ESCAPE: 'Escape',
  BACKSPACE: 'Backspace',
  BKSP: 'Backspace',
  DELETE: 'Delete',
  DEL: 'Delete',
  UP: 'ArrowUp',
  DOWN: 'ArrowDown',
  LEFT: 'ArrowLeft',
  RIGHT: 'ArrowRight',
  SPACE: 'Space',
  HOME: 'Home',
  END: 'End',
};

/** Text and named keys in turn: `ada${KEY_ENTER}`. */
function typed(
  { value }: Command,
  on: (type: string, fields: Omit<Draft, 'type'>) => readonly Draft[] | LeftOut['why'],
): readonly Draft[] | LeftOut['why'] {
  const drafts: Draft[] = [];
  for (const part of value.split(/(\$\{KEY_\w+\})/).filter((one) => one !== '')) {
    const [, key] = /^\$\{KEY_(\w+)\}$/.exec(part) ?? [];
    const named = key === undefined ? undefined : keyNames[key];
    if (key !== undefined && named === undefined) return 'kind';
    const read = named
      ? on('press', { key: named })
      : on('pressSequentially', { text: withNames(part) });
    if (typeof read === 'string') return read;
    drafts.push(...read);
  }
  return drafts;
}

function optionOf(value: string): Omit<Draft, 'type'> {
  const [, by = 'label', what = value] = /^(label|value|index)=(.*)$/s.exec(value) ?? [];
  return by === 'index' && /^\d+$/.test(what) ? { index: Number(what) } : { [by]: what };
}

/** `${name}` is how they say what we write as `{{ name }}`. */
const withNames = (text: string): string => text.replace(/\$\{([A-Za-z_]\w*)\}/g, '{{ $1 }}');

function addressOf(target: string, base: string): string {
  const written = withNames(target);
  if (written.includes('{{'))
    return written.startsWith('/') ? base.replace(/\/$/, '') + written : written;
  return URL.parse(written, base || undefined)?.href ?? written;
}

/** The one that was chosen first, then the others that were noted, each once. */
function selectorsOf({ target, targets }: Command): Selector[] {
  const written = [target, ...targets.map(([one = '']) => one)];
  const read = [...new Set(written)].map(selectorOf).filter((one) => one !== null);
  return read.slice(0, 20);
}

function selectorOf(written: string): Selector | null {
  const [, by = '', what = ''] =
    /^(id|name|css|xpath|linkText|partialLinkText|link)=(.+)$/s.exec(written) ?? [];
  const text = withNames(what);
  switch (by) {
    case 'id':
      return `[id=${JSON.stringify(text)}]`;
    case 'name':
      return `[name=${JSON.stringify(text)}]`;
    case 'css':
      return text;
    case 'xpath':
      return { xpath: text };
    case 'link':
    case 'linkText':
      return { role: 'link', name: text, exact: true };
    case 'partialLinkText':
      return { role: 'link', name: text };
    default:
      return /^\(*\/\//.test(written) ? { xpath: withNames(written) } : null;
  }
}
