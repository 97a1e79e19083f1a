/** Templates: settings that new profiles begin with. */
import { expect, test } from 'vitest';
import { openedHost } from './testing.ts';

test('a template is saved, replaced, used, thrown away and brought back', async () => {
  const { ask, call } = await openedHost();
  const settings = { locale: 'de-DE', timeZone: 'Europe/Berlin', tags: ['shop'], group: 'Berlin' };
  const saved = await call('templates.save', { input: { name: 'German shop', ...settings } });
  expect((await call('templates.list', {})).rows).toEqual([
    expect.objectContaining({ id: saved.id, name: 'German shop', tags: ['shop'], group: 'Berlin' }),
  ]);
  // It is no profile.
  expect((await call('profiles.list', {})).total).toBe(0);
  const again = await call('templates.save', {
    input: { name: 'German shop', ...settings, colorScheme: 'dark' },
  });
  expect(again).toMatchObject({ id: saved.id, colorScheme: 'dark' });
  expect((await call('templates.list', {})).rows).toHaveLength(1);
  // Its history is kept like that of every record.
  const { versions } = await call('records.history', { kind: 'template', record: 'German shop' });
  expect(versions.map(({ action }) => action)).toEqual(['edit', 'add']);
  await call('templates.remove', { template: 'German shop' });
  expect((await call('templates.list', {})).rows).toEqual([]);
  await call('trash.restore', { kind: 'template', id: saved.id });
  expect(await call('templates.get', { template: 'German shop' })).toMatchObject(settings);
  expect(await ask('templates.get', { template: 'Nobody' })).toMatchObject({
    failure: { code: 'notFound', kind: 'template' },
  });
});
