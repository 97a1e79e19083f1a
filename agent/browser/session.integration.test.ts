import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startLoginSite } from '../testing/loginSite.ts';
import { formOf, sendHtml, startSite, type TestSite } from '../testing/site.ts';
import { removeTemporaryDirs, runTest, type TestTask, temporaryDir } from '../testing/task.ts';

let site: TestSite;
beforeAll(async () => {
  site = await startSite({
    '/login': (request, response) => {
      void formOf(request).then((form) => {
        const right = form.get('user') === 'ada' && form.get('password') === 'open sesame';
        const cookie = 'session=ada-is-in; Path=/; HttpOnly';
        response.writeHead(303, { location: '/home', ...(right ? { 'set-cookie': cookie } : {}) });
        response.end();
      });
    },
    '/home': (request, response) => {
      const inside = request.headers.cookie?.includes('session=ada-is-in');
      sendHtml(
        response,
        inside
          ? `<h1>Welcome</h1><p id="kept"></p>
             <script>kept.textContent = localStorage.getItem('note') ?? 'nothing';
             localStorage.setItem('note', 'kept by the page')</script>`
          : `<h1>Please log in</h1><form action="/login" method="post"><input name="user">
             <input name="password" type="password"><button>Log in</button></form>`,
      );
    },
    '/about': `<p id="about"></p><script>
      about.textContent = [innerWidth, innerHeight, navigator.language,
        Intl.DateTimeFormat().resolvedOptions().timeZone,
        matchMedia('(prefers-color-scheme: dark)').matches].join(' ')</script>`,
  });
});
afterAll(async () => {
  await site.close();
  removeTemporaryDirs();
});

const open = { type: 'navigate', url: '{{ site }}/home' };
const logIn = [
  open,
  { type: 'fill', selectors: ['[name=user]'], value: 'ada' },
  { type: 'fill', selectors: ['[name=password]'], value: 'open sesame' },
  { type: 'click', selectors: [{ role: 'button', name: 'Log in' }] },
  { type: 'assert', selectors: ['h1'], text: 'Welcome' },
];
const comeBack = [
  open,
  { type: 'assert', selectors: ['h1'], text: 'Welcome' },
  { type: 'assert', selectors: ['#kept'], text: 'kept by the page' },
];

function run(test: TestTask) {
  return runTest({ ...test, variables: { site: site.origin } });
}

describe('a session', () => {
  it('survives in the folder, in the captured state alone, and a visit elsewhere', async () => {
    const first = await run({ steps: logIn });
    expect(first.outcome).toMatchObject({ status: 'succeeded', failure: null });
    const { storageState } = first.outcome;
    expect(storageState?.cookies).toMatchObject([{ name: 'session', expires: -1 }]);

    const elsewhere = [{ type: 'navigate', url: 'about:blank' }];
    const second = await run({ steps: elsewhere, storageState });
    expect(second.outcome.storageState?.origins).toEqual(storageState?.origins);

    const { storageState: carried } = second.outcome;
    const third = await run({ steps: comeBack, storageState: carried });
    expect(third.outcome).toMatchObject({ status: 'succeeded', failure: null });
    expect(JSON.stringify(third.events)).not.toContain('ada-is-in');
  });

  it('gets back the cookies that a used folder has lost', async () => {
    const profile = { userDataDir: temporaryDir() };
    const first = await run({ steps: logIn, ...profile });
    const second = await run({
      steps: comeBack,
      ...profile,
      storageState: first.outcome.storageState,
    });
    expect(second.outcome).toMatchObject({ status: 'succeeded', failure: null });
  });

  it('has the captured value of a cookie where its browser was killed, else that of its folder', async () => {
    const accounts = await startLoginSite();
    onTestFinished(() => accounts.close());
    const profile = { userDataDir: temporaryDir() };
    const look = (text: string) => [
      { type: 'navigate', url: accounts.home },
      { type: 'assert', selectors: ['#who'], text },
    ];
    const visit = { type: 'navigate', url: accounts.home };
    const first = await run({ steps: [visit, ...look('anonymous nobody')], ...profile });
    const [sid] = first.outcome.storageState?.cookies ?? [];
    const storageState = { cookies: [{ ...sid, value: 'ada' }], origins: [] };
    const kept = await run({ steps: look('anonymous nobody'), ...profile, storageState });
    expect(kept.outcome).toMatchObject({ status: 'succeeded' });
    const cookiesNewer = { ...profile, storageState, cookiesNewer: true };
    const taken = await run({ steps: look('ada nobody'), ...cookiesNewer });
    expect(taken.outcome).toMatchObject({ status: 'succeeded' });
  });

  it('that can not be put back ends the task before the first step', async () => {
    const storageState = { cookies: [{ name: 'secret-cookie', value: 'x' }], origins: [] };
    const result = await run({ steps: comeBack, storageState });
    expect(result.outcome.failure?.reason).toBe('sessionUnreadable');
    expect(JSON.stringify(result.events)).not.toContain('secret-cookie');
    expect(result.of('step.started')).toEqual([]);
  });

  it('is captured when the task fails', async () => {
    const result = await run({
      steps: [...logIn, { type: 'click', selectors: ['#no'], timeout: 200 }],
    });
    expect(result.outcome.status).toBe('failed');
    expect(result.outcome.storageState?.cookies).toHaveLength(1);
  });
});

describe('a profile', () => {
  it('is what the page sees', async () => {
    const result = await run({
      profile: {
        viewport: { width: 900, height: 500 },
        locale: 'vi-VN',
        timeZone: 'Asia/Ho_Chi_Minh',
        colorScheme: 'dark',
      },
      steps: [
        { type: 'navigate', url: '{{ site }}/about' },
        { type: 'extract', selectors: ['#about'], as: 'about' },
      ],
    });
    expect(result.of('data.extracted')[0]?.value).toMatch(
      /^900 500 vi-VN Asia\/(Ho_Chi_Minh|Saigon) true$/,
    );
  });
});
