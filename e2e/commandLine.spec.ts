/** The command line as a script would use it: every command, rightly and wrongly. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { type Site, startSite } from './support/site.ts';
import { collect, newWarren, type Warren } from './support/warren.ts';

const secrets = {
  user: 'alice',
  password: 'pw-canary-cli',
  cookie: 'cookie-canary-cli',
  stored: 'stored-canary-cli',
  items: [
    { name: 'Pen', price: '1.20' },
    { name: 'Ink, black', price: '4.00' },
  ],
};

// One vault and one story: a test that fails would make those after it fail for no reason of theirs.
test.describe.configure({ mode: 'serial' });

let site: Site;
let warren: Warren;

test.beforeAll(async () => {
  site = await startSite(secrets);
  warren = newWarren('a passphrase for the command line');
  expect((await warren.command('init', '--kdf', 'minimum', '--json')).code).toBe(0);
});

test.afterAll(async () => {
  await warren.dispose();
  await site.close();
});

function file(name: string, content: unknown): string {
  const path = join(warren.folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** One JSON object a line. */
const eventsIn = (output: string) =>
  output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const loginAndCollect = {
  name: 'Collect items',
  variables: [
    { name: 'url' },
    { name: 'user', default: 'alice' },
    { name: 'password', default: '' },
  ],
  steps: [
    { type: 'navigate', url: '{{ url }}' },
    { type: 'fill', selectors: [{ label: 'User' }], value: '{{ user }}' },
    { type: 'fill', selectors: [{ label: 'Password' }], value: '{{ password }}' },
    { type: 'click', selectors: [{ role: 'button', name: 'Log in' }] },
    { type: 'waitForElement', selectors: [{ css: '#items' }] },
    {
      type: 'loop',
      times: 2,
      steps: [
        { type: 'extract', selectors: [{ css: '.name' }], nth: 0, what: 'text', as: 'first' },
        {
          type: 'extract',
          selectors: [{ css: '#items li:nth-child({{ index + 1 }}) .name' }],
          what: 'text',
          as: 'name',
        },
        {
          type: 'extract',
          selectors: [{ css: '#items li:nth-child({{ index + 1 }}) .price' }],
          what: 'text',
          as: 'price',
        },
      ],
    },
    { type: 'screenshot', name: 'items' },
  ],
};

test('profiles: add, list, show, edit, export, import, remove', async () => {
  const added = await warren.command(
    'profile',
    'add',
    'Alice',
    '--locale',
    'en-GB',
    '--tag',
    'a',
    'b',
    '--json',
  );
  expect(JSON.parse(added.stdout)).toMatchObject({
    name: 'Alice',
    locale: 'en-GB',
    tags: ['a', 'b'],
  });
  const wrong = await warren.command('profile', 'add', 'Bob', '--time-zone', 'Mars/Base', '--json');
  expect(wrong.code).toBe(1);
  expect(JSON.parse(wrong.stderr).error.issues[0].path).toBe('input.timeZone');
  expect((await warren.command('profile', 'add', 'Alice')).code).toBe(1);
  expect(
    (await warren.command('profile', 'edit', 'Alice', '--locale', '', '--notes', 'note')).code,
  ).toBe(0);
  const shown = JSON.parse((await warren.command('profile', 'show', 'Alice', '--json')).stdout);
  expect(shown).toMatchObject({ locale: null, notes: 'note', tags: ['a', 'b'] });
  const exported = join(warren.folder, 'profiles.json');
  expect((await warren.command('profile', 'export', exported)).code).toBe(0);
  expect(statSync(exported).mode & 0o077).toBe(0);
  expect((await warren.command('profile', 'import', exported)).code).toBe(1);
  expect((await warren.command('profile', 'remove', 'Alice')).code).toBe(0);
  expect((await warren.command('profile', 'import', exported)).code).toBe(0);
  const bad = file('bad.json', [
    { name: 'Carol' },
    { name: '', viewport: { width: 1, height: 2 } },
  ]);
  const refused = await warren.command('profile', 'import', bad, '--json');
  expect(refused.code).toBe(1);
  expect(
    JSON.parse(refused.stderr).error.issues.map((issue: { path: string }) => issue.path),
  ).toEqual(expect.arrayContaining(['[1].name', '[1].viewport.width']));
  const list = JSON.parse((await warren.command('profile', 'list', '--json')).stdout);
  expect(list.map((row: { name: string }) => row.name)).toEqual(['Alice']);
});

test('a workflow runs over a profile, tells each event, and its data can be exported', async () => {
  const path = file('collect.json', loginAndCollect);
  expect((await warren.command('workflow', 'import', path)).code).toBe(0);
  const ran = await warren.command(
    'run',
    'Collect items',
    '--profile',
    'Alice',
    '--headless',
    '--json',
    '--var',
    `url=${site.url}`,
    `password=${secrets.password}`,
  );
  const events = eventsIn(ran.stdout);
  expect(ran.code, ran.stdout.slice(-2000)).toBe(0);
  expect(events[0]).toMatchObject({ type: 'run.started', sequence: 1 });
  expect(events.at(-1)).toMatchObject({ type: 'run.finished', status: 'succeeded' });
  expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index + 1));
  expect(site.logins()).toBe(1);
  const types = new Set(events.map((event) => event.type));
  for (const type of ['screenshot.taken', 'console.message', 'network.failed', 'data.extracted']) {
    expect(types, type).toContain(type);
  }
  const runs = JSON.parse((await warren.command('runs', 'list', '--json')).stdout);
  expect(runs).toHaveLength(1);
  const csv = await warren.command('runs', 'export', runs[0].id, '--format', 'csv');
  expect(csv.stdout.replace('\uFEFF', '').trim().split('\n')).toEqual([
    'profile,first,name,price',
    'Alice,Pen,Pen,1.20',
    'Alice,Pen,"Ink, black",4.00',
  ]);
  const json = JSON.parse(
    (await warren.command('runs', 'export', runs[0].id, '--format', 'json')).stdout,
  );
  expect(json[1]).toEqual({ profile: 'Alice', first: 'Pen', name: 'Ink, black', price: '4.00' });
  const shown = await warren.command('runs', 'show', runs[0].id);
  expect(shown.stdout).toContain('Alice');
});

test('a run that fails says which step, where and why, and ends with 1', async () => {
  const path = file('wrong.json', {
    name: 'Misses',
    variables: [{ name: 'url' }],
    steps: [
      { type: 'navigate', url: '{{ url }}' },
      { type: 'click', name: 'Press the button', selectors: [{ css: '#nowhere' }], timeout: 300 },
    ],
  });
  await warren.command('workflow', 'add', path);
  const ran = await warren.command(
    'run',
    'Misses',
    '--profile',
    'Alice',
    '--headless',
    '--json',
    '--var',
    `url=${site.url}`,
  );
  expect(ran.code).toBe(1);
  const events = eventsIn(ran.stdout);
  expect(events.find((event) => event.type === 'task.finished').failure).toMatchObject({
    reason: 'elementNotFound',
    stepName: 'Press the button',
    selector: expect.stringContaining('#nowhere'),
    url: site.url,
  });
  expect(events.some((event) => event.type === 'screenshot.taken')).toBe(true);
});

for (const [what, workflow, path] of [
  ['an unknown step', { name: 'x', steps: [{ type: 'clik' }] }, 'steps[0].type'],
  ['a wrong type', { name: 'x', steps: [{ type: 'navigate', url: 7 }] }, 'steps[0].url'],
  [
    'a missing field deep inside',
    {
      name: 'x',
      steps: [{ type: 'loop', times: 1, steps: [{ type: 'fill', selectors: ['#a'] }] }],
    },
    'steps[0].steps[0].value',
  ],
] as const) {
  test(`a workflow file with ${what} is refused with its path, and nothing is stored`, async () => {
    const before = (await warren.command('workflow', 'list', '--json')).stdout;
    const refused = await warren.command(
      'workflow',
      'import',
      file('refused.json', workflow),
      '--json',
    );
    expect(refused.code).toBe(1);
    const { issues } = JSON.parse(refused.stderr).error;
    expect(issues.map((issue: { path: string }) => issue.path)).toContain(path);
    expect((await warren.command('workflow', 'list', '--json')).stdout).toBe(before);
  });
}

test('several profiles run at once, as many as was said, and one that fails does not stop the others', async () => {
  for (const name of ['P1', 'P2', 'P3']) await warren.command('profile', 'add', name);
  const path = file('each.json', {
    name: 'Each',
    variables: [{ name: 'url' }],
    steps: [
      { type: 'navigate', url: '{{ url }}together' },
      { type: 'assert', selectors: ['h1'], text: 'Members' },
      {
        type: 'if',
        conditions: ['profile.name == "P2"'],
        // biome-ignore lint/suspicious/noThenProperty: the field's name in workflow files.
        then: [{ type: 'navigate', url: 'http://no-such-host.invalid/' }],
      },
    ],
  });
  await warren.command('workflow', 'import', path);
  const words = [
    'run',
    'Each',
    '--profile',
    'P1',
    'P2',
    'P3',
    '--parallel',
    '2',
    '--headless',
    '--json',
  ];
  const ran = await warren.command(...words, '--var', `url=${site.url}`);
  expect(ran.code).toBe(1);
  const events = eventsIn(ran.stdout);
  const [started] = events;
  const nameOf = (taskId: string) =>
    started.profiles.find((profile: { taskId: string }) => profile.taskId === taskId).name;
  let open = 0;
  let most = 0;
  for (const { type } of events) {
    if (type === 'task.started') open += 1;
    if (type === 'task.finished') open -= 1;
    most = Math.max(most, open);
  }
  expect(most).toBe(2);
  const ends = events.filter((event) => event.type === 'task.finished');
  expect(
    Object.fromEntries(ends.map((end) => [nameOf(end.taskId), end.failure?.reason ?? end.status])),
  ).toEqual({
    P1: 'succeeded',
    P2: 'urlNotResolved',
    P3: 'succeeded',
  });
  expect(events.at(-1)).toMatchObject({ type: 'run.finished', status: 'failed' });
});

test('a machine without a browser is told where was looked, and nothing is recorded', async () => {
  const before = (await warren.command('runs', 'list', '--json')).stdout;
  const refused = await collect(
    warren.spawn(['run', 'Each', '--profile', 'P1', '--headless', '--json', '--var', 'url=x'], {
      WARREN_BROWSER: '/nowhere/browser',
    }),
  );
  expect(refused.code).toBe(1);
  expect(JSON.parse(refused.stderr).error).toMatchObject({
    code: 'browserMissing',
    looked: ['/nowhere/browser'],
  });
  expect((await warren.command('runs', 'list', '--json')).stdout).toBe(before);
});

test('wrong usage ends with 2 and says what is wrong', async () => {
  for (const words of [
    ['nonsense'],
    ['run', 'Collect items'],
    ['profile', 'add'],
    ['profile', 'edit', 'Alice'],
    ['profile', 'add', 'X', '--viewport', 'large'],
    ['run', 'Collect items', '--profile', 'Alice', '--var', 'novalue'],
    ['runs', 'export', 'x', '--format', 'xml'],
    ['workflow', 'import', '/nowhere/at/all.json'],
    ['profile', 'list', '--passphrase-file', '/nowhere/passphrase'],
  ]) {
    const { code, stderr } = await warren.command(...words);
    expect(code, words.join(' ')).toBe(2);
    expect(stderr).not.toBe('');
    expect(stderr).not.toContain('    at ');
  }
  const help = await warren.command('--help');
  expect(help.code).toBe(0);
  for (const command of ['init', 'profile', 'workflow', 'run', 'runs', 'serve', 'doctor']) {
    expect(help.stdout).toContain(command);
  }
});

test('requests that are refused end with 1: unknown names, variables and a second init', async () => {
  const refused = async (code: string, ...words: string[]) => {
    const result = await warren.command(...words, '--json');
    expect(result.code, words.join(' ')).toBe(1);
    expect(JSON.parse(result.stderr).error.code).toBe(code);
  };
  await refused('notFound', 'profile', 'show', 'Nobody');
  await refused('notFound', 'run', 'Nothing', '--profile', 'Alice');
  await refused('invalid', 'run', 'Collect items', '--profile', 'Alice', '--var', 'other=1');
  await refused('vaultExists', 'init');
});

test('a wrong passphrase is answered in words; a passphrase file that others can read is warned about', async () => {
  const path = file('wrong-passphrase', 'not the passphrase\n');
  chmodSync(path, 0o644);
  const refused = await warren.command('profile', 'list', '--passphrase-file', path);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('chmod 600');
  expect(refused.stderr).not.toContain('not the passphrase');
  expect(refused.stdout).toBe('');
});

test('while another process holds the vault, commands talk to it; the vault is not opened twice', async () => {
  const slow = file('slow.json', {
    name: 'Slow',
    steps: [{ type: 'waitForElement', selectors: ['#never'], timeout: 20_000 }],
  });
  await warren.command('workflow', 'import', slow);
  const running = warren.spawn(['run', 'Slow', '--profile', 'Alice', '--headless', '--json']);
  let told = '';
  running.stdout?.on('data', (data) => {
    told += String(data);
  });
  await expect.poll(() => told).toContain('step.started');
  const runs = JSON.parse(
    (await warren.command('runs', 'list', '--status', 'running', '--json')).stdout,
  );
  expect(runs).toHaveLength(1);
  const busy = await warren.command('profile', 'remove', 'Alice', '--json');
  expect(JSON.parse(busy.stderr).error.code).toBe('profileBusy');
  const ended = new Promise((done) => running.once('close', done));
  running.kill('SIGINT');
  await ended;
  expect(told).toContain('"status":"cancelled"');
  expect(running.exitCode).toBe(1);
  expect(existsSync(join(warren.vault, 'host.json'))).toBe(false);
});

test('a vault that is missing, truncated or from a newer version says so', async () => {
  const code = async (vault: string) => {
    const result = await warren.command('profile', 'list', '--json', '--vault', vault);
    expect(result.code).toBe(1);
    return JSON.parse(result.stderr).error.code;
  };
  expect(await code(join(warren.folder, 'none'))).toBe('vaultMissing');
  const copy = join(warren.folder, 'copy');
  mkdirSync(copy);
  const header = readFileSync(join(warren.vault, 'vault.json'), 'utf8');
  writeFileSync(join(copy, 'vault.json'), header.replace('"version": 2', '"version": 7'));
  expect(await code(copy)).toBe('vaultNewer');
  writeFileSync(join(copy, 'vault.json'), header);
  writeFileSync(join(copy, 'vault.db'), readFileSync(join(warren.vault, 'vault.db')));
  truncateSync(join(copy, 'vault.db'), 8_192);
  expect(await code(copy)).toBe('vaultDamaged');
});

test('doctor names what it found', async () => {
  const { stdout } = await warren.command('doctor', '--json');
  const checks = JSON.parse(stdout).checks as { name: string; state: string }[];
  expect(checks.find((check) => check.name === 'browser')).toMatchObject({ state: 'good' });
  expect(checks.find((check) => check.name === 'runtime')).toMatchObject({ state: 'good' });
});
