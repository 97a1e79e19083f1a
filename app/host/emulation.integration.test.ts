/** What a profile sets is what a page reads of its browser, and what it leaves alone is the engine's own. */
import { connect } from 'puppeteer-core';
import { expect, onTestFinished, test } from 'vitest';
import { startSite } from '../../agent/testing/site.ts';
import { openedHost } from './testing.ts';

const read = `(async () => {
  const is = (query) => matchMedia(query).matches;
  const place = await new Promise((done) => navigator.geolocation.getCurrentPosition(
    ({ coords }) => done([coords.latitude, coords.longitude, coords.accuracy]),
    ({ code }) => done('refused ' + code), { timeout: 3000 }));
  return {
    ratio: devicePixelRatio,
    width: innerWidth,
    touch: navigator.maxTouchPoints > 0,
    language: navigator.language,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    dark: is('(prefers-color-scheme: dark)'),
    calm: is('(prefers-reduced-motion: reduce)'),
    forced: is('(forced-colors: active)'),
    contrast: is('(prefers-contrast: more)'),
    place,
    header: document.body.dataset.header,
  };
})()`;

test('pages read what the profile says, and nothing that it does not say', async () => {
  const site = await startSite({
    '/': ({ headers }, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(
        `<meta name="viewport" content="width=device-width"><body data-header="${headers['x-team'] ?? ''}">`,
      );
    },
  });
  onTestFinished(() => site.close());
  const { ask, call } = await openedHost();
  const startPages = [`${site.origin}/`];
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
      reducedMotion: 'reduce',
      forcedColors: 'active',
      contrast: 'more',
      geolocation: { latitude: 52.5, longitude: 13.4, accuracy: 50 },
      permissions: ['geolocation'],
      extraHeaders: [{ name: 'X-Team', value: 'blue' }],
      startPages,
    },
  });
  await call('profiles.add', { input: { name: 'Plain', startPages } });
  const readIn = async (profile: string) => {
    await call('profiles.open', { profile, headless: true });
    const { wsEndpoint } = await call('profiles.attach', { profile });
    // Playwright would put media of its own in the place of the profile's.
    const browser = await connect({ browserWSEndpoint: wsEndpoint, defaultViewport: null });
    const pageThere = async () =>
      (await browser.pages()).find((one) => one.url() === startPages[0]);
    await expect.poll(pageThere, { timeout: 10_000 }).toBeDefined();
    const page = await pageThere();
    await page?.waitForSelector('body');
    const found = await page?.evaluate(read);
    await browser.disconnect();
    return found;
  };
  expect(await readIn('Phone')).toEqual({
    ratio: 3,
    width: 400,
    touch: true,
    language: 'de-DE',
    zone: 'Asia/Tokyo',
    dark: true,
    calm: true,
    forced: true,
    contrast: true,
    place: [52.5, 13.4, 50],
    header: 'blue',
  });
  expect(await readIn('Plain')).toMatchObject({
    ratio: 1,
    width: 1280,
    touch: false,
    forced: false,
    contrast: false,
    place: expect.stringMatching(/^refused/),
    header: '',
  });
  for (const wrong of [
    { extraHeaders: [{ name: 'Cookie', value: 'x' }] },
    { extraHeaders: [{ name: 'X', value: 'a\r\nb' }] },
    { geolocation: { latitude: 91, longitude: 0, accuracy: 1 } },
    { startPages: ['file:///etc/passwd'] },
  ]) {
    expect(
      await ask('profiles.edit', { profile: 'Plain', patch: wrong }),
      JSON.stringify(wrong),
    ).toMatchObject({
      failure: { code: 'invalid' },
    });
  }
}, 90_000);
