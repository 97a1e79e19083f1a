/** The languages of a profile are the same ones everywhere: to scripts of every kind, and to servers. */
import { expect, onTestFinished, test } from 'vitest';
import { type Page, startSite } from '../../agent/testing/site.ts';
import { openedHost } from './testing.ts';

/** Asks the server, then says what it is told itself. */
const say = (from: string): string =>
  `fetch('/ask/${from}').then(() => [navigator.languages.join(), Intl.NumberFormat().resolvedOptions().locale].join(' '))`;

const everywhere = `<body><script type="module">
  const heard = (target) => new Promise((done) => { target.onmessage = ({ data }) => done(data); });
  const frame = async (origin) => {
    const made = document.createElement('iframe');
    made.src = origin + '/frame';
    document.body.append(made);
    return heard(window);
  };
  const shared = new SharedWorker('/shared.js');
  const service = heard(navigator.serviceWorker);
  await navigator.serviceWorker.register('/service.js');
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage('');
  const said = [
    await ${say('page')},
    await frame(''),
    await frame(location.origin.replace('127.0.0.1', 'localhost')),
    await heard(new Worker('/worker.js')),
    await heard(shared.port),
    await service,
  ];
  await fetch('/said?' + said.map(encodeURIComponent).join('&'));
</script>`;

test('a page, its frames and its workers, and what each of them sends', async () => {
  const headers: string[] = [];
  let said: string[] = [];
  const answer =
    (type: string, body: string): Page =>
    (request, response) => {
      headers.push(String(request.headers['accept-language']));
      response.writeHead(200, { 'content-type': type }).end(body);
    };
  const script = (body: string) => answer('text/javascript', body);
  const site = await startSite({
    '/': answer('text/html', everywhere),
    '/frame': answer(
      'text/html',
      `<script>${say('frame')}.then((said) => parent.postMessage(said, '*'))</script>`,
    ),
    '/worker.js': script(`${say('worker')}.then(postMessage)`),
    '/shared.js': script(
      `onconnect = ({ ports: [port] }) => ${say('shared')}.then((said) => port.postMessage(said))`,
    ),
    '/service.js': script(
      `onmessage = ({ source }) => ${say('service')}.then((said) => source.postMessage(said))`,
    ),
    ...Object.fromEntries(
      ['page', 'frame', 'worker', 'shared', 'service'].map((from) => [
        `/ask/${from}`,
        answer('text/plain', ''),
      ]),
    ),
    '/said': ({ url = '' }, response) => {
      said = url.split('?')[1]?.split('&').map(decodeURIComponent) ?? [];
      response.end();
    },
  });
  onTestFinished(() => site.close());
  const { call } = await openedHost();
  const startPages = [`${site.origin}/`];
  const readIn = async (profile: string) => {
    said = [];
    headers.length = 0;
    await call('profiles.open', { profile, headless: true });
    await expect.poll(() => said.length, { timeout: 20_000 }).toBe(6);
    await call('profiles.close', { profile });
    expect(headers.length).toBeGreaterThanOrEqual(12);
    return { scripts: [...new Set(said)], servers: [...new Set(headers)] };
  };

  await call('profiles.add', { input: { name: 'German', locale: 'de-DE', startPages } });
  expect(await readIn('German')).toEqual({
    scripts: ['de-DE,de,en-US,en de-DE'],
    servers: ['de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7'],
  });
  const languages = ['fr-CH', 'fr', 'de-CH'];
  await call('profiles.add', { input: { name: 'Swiss', locale: 'fr-CH', languages, startPages } });
  expect(await readIn('Swiss')).toEqual({
    scripts: ['fr-CH,fr,de-CH,de fr-CH'],
    servers: ['fr-CH,fr;q=0.9,de-CH;q=0.8,de;q=0.7'],
  });
}, 60_000);
