/** For tests: a host in a process of its own, which can be killed, and the profile "Alice" opened in it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { inNewPage } from '../../../agent/testing/attached.ts';
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
  const ended = once(child, 'exit');
  onTestFinished(() => void child.kill('SIGKILL'));
  const [line] = await once(child.stdout, 'data');
  expect(String(line).trim()).toBe('ready');
  const client = await connectToHolder(dir);
  if (!client) throw new Error('the host was not found');
  onTestFinished(() => client.close());
  const call = callerOf(client);
  await call('vault.unlock', { passphrase: testPassphrase });
  const ask = <M extends Method>(method: M, params: Params<M>) => client.call(method, params);
  return { child, call, ask, ended };
}

const callerOf =
  (client: HostClient) =>
  async <M extends Method>(method: M, params: Params<M>): Promise<Answers[M]> => {
    const answer = await client.call(method, params);
    if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
    return answer.value as Answers[M];
  };

export type RunningHost = Awaited<ReturnType<typeof startHost>>;

type Page = Parameters<Parameters<typeof inNewPage>[2]>[0];

/** Opens a profile and works in a page of it; it stays open. */
export async function inProfile<T>(
  { call }: RunningHost,
  profile: string,
  url: string,
  work: (page: Page) => Promise<T>,
): Promise<T> {
  const { opened } = await call('profiles.opened', {});
  if (!opened.some((one) => one.name === profile && !one.isUnsealed)) {
    await call('profiles.open', { profile, headless: true });
  }
  const { wsEndpoint } = await call('profiles.attach', { profile });
  return inNewPage(wsEndpoint, url, work);
}

/** @returns the text of a page that Alice opens. */
export const show = (host: RunningHost, url: string): Promise<string> =>
  inProfile(host, 'Alice', url, async (page) => (await page.textContent('body')) ?? '');
