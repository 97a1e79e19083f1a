/** What a browser with a profile's settings reports, measured beside the profile itself. */
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { openedHost } from './testing.ts';

const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith('warren-measure-'));

test('everything that is set is reported, to pages, frames, workers and servers', async () => {
  const before = folders();
  const { call } = await openedHost();
  await call('profiles.add', {
    input: {
      name: 'Phone',
      viewport: { width: 400, height: 800 },
      deviceScaleFactor: 3,
      isMobile: true,
      hasTouch: true,
      locale: 'de-DE',
      timeZone: 'Asia/Tokyo',
      colorScheme: 'dark',
      geolocation: { latitude: 52.5, longitude: 13.4, accuracy: 50 },
      permissions: ['geolocation'],
    },
  });
  // In the way of nobody: neither is its session touched, nor does the open browser matter.
  await call('profiles.open', { profile: 'Phone', headless: true });
  const measured = await call('profiles.measure', { profile: 'Phone' });
  expect(measured).toMatchObject({
    engine: expect.stringMatching(/^Chromium \d+/),
    screen: { width: 400, height: 800, viewportWidth: 400, viewportHeight: 800, ratio: 3 },
    media: { dark: true, coarsePointer: true },
    webdriver: true,
    place: { latitude: 52.5, longitude: 13.4, accuracy: 50 },
  });
  expect(measured.touchPoints).toBeGreaterThan(0);
  const { page, frame, worker, sent } = measured;
  for (const reading of [page, frame, worker]) {
    expect(reading).toMatchObject({
      userAgent: expect.stringContaining('Chrome/'),
      languages: ['de-DE', 'de', 'en-US', 'en'],
      locale: 'de-DE',
      timeZone: 'Asia/Tokyo',
      offset: 540,
      clientHints: { platform: expect.any(String), brands: expect.any(Array) },
    });
    expect(reading.userAgent).toBe(page.userAgent);
  }
  for (const one of [sent.page, sent.frame, sent.worker]) {
    expect(one).toMatchObject({
      acceptLanguage: 'de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7',
      userAgent: page.userAgent,
    });
  }
  expect(sent.page.platform).toBe(page.clientHints?.platform);
  expect((await call('profiles.opened', {})).opened).toHaveLength(1);
  expect(folders()).toEqual(before);
}, 60_000);

test('a profile with a proxy is measured without asking it, and has no way around it', async () => {
  const { call } = await openedHost();
  const { id: proxyId } = await call('proxies.add', {
    input: { name: 'Nowhere', type: 'http', host: 'nowhere.invalid', port: 1 },
  });
  await call('profiles.add', { input: { name: 'Proxied', proxyId } });
  await call('profiles.add', { input: { name: 'Direct' } });
  expect((await call('profiles.measure', { profile: 'Proxied' })).candidates).toEqual([]);
  const direct = await call('profiles.measure', { profile: 'Direct' });
  expect(direct.candidates.length).toBeGreaterThan(0);
  expect(direct.place).toBeNull();
  // As it would be after a change that nobody has saved.
  const patch = { timeZone: 'Asia/Tokyo' };
  const changed = await call('profiles.measure', { profile: 'Direct', patch });
  expect(changed.page.timeZone).toBe('Asia/Tokyo');
  expect((await call('profiles.get', { profile: 'Direct' })).timeZone).toBeNull();
}, 60_000);

test('locking ends it, and leaves nothing behind', async () => {
  const before = folders();
  const { host, call, ask } = await openedHost();
  await call('profiles.add', { input: { name: 'Alice' } });
  const answer = ask('profiles.measure', { profile: 'Alice' });
  const next = ask('profiles.measure', { profile: 'Alice' });
  await expect.poll(() => folders().length).toBe(before.length + 1);
  await host.lock();
  expect(await answer).toMatchObject({ failure: { code: 'locked' } });
  expect(await next).toMatchObject({ failure: { code: 'locked' } });
  expect(folders()).toEqual(before);
}, 30_000);
