/**
 * Requests of a workflow, as its browser would make them: by the profile's way out, with its cookies, its
 * languages and its user agent. What the answer says of cookies the browser has from then on.
 */
import { type BrowserContext, type Cookie, type Page, request } from 'playwright-core';
import type { HttpAnswer, HttpRequest } from '../steps/definition.ts';
import type { TaskSpec } from '../worker/protocol.ts';

export interface Requester {
  /** @param timeout milliseconds. @throws what the network says; what is under way then is ended. */
  send(page: Page, asked: HttpRequest, timeout: number): Promise<HttpAnswer>;
}

export function createRequester(context: BrowserContext, network: TaskSpec['network']): Requester {
  const { server = '', username = '', password = '' } = network ?? {};
  const way = network ? { proxy: { server, username, password } } : {};
  return {
    async send(page, { url, method, headers, body }, timeout) {
      const { userAgent, languages } = await page.evaluate(() => ({
        userAgent: navigator.userAgent,
        languages: navigator.languages.join(','),
      }));
      const before = await context.cookies();
      const sender = await request.newContext({
        userAgent,
        storageState: { cookies: before, origins: [] },
        ...way,
      });
      try {
        const response = await sender.fetch(url, {
          method,
          headers: { 'accept-language': languages, ...headers },
          timeout,
          ...(body === undefined ? {} : { data: body }),
        });
        const { cookies } = await sender.storageState();
        await takeOver(context, before, cookies);
        return {
          status: response.status(),
          headers: response.headers(),
          body: await response.body(),
        };
      } finally {
        await sender.dispose();
      }
    },
  };
}

const placeOf = ({ name, domain, path }: Cookie): string => JSON.stringify([name, domain, path]);

/** Only what the answer changed: a page may have changed others meanwhile. */
async function takeOver(
  context: BrowserContext,
  before: readonly Cookie[],
  after: readonly Cookie[],
): Promise<void> {
  const known = new Map(before.map((cookie) => [placeOf(cookie), cookie]));
  const changed = after.filter((cookie) => {
    const old = known.get(placeOf(cookie));
    return old?.value !== cookie.value || old.expires !== cookie.expires;
  });
  if (changed.length > 0) await context.addCookies(changed);
  const left = new Set(after.map(placeOf));
  for (const cookie of before) {
    if (left.has(placeOf(cookie))) continue;
    const { name, domain, path } = cookie;
    await context.clearCookies({ name, domain, path });
  }
}
