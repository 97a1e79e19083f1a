/** Every kind of step. A new one is its own file, a line here and a test beside it. */
import { assert } from './assert.ts';
import { click } from './click.ts';
import type { StepDefinition } from './definition.ts';
import { extract } from './extract.ts';
import { fill } from './fill.ts';
import { ifStep } from './if.ts';
import { loop } from './loop.ts';
import { navigate } from './navigate.ts';
import { press } from './press.ts';
import { screenshot } from './screenshot.ts';
import { selectOption } from './selectOption.ts';
import { setVariable } from './setVariable.ts';
import { waitForElement } from './waitForElement.ts';

/** In the order in which a builder offers them. */
export const stepDefinitions: readonly StepDefinition[] = [
  navigate,
  click,
  fill,
  press,
  selectOption,
  waitForElement,
  assert,
  extract,
  screenshot,
  setVariable,
  ifStep,
  loop,
];

const byType = new Map(stepDefinitions.map((definition) => [definition.type, definition]));

export function definitionOf(type: string): StepDefinition | undefined {
  return byType.get(type);
}
