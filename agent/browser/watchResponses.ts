/** What servers have answered of late, for steps that wait for an answer. */
import type { BrowserContext } from 'playwright-core';
import type { SeenResponse } from '../steps/definition.ts';

export interface Responses {
  /** @param moment on the monotonic clock. @returns those after it, the oldest first. */
  since(moment: number): readonly SeenResponse[];
}

/** A page that asks for more than that within one step has none of them waited for. */
const kept = 1_000;

export function watchResponses(context: BrowserContext): Responses {
  const seen: (SeenResponse & { readonly at: number })[] = [];
  context.on('response', (response) => {
    seen.push({ url: response.url(), status: response.status(), at: performance.now() });
    if (seen.length > 2 * kept) seen.splice(0, seen.length - kept);
  });
  return { since: (moment) => seen.filter(({ at }) => at >= moment) };
}
