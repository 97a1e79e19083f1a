/** Console errors and requests that failed, from all pages. */
import type { BrowserContext } from 'playwright-core';
import type { Watcher } from './watcher.ts';

export function watchProblems(context: BrowserContext, watcher: Watcher): void {
  context.on('console', (message) => {
    const level = message.type();
    if (level !== 'error' && level !== 'warning') return;
    watcher.consoleMessage(level, message.text(), message.location().url);
  });
  context.on('weberror', (problem) => {
    const url = problem.page()?.url() ?? '';
    watcher.consoleMessage('error', problem.error().message, url);
  });
  context.on('response', (response) => {
    const status = response.status();
    if (status < 400) return;
    watcher.networkFailed(response.request().method(), response.url(), status, String(status));
  });
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'failed';
    // The page or a navigation dropped it on purpose.
    if (reason === 'net::ERR_ABORTED') return;
    watcher.networkFailed(request.method(), request.url(), null, reason);
  });
}
