/**
 * Something of an opened profile is killed: its browser, its worker or the whole host. No login that was
 * captured is lost, and from the next start on nothing of the session lies in the open.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { startLoginSite } from '../../agent/testing/loginSite.ts';
import { descendants, isBrowser, isWorker } from '../../agent/testing/system/processes.ts';
import { readableIn } from '../../agent/testing/system/readable.ts';
import { closeDatabase } from '../../workspace/store/database.ts';
import { newVault, testPassphrase } from '../../workspace/testing.ts';
import type { Answers, HostClient, Method, Params } from '../ipc/contract.ts';
import { connectToHolder } from './endpoint.ts';

const node = join(import.meta.dirname, '../../node_modules/node/bin/node');

/** A host in a process of its own, and a way to ask it. */
async function startHost(dir: string) {
  const child = spawn(
    node,
    [join(import.meta.dirname, 'faults/hostProcess.ts'), dir, testPassphrase],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = await once(child.stdout, 'data');
  expect(String(line).trim()).toBe('ready');
  const client = await connectToHolder(dir);
  if (!client) throw new Error('the host was not found');
  onTestFinished(() => client.close());
  const call = callerOf(client);
  await call('vault.unlock', { passphrase: testPassphrase });
  return { child, call };
}

const callerOf =
  (client: HostClient) =>
  async <M extends Method>(method: M, params: Params<M>): Promise<Answers[M]> => {
    const answer = await client.call(method, params);
    if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
    return answer.value as Answers[M];
  };

type RunningHost = Awaited<ReturnType<typeof startHost>>;

/** Opens the profile and shows a page of it; it stays open. @returns the page's text. */
async function show({ call }: RunningHost, url: string): Promise<string> {
  const { opened } = await call('profiles.opened', {});
  if (opened.length === 0) await call('profiles.open', { profile: 'Alice', headless: true });
  const { wsEndpoint } = await call('profiles.attach', { profile: 'Alice' });
  const browser = await chromium.connectOverCDP(wsEndpoint);
  const page = await browser.contexts()[0]?.newPage();
  await page?.goto(url);
  const text = (await page?.textContent('body')) ?? '';
  await browser.close();
  return text;
}

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
