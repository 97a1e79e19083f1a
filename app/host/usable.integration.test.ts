/** What a device with another version, or in the wrong hands, wrote into this workspace is not acted upon. */
import { expect, test, vi } from 'vitest';
import type { Contents } from '../../workspace/contents.ts';
import { type ProfileInput, profileInputSchema } from '../../workspace/model/profile.ts';
import { type ProxyInput, proxyInputSchema } from '../../workspace/model/proxy.ts';
import type { WorkflowInput } from '../../workspace/model/workflow.ts';
import { openedHost } from './testing.ts';

const written = {
  'startPages[0]': { startPages: ['file:///etc/passwd'] },
  'extraHeaders[0].value': { extraHeaders: [{ name: 'X-A', value: 'a\r\nX-B: b' }] },
  'viewport.width': { viewport: { width: 1e9, height: 800 } },
  browser: { browser: 'netscape' },
  permissions: { permissions: 'all' },
};

function addUnusable({ profiles, proxies, workflows }: Contents): void {
  const profile = (name: string, more: object) =>
    ({ ...profileInputSchema.parse({ name }), ...more }) as ProfileInput;
  const proxy = {
    ...proxyInputSchema.parse({ name: 'Pigeon', type: 'http', host: '127.0.0.1', port: 9 }),
    type: 'pigeon',
  } as unknown as ProxyInput;
  const [added] = proxies.add([proxy]);
  const step = { type: 'teleport', id: 's1' };
  const newer = { name: 'Newer', description: '', variables: [], steps: [step] };
  const asCode = { type: 'runScript', id: 's1', code: '1', as: 'a; evil()' };
  const evil = { ...newer, name: 'Evil', steps: [asCode] };
  workflows.add([newer, evil] as unknown as WorkflowInput[]);
  profiles.add([
    ...Object.entries(written).map(([name, more]) => profile(name, more)),
    profile('By pigeon', { proxyId: added?.id }),
    profile('Colourful', { color: 'ultraviolet', tags: Array(90).fill('x') }),
  ]);
}

test('what has a value out of bounds is listed, and neither opened, run, measured nor made a program', async () => {
  const { ask, call } = await openedHost(addUnusable);
  const { rows } = await call('profiles.list', { search: '', sort: 'name', limit: 50 });
  expect(rows).toHaveLength(Object.keys(written).length + 2);

  for (const field of Object.keys(written)) {
    const refused = { ok: false, failure: { code: 'recordUnusable', name: field, field } };
    expect(await ask('profiles.open', { profile: field, headless: true })).toEqual(refused);
    expect(await ask('profiles.measure', { profile: field })).toEqual(refused);
  }
  const pigeon = { code: 'recordUnusable', name: 'Pigeon', field: 'type' };
  expect(await ask('profiles.open', { profile: 'By pigeon', headless: true })).toEqual({
    ok: false,
    failure: pigeon,
  });

  expect(
    await ask('runs.start', { workflow: 'Newer', profiles: ['Colourful'], headless: true }),
  ).toEqual({
    ok: false,
    failure: { code: 'recordUnusable', name: 'Newer', field: 'steps[0].type' },
  });

  for (const [name, field] of [
    ['Newer', 'steps[0].type'],
    ['Evil', 'steps[0].as'],
  ]) {
    for (const format of ['playwright', 'recording'] as const) {
      expect(await ask('workflows.exportAs', { workflow: name ?? '', format })).toEqual({
        ok: false,
        failure: { code: 'recordUnusable', name, field },
      });
    }
  }

  const { id: workflow } = await call('workflows.add', {
    document: { name: 'Nothing', steps: [{ type: 'setVariable', name: 'a', value: 1 }] },
  });
  const chosen = ['startPages[0]', 'By pigeon'];
  const { id: run } = await call('runs.start', { workflow, profiles: chosen, headless: true });
  await vi.waitUntil(async () => (await call('runs.get', { run })).status !== 'running', {
    timeout: 60_000,
    interval: 50,
  });
  const { taskRows } = await call('runs.get', { run });
  expect(taskRows.map(({ failure }) => failure)).toEqual([
    { reason: 'recordUnusable', detail: 'startPages[0]: startPages[0]' },
    { reason: 'recordUnusable', detail: 'Pigeon: type' },
  ]);

  // What people write about a profile keeps none from being opened.
  expect(await ask('profiles.open', { profile: 'Colourful', headless: true })).toMatchObject({
    ok: true,
  });
  await call('profiles.close', { profile: 'Colourful' });
});
