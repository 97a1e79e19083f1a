/** Ways to find an element on a page. A plain string is a CSS selector. */
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { z } from 'zod';

const pattern = z.string().min(1).max(4_000);
const strategies = ['css', 'xpath', 'text', 'label', 'testId', 'role', 'placeholder'] as const;
const withExact = ['text', 'label', 'role', 'placeholder'];

const selectorObject = z
  .strictObject({
    css: pattern.optional(),
    xpath: pattern.optional(),
    /** Text of the element, ignoring case and part of it unless `exact`. */
    text: pattern.optional(),
    label: pattern.optional(),
    testId: pattern.optional(),
    /** ARIA role, with the accessible `name`. */
    role: pattern.optional(),
    placeholder: pattern.optional(),
    name: pattern.optional(),
    exact: z.boolean().optional(),
  })
  .superRefine((selector, context) => {
    const used = strategies.filter((key) => selector[key] !== undefined);
    const refuse = (message: string) => context.addIssue({ code: 'custom', message });
    if (used.length !== 1) refuse(`must have exactly one of ${strategies.join(', ')}`);
    if (selector.name !== undefined && !used.includes('role')) refuse('"name" belongs to "role"');
    if (selector.exact !== undefined && !used.some((key) => withExact.includes(key))) {
      refuse(`"exact" belongs to ${withExact.join(', ')}`);
    }
  });

export const selectorSchema = z.union([pattern, selectorObject]);

export type SelectorObject = z.output<typeof selectorObject>;
export type Selector = string | SelectorObject;

/** The page or a frame in it. */
export type Root = Page | FrameLocator;

/** @param frame from the outside in: CSS of a frame's element, or its index among the frames there */
export function rootOf(page: Page, frame: readonly (string | number)[] = []): Root {
  return frame.reduce<Root>(
    (root, step) =>
      typeof step === 'number'
        ? root.locator('iframe, frame').nth(step).contentFrame()
        : root.locator(`css=${step}`).first().contentFrame(),
    page,
  );
}

/** Everything the selector matches. */
export function locatorOf(root: Root, selector: Selector): Locator {
  if (typeof selector === 'string') return root.locator(`css=${selector}`);
  const { css, xpath, text, label, testId, role, placeholder } = selector;
  const exact = selector.exact ?? false;
  if (xpath !== undefined) return root.locator(`xpath=${xpath}`);
  if (text !== undefined) return root.getByText(text, { exact });
  if (label !== undefined) return root.getByLabel(label, { exact });
  if (testId !== undefined) return root.getByTestId(testId);
  if (placeholder !== undefined) return root.getByPlaceholder(placeholder, { exact });
  if (role !== undefined) return root.getByRole(asRole(role), named(selector));
  return root.locator(`css=${css}`);
}

/** As a person would write it: `role=button "Send"`. */
export function describeSelector(selector: Selector): string {
  if (typeof selector === 'string') return selector;
  const strategy = strategies.find((key) => selector[key] !== undefined) ?? 'css';
  const written = `${strategy}=${selector[strategy]}`;
  return selector.name === undefined ? written : `${written} "${selector.name}"`;
}

/** Playwright types the roles it knows; another one simply matches nothing. */
function asRole(role: string): Parameters<Page['getByRole']>[0] {
  return role as Parameters<Page['getByRole']>[0];
}

function named(selector: SelectorObject): { name?: string; exact?: boolean } {
  return selector.name === undefined ? {} : { name: selector.name, exact: selector.exact ?? false };
}
