/** Runs that are run again: over whom, with what, and when not. */
// biome-ignore-all lint/suspicious/noThenProperty: the field's name in workflow files.
import { expect, test, vi } from 'vitest';
import { type OpenedHost, openedHost } from './testing.ts';

const ended = async ({ call }: OpenedHost, run: string) => {
  await vi.waitUntil(async () => (await call('runs.get', { run })).finishedAt !== null, {
    timeout: 60_000,
    interval: 50,
  });
  return call('runs.get', { run });
};

const outcomes = ({ taskRows }: Awaited<ReturnType<typeof ended>>) =>
  taskRows.map(({ profileName, status }) => `${profileName} ${status}`).sort();

test('those that did not get through run again, as the run was and the workflow is now', async () => {
  const host = await openedHost();
  const { call, ask } = host;
  for (const name of ['Ada', 'Bob', 'Cid']) await call('profiles.add', { input: { name } });
  const document = (wrong: string) => ({
    name: 'Greet',
    variables: [{ name: 'greeting', default: 'none' }],
    steps: [
      { type: 'assert', url: '*', name: 'Before' },
      {
        type: 'if',
        conditions: [wrong],
        then: [{ type: 'click', selectors: ['#gone'], timeout: 300 }],
        else: [{ type: 'runScript', code: 'return 1;', as: 'there' }],
      },
    ],
  });
  const { id: workflow } = await call('workflows.add', {
    document: document("greeting == 'hello' && profile.name != 'Bob'"),
  });
  const profiles = ['Ada', 'Bob', 'Cid'];
  const variables = { greeting: 'hello' };
  const begun = await call('runs.start', { workflow, profiles, variables, headless: true });
  expect(await ask('runs.retry', { run: begun.id })).toMatchObject({
    failure: { code: 'invalid', issues: [{ path: 'run' }] },
  });
  const first = await ended(host, begun.id);
  expect(outcomes(first)).toEqual(['Ada failed', 'Bob succeeded', 'Cid failed']);

  // The workflow is mended for one of them.
  await call('workflows.replace', {
    workflow,
    document: document("greeting == 'hello' && profile.name == 'Cid'"),
  });
  const again = await call('runs.retry', { run: first.id });
  expect(again).toMatchObject({ variables, headless: true, workflowName: 'Greet' });
  const second = await ended(host, again.id);
  expect(outcomes(second)).toEqual(['Ada succeeded', 'Cid failed']);

  const all = await ended(host, (await call('runs.retry', { run: first.id, only: 'all' })).id);
  expect(outcomes(all)).toEqual(['Ada succeeded', 'Bob succeeded', 'Cid failed']);

  await call('workflows.replace', { workflow, document: document('false') });
  const last = await ended(host, (await call('runs.retry', { run: second.id })).id);
  expect(outcomes(last)).toEqual(['Cid succeeded']);
  expect(await ask('runs.retry', { run: last.id })).toMatchObject({ failure: { code: 'invalid' } });
}, 120_000);
