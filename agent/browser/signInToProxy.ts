/**
 * Lets a browser into its local proxy once. Told to Playwright, a login has every request of every page
 * stopped and asked about, and the browser's cache turned off; Chromium itself remembers one that a proxy
 * took, for as long as it runs.
 */
import type { BrowserContext } from 'playwright-core';
import { signInHost } from '../forwarder/signInHost.ts';

/** @throws when the browser could not be let in. */
export async function signInToProxy(
  context: BrowserContext,
  { username, password }: { readonly username: string; readonly password: string },
): Promise<void> {
  const page = context.pages()[0] ?? (await context.newPage());
  const session = await context.newCDPSession(page);
  session.on('Fetch.requestPaused', ({ requestId }) => {
    session.send('Fetch.continueRequest', { requestId }).catch(() => undefined);
  });
  session.on('Fetch.authRequired', ({ requestId, authChallenge }) => {
    const authChallengeResponse =
      authChallenge.source === 'Proxy'
        ? { response: 'ProvideCredentials' as const, username, password }
        : { response: 'Default' as const };
    session
      .send('Fetch.continueWithAuth', { requestId, authChallengeResponse })
      .catch(() => undefined);
  });
  await session.send('Fetch.enable', { handleAuthRequests: true });
  try {
    await page.evaluate(
      (url) => fetch(url, { mode: 'no-cors', cache: 'no-store' }).then(() => undefined),
      `http://${signInHost}/`,
    );
  } finally {
    await session.send('Fetch.disable').catch(() => undefined);
    await session.detach().catch(() => undefined);
  }
}
