/**
 * Something of an opened profile is killed: its browser, its worker or the whole host. No login that was
 * captured is lost, and from the next start on nothing of the session lies in the open.
 */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { expect, onTestFinished, test } from 'vitest';
import { startLoginSite } from '../../agent/testing/loginSite.ts';
import { descendants, isBrowser, isWorker } from '../../agent/testing/system/processes.ts';
import { readableIn } from '../../agent/testing/system/readable.ts';
import { closeDatabase } from '../../workspace/store/database.ts';
import { newVault } from '../../workspace/testing.ts';
import { show, startHost } from './faults/hostUnderTest.ts';

const victims: Record<string, (host: ChildProcess) => number | undefined> = {
  browser: ({ pid = 0 }) => descendants(pid).find(isBrowser)?.pid,
  // A spare one waits beside that of the browser.
  worker: ({ pid = 0 }) =>
    descendants(pid).find((one) => isWorker(one) && descendants(one.pid).some(isBrowser))?.pid,
  host: ({ pid }) => pid,
};

test('whichever of browser, worker and host is killed, a captured login stays and nothing lies open', async () => {
  const site = await startLoginSite();
  onTestFinished(() => site.close());
  const { vault, dir } = await newVault();
  closeDatabase(vault.database);
  let host = await startHost(dir);
  await host.call('profiles.add', { input: { name: 'Alice' } });
  // An ordinary visit before: the folder has a cookie that the login will give another value.
  await show(host, site.home);
  await host.call('profiles.close', { profile: 'Alice' });
  let logins = 0;
  for (const [victim, find] of Object.entries(victims)) {
    const name = `canary-${victim}`;
    await show(host, site.loginOf(name));
    logins += 1;
    // What is told of a session is what is sealed of it: the login was captured.
    await expect
      .poll(async () => (await host.call('profiles.sites', { profile: 'Alice' })).sites[0]?.cookies)
      .toBe(2 + logins);
    // So that looking for it says something: where it is open it can be found.
    await expect.poll(() => readableIn(dir, [`${name}-stored`]).length).toBeGreaterThan(0);
    const pid = find(host.child);
    if (pid === undefined) throw new Error(`no ${victim} runs`);
    process.kill(pid, 'SIGKILL');
    if (victim === 'host') {
      await once(host.child, 'exit');
      host = await startHost(dir);
    }
    await expect.poll(async () => (await host.call('profiles.opened', {})).opened).toEqual([]);
    expect(readableIn(dir, [name, 'canary', 'sid=']), victim).toEqual([]);
    expect(await show(host, site.home), victim).toContain(`${name} ${name}`);
    await host.call('profiles.close', { profile: 'Alice' });
  }
  await host.call('vault.lock', {});
}, 120_000);
