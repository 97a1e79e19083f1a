/**
 * There is no room to seal a session when its browser has ended: it is told and shown, nothing of it is lost,
 * and it is sealed as soon as there is room. The room is what the host's process may write into one file.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startLoginSite } from '../../agent/testing/loginSite.ts';
import { descendants } from '../../agent/testing/system/processes.ts';
import { readableIn } from '../../agent/testing/system/readable.ts';
import { closeDatabase } from '../../workspace/store/database.ts';
import { newVault } from '../../workspace/testing.ts';
import { type RunningHost, show, startHost } from './faults/hostUnderTest.ts';

/** Bytes that a file of the host may grow to; a browser's folder has several millions. */
function limit({ child: { pid = 0 } }: RunningHost, bytes: number | 'unlimited'): void {
  // Workers that it has started meanwhile have its limit too, and their browsers would.
  const started = bytes === 'unlimited' ? descendants(pid).map((one) => one.pid) : [];
  for (const one of [pid, ...started]) {
    execFileSync('prlimit', [`--pid=${one}`, `--fsize=${bytes}:unlimited`]);
  }
}

const little = 1_000_000;
const full = { ok: false, failure: { code: 'storageFull' } };
const alice = { profile: 'Alice' };

async function hostWithLogin(dir: string, home: string, login: string): Promise<RunningHost> {
  const host = await startHost(dir);
  await host.call('profiles.add', { input: { name: 'Alice' } });
  await show(host, home);
  await host.call('profiles.close', alice);
  await show(host, login);
  return host;
}

test.skipIf(process.platform !== 'linux')(
  'a run whose session can not be sealed says so, and the next use of the profile seals it',
  async () => {
    const site = await startLoginSite();
    onTestFinished(() => site.close());
    const { vault, dir } = await newVault();
    closeDatabase(vault.database);
    const host = await startHost(dir);
    const { id } = await host.call('profiles.add', { input: { name: 'Alice' } });
    const steps = [
      { type: 'navigate', url: site.loginOf('canary-run') },
      { type: 'waitForElement', selectors: ['#never'], timeout: 120_000 },
    ];
    const document = { name: 'Log in', steps };
    const { id: workflow } = await host.call('workflows.add', { document });
    const { id: run } = await host.call('runs.start', { workflow, profiles: [id], headless: true });
    const events = async () => (await host.call('runs.events', { run })).events;
    await expect
      .poll(async () => (await events()).filter(({ type }) => type === 'step.started').length)
      .toBe(2);
    limit(host, little);
    await host.call('runs.cancel', { run });
    const shown = () => host.call('runs.get', { run });
    await expect.poll(async () => (await shown()).status).not.toBe('running');
    expect((await shown()).taskRows[0]?.failure).toEqual({
      reason: 'sessionNotSealed',
      detail: 'EFBIG',
    });
    limit(host, 'unlimited');
    expect(await show(host, site.home)).toContain('canary-run');
    await host.call('profiles.close', alice);
    expect(readableIn(dir, ['canary'])).toEqual([]);
  },
  120_000,
);

test.skipIf(process.platform !== 'linux')(
  'a session that can not be sealed is told of, kept, and sealed when there is room',
  async () => {
    const site = await startLoginSite();
    onTestFinished(() => site.close());
    const { vault, dir } = await newVault();
    closeDatabase(vault.database);
    const first = await hostWithLogin(dir, site.home, site.loginOf('canary-full'));
    const opened = async ({ call }: RunningHost) => (await call('profiles.opened', {})).opened;

    limit(first, little);
    expect(await first.ask('profiles.close', alice)).toMatchObject(full);
    expect(await opened(first)).toMatchObject([{ name: 'Alice', isUnsealed: true }]);
    expect(await first.ask('profiles.open', { ...alice, headless: true })).toMatchObject(full);
    expect(await first.ask('profiles.closeAll', {})).toMatchObject(full);
    expect(readdirSync(join(dir, 'open'))).toHaveLength(1);
    limit(first, 'unlimited');
    expect(await first.ask('profiles.close', alice)).toMatchObject({ ok: true });
    expect(await opened(first)).toEqual([]);
    expect(readableIn(dir, ['canary'])).toEqual([]);
    expect(await show(first, site.home)).toContain('canary-full canary-full');

    // The host dies as well: the next one opens its vault all the same, and has the session still.
    limit(first, little);
    expect(await first.ask('profiles.close', alice)).toMatchObject(full);
    first.child.kill('SIGKILL');
    await once(first.child, 'exit');
    const next = await startHost(dir, little);
    expect(await opened(next)).toMatchObject([{ name: 'Alice', isUnsealed: true }]);
    expect(await next.ask('profiles.open', { ...alice, headless: true })).toMatchObject(full);
    limit(next, 'unlimited');
    expect(await show(next, site.home)).toContain('canary-full canary-full');
    await next.call('profiles.close', alice);
    expect(readableIn(dir, ['canary'])).toEqual([]);
    expect(existsSync(join(dir, 'open')) ? readdirSync(join(dir, 'open')) : []).toEqual([]);
  },
  120_000,
);
