/** One profile wanted twice at the same moment: one gets it, the other is told who has it. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { startSite } from '../../agent/testing/site.ts';
import { type OpenedHost, openedHost } from './testing.ts';

const alice = { profile: 'Alice', headless: true };

async function hostWithAlice(): Promise<OpenedHost> {
  const host = await openedHost();
  await host.call('profiles.add', { input: { name: 'Alice' } });
  return host;
}

/** A run that waits in its page until it is cancelled. */
async function startRun({ call }: OpenedHost, origin: string): Promise<string> {
  const { id: workflow } = await call('workflows.add', {
    document: {
      name: `Wait ${Math.random()}`,
      steps: [
        { type: 'navigate', url: origin },
        { type: 'waitForElement', selectors: ['#never'], timeout: 60_000 },
      ],
    },
  });
  const { id } = await call('runs.start', { workflow, profiles: ['Alice'], headless: true });
  return id;
}

const endOf = async ({ call }: OpenedHost, run: string) => {
  await vi.waitUntil(async () => (await call('runs.get', { run })).status !== 'running', {
    timeout: 60_000,
    interval: 50,
  });
  return (await call('runs.get', { run })).taskRows[0];
};

const busyBy = (by: string) => ({ ok: false, failure: { code: 'profileBusy', name: 'Alice', by } });

test('what a person has open no run gets, and what a run has no person opens', async () => {
  const site = await startSite({ '/': '<p>page</p>' });
  onTestFinished(() => site.close());
  const host = await hostWithAlice();
  await host.call('profiles.open', alice);
  const refused = await endOf(host, await startRun(host, site.origin));
  expect(refused).toMatchObject({ status: 'failed', failure: { reason: 'profileBusy' } });
  // The refused one has taken nothing of the other away.
  expect((await host.call('profiles.opened', {})).opened).toHaveLength(1);
  expect(await host.ask('profiles.attach', { profile: 'Alice' })).toMatchObject({ ok: true });
  await host.call('profiles.close', { profile: 'Alice' });

  const run = await startRun(host, site.origin);
  await vi.waitUntil(
    async () => {
      const { events } = await host.call('runs.events', { run });
      return events.some(({ type }) => type === 'task.started');
    },
    { timeout: 30_000, interval: 50 },
  );
  expect(await host.ask('profiles.open', alice)).toMatchObject(busyBy('run'));
  await host.call('runs.cancel', { run });
  await endOf(host, run);
  await host.call('profiles.open', alice);
}, 120_000);

test('an opening and a run at the same instant: exactly one gets it', async () => {
  const site = await startSite({ '/': '<p>page</p>' });
  onTestFinished(() => site.close());
  const host = await hostWithAlice();
  const [opening, run] = await Promise.all([
    host.ask('profiles.open', alice),
    startRun(host, site.origin),
  ]);
  if (opening.ok) {
    expect((await endOf(host, run))?.failure?.reason).toBe('profileBusy');
  } else {
    expect(opening).toMatchObject(busyBy('run'));
    await host.call('runs.cancel', { run });
    expect((await endOf(host, run))?.failure?.reason).toBe('cancelled');
  }
}, 120_000);

test('closing twice at once closes once, and both hear of it when the session is sealed', async () => {
  const host = await hostWithAlice();
  await host.call('profiles.open', alice);
  const row = async () => (await host.call('profiles.list', {})).rows[0];
  const closings = [1, 2].map(async () => {
    const answer = await host.ask('profiles.close', { profile: 'Alice' });
    return [answer.ok, (await row())?.open];
  });
  expect(await Promise.all(closings)).toEqual([
    [true, false],
    [true, false],
  ]);
  expect(await row()).toMatchObject({ open: false, hasSession: true });
}, 60_000);

test('what is being opened when the vault locks is not left open', async () => {
  const host = await hostWithAlice();
  const opening = host.ask('profiles.open', alice);
  await host.host.lock();
  expect(await opening).toMatchObject({ ok: false });
  expect(await host.ask('profiles.opened', {})).toMatchObject({ failure: { code: 'locked' } });
}, 60_000);
