/** For tests: a host in a process of its own, which can be killed, and the profile "Alice" opened in it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { testPassphrase } from '../../../workspace/testing.ts';
import type { Answers, HostClient, Method, Params } from '../../ipc/contract.ts';
import { connectToHolder } from '../endpoint.ts';

const node = join(import.meta.dirname, '../../../node_modules/node/bin/node');

/**
 * A host in a process of its own, and a way to ask it.
 *
 * @param room bytes that each of its files may grow to; Linux only.
 */
export async function startHost(dir: string, room?: number) {
  const limited = room === undefined ? [] : ['prlimit', `--fsize=${room}:unlimited`];
  const command = [node, join(import.meta.dirname, 'hostProcess.ts'), dir, testPassphrase];
  const [program = '', ...words] = [...limited, ...command];
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = await once(child.stdout, 'data');
  expect(String(line).trim()).toBe('ready');
  const client = await connectToHolder(dir);
  if (!client) throw new Error('the host was not found');
  onTestFinished(() => client.close());
  const call = callerOf(client);
  await call('vault.unlock', { passphrase: testPassphrase });
  const ask = <M extends Method>(method: M, params: Params<M>) => client.call(method, params);
  return { child, call, ask };
}

const callerOf =
  (client: HostClient) =>
  async <M extends Method>(method: M, params: Params<M>): Promise<Answers[M]> => {
    const answer = await client.call(method, params);
    if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
    return answer.value as Answers[M];
  };

export type RunningHost = Awaited<ReturnType<typeof startHost>>;

/** Opens the profile and shows a page of it; it stays open. @returns the page's text. */
export async function show({ call }: RunningHost, url: string): Promise<string> {
  const { opened } = await call('profiles.opened', {});
  if (!opened.some((one) => !one.isUnsealed))
    await call('profiles.open', { profile: 'Alice', headless: true });
  const { wsEndpoint } = await call('profiles.attach', { profile: 'Alice' });
  const browser = await chromium.connectOverCDP(wsEndpoint);
  const page = await browser.contexts()[0]?.newPage();
  await page?.goto(url);
  const text = (await page?.textContent('body')) ?? '';
  await browser.close();
  return text;
}
