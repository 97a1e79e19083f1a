/** Finds the element of a step by several selectors: the earlier is preferred, any that matches will do. */
import type { Locator, Page } from 'playwright-core';
import { StepError, type Target } from '../steps/definition.ts';
import { describeSelector, locatorOf, rootOf, type Selector } from '../steps/selector.ts';

export interface Found {
  readonly locator: Locator;
  readonly selector: Selector | undefined;
  readonly position: number;
}

/** Milliseconds between two rounds through the selectors. */
const interval = 50;

interface Patience {
  remaining(): number;
  pause(milliseconds: number): Promise<void>;
}

/**
 * @returns at once with a single selector: acting on its locator waits by itself
 * @throws StepError `elementNotFound` when the time is up
 */
export async function locate(page: Page, target: Target, patience: Patience): Promise<Found> {
  const all = candidates(page, target);
  const [only, ...others] = all;
  if (!only) throw new StepError('elementNotFound', 'no selector was given');
  if (others.length === 0) return { ...only, locator: only.locator.nth(target.nth ?? 0) };
  for (;;) {
    const found = await firstMatch(all, (target.nth ?? 0) + 1);
    if (found) return { ...found, locator: found.locator.nth(target.nth ?? 0) };
    if (patience.remaining() <= interval) break;
    await patience.pause(interval);
  }
  const tried = all.map(({ selector }) => describeSelector(selector)).join(', ');
  throw new StepError('elementNotFound', `none of these matched: ${tried}`);
}

/** All that the first matching selector matches now; of the last one, which is nothing, when none does. */
export async function matchesNow(page: Page, target: Target): Promise<Found> {
  const all = candidates(page, target);
  const last = all.at(-1);
  if (!last) throw new StepError('elementNotFound', 'no selector was given');
  return all.length === 1 ? last : ((await firstMatch(all, 1)) ?? last);
}

type Candidate = Found & { readonly selector: Selector };

function candidates(page: Page, target: Target): Candidate[] {
  const root = rootOf(page, target.frame);
  return target.selectors.map((selector, position) => ({
    locator: locatorOf(root, selector),
    selector,
    position,
  }));
}

/** One round trip each, all under way at once. */
async function firstMatch(
  all: readonly Candidate[],
  needed: number,
): Promise<Candidate | undefined> {
  const counts = await Promise.all(all.map(({ locator }) => locator.count()));
  return all.find((_, index) => (counts[index] ?? 0) >= needed);
}
