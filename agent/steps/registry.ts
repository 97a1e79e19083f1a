/** Every kind of step. A new one is its own file, a line here and a test beside it. */
import { assert } from './assert.ts';
import { check } from './check.ts';
import { click } from './click.ts';
import { closePage } from './closePage.ts';
import type { StepDefinition } from './definition.ts';
import { delay } from './delay.ts';
import { dragTo } from './dragTo.ts';
import { extract } from './extract.ts';
import { extractTable } from './extractTable.ts';
import { fill } from './fill.ts';
import { handleDialog } from './handleDialog.ts';
import { history } from './history.ts';
import { hover } from './hover.ts';
import { httpRequest } from './httpRequest.ts';
import { ifStep } from './if.ts';
import { loop } from './loop.ts';
import { navigate } from './navigate.ts';
import { newPage } from './newPage.ts';
import { press } from './press.ts';
import { pressSequentially } from './pressSequentially.ts';
import { runScript } from './runScript.ts';
import { screenshot } from './screenshot.ts';
import { scroll } from './scroll.ts';
import { selectOption } from './selectOption.ts';
import { setVariable } from './setVariable.ts';
import { switchPage } from './switchPage.ts';
import { tryCatch } from './tryCatch.ts';
import { waitForElement } from './waitForElement.ts';
import { waitForExpression } from './waitForExpression.ts';
import { waitForResponse } from './waitForResponse.ts';
import { waitForURL } from './waitForURL.ts';

/** In the order in which a builder offers them. */
export const stepDefinitions: readonly StepDefinition[] = [
  navigate,
  history,
  newPage,
  switchPage,
  closePage,
  click,
  hover,
  fill,
  pressSequentially,
  press,
  selectOption,
  check,
  dragTo,
  scroll,
  handleDialog,
  waitForElement,
  waitForURL,
  waitForResponse,
  waitForExpression,
  delay,
  assert,
  extract,
  extractTable,
  screenshot,
  setVariable,
  ifStep,
  loop,
  tryCatch,
  httpRequest,
  runScript,
];

const byType = new Map(stepDefinitions.map((definition) => [definition.type, definition]));

export function definitionOf(type: string): StepDefinition | undefined {
  return byType.get(type);
}
