/** The pages of a task: which one the workflow works in, and how many there may be. */
import type { BrowserContext, Page } from 'playwright-core';
import { StepError, type WorkingPages } from '../steps/definition.ts';
import type { TaskLimits } from '../worker/protocol.ts';
import { publicAddress } from './address.ts';
import type { Watcher } from './watcher.ts';

export interface Pages extends WorkingPages {
  /** The first page; when the site has closed it, the newest that is left, or a new one. */
  current(): Promise<Page>;
  /** The same without opening one. */
  now(): Page | null;
}

export function watchPages(context: BrowserContext, limits: TaskLimits, watcher: Watcher): Pages {
  let blocked = 0;
  let page: Page | null = null;

  const turnedAway = new WeakSet<Page>();

  const block = (extra: Page) => {
    blocked += 1;
    turnedAway.add(extra);
    watcher.note('pageBlocked', publicAddress(extra.url()) || 'a page');
    extra.close().catch(() => {
      // It closed itself, or the browser is going.
    });
    if (blocked > limits.blockedPages) {
      watcher.fatal(new StepError('tooManyPages', `${limits.pages + blocked} pages were opened`));
    }
  };
  const watch = (opened: Page) => {
    opened.on('crash', () => {
      if (opened === page) watcher.fatal(new StepError('pageCrashed', 'the page crashed'));
    });
  };

  context.pages().forEach(watch);
  context.on('page', (opened) => {
    if (context.pages().length > limits.pages) block(opened);
    else watch(opened);
  });

  const now = () => {
    if (!page || page.isClosed()) page = page ? (context.pages().at(-1) ?? null) : firstOf(context);
    return page;
  };
  return {
    now,
    async current() {
      const open = now();
      if (open) return open;
      page = await context.newPage();
      return page;
    },
    all: () => context.pages().filter((one) => !turnedAway.has(one)),
    async open() {
      if (context.pages().length >= limits.pages) {
        throw new StepError('tooManyPages', `${limits.pages} pages are open`);
      }
      return context.newPage();
    },
    use(chosen) {
      page = chosen;
    },
  };
}

function firstOf(context: BrowserContext): Page | null {
  return context.pages()[0] ?? null;
}
