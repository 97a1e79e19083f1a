/** Commands on a real terminal: what is asked, and that a passphrase is never shown. */
import { spawn } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { newWarren } from './support/warren.ts';

const passphrase = 'typed-passphrase-canary';

interface Terminal {
  shown(): string;
  type(line: string): void;
  readonly ended: Promise<number>;
}

/** util-linux `script` gives the command a terminal of its own. */
function onTerminal(commandLine: string): Terminal {
  const child = spawn('script', ['-qec', commandLine, '/dev/null'], {
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  let shown = '';
  child.stdout.on('data', (data) => {
    shown += String(data);
  });
  return {
    shown: () => shown,
    type: (line) => child.stdin.write(`${line}\r`),
    ended: new Promise((done) => child.once('close', (code) => done(code ?? -1))),
  };
}

test.skip(process.platform !== 'linux', 'the terminal is made with util-linux script');

test('init asks for a passphrase and for words, and shows nothing that is secret but the words', async () => {
  const warren = newWarren(passphrase);
  const terminal = onTerminal(warren.commandLine('init', '--kdf', 'minimum'));
  const asked = (pattern: RegExp) =>
    expect.poll(() => terminal.shown(), { intervals: [5] }).toMatch(pattern);
  await asked(/Passphrase: $/);
  terminal.type(passphrase);
  await asked(/again: $/);
  terminal.type(passphrase);
  for (let n = 1; n <= 3; n++) {
    await expect.poll(() => terminal.shown().match(/Word \d+: /g)?.length).toBe(n);
    const position = Number(
      terminal
        .shown()
        .match(/Word (\d+): /g)
        ?.at(-1)
        ?.match(/\d+/)?.[0],
    );
    const word = new RegExp(`\\b${position}\\. ([a-z]+)`).exec(terminal.shown())?.[1];
    terminal.type(word ?? '');
  }
  expect(await terminal.ended).toBe(0);
  expect(terminal.shown()).not.toContain(passphrase);
  expect((await warren.command('profile', 'list', '--json')).stdout).toBe('[]\n');

  const again = onTerminal(warren.commandLine('profile', 'list'));
  await expect.poll(() => again.shown(), { intervals: [5] }).toMatch(/Passphrase: $/);
  again.type('another-canary');
  expect(await again.ended).toBe(1);
  expect(again.shown()).not.toContain('another-canary');
  expect(again.shown()).toContain('does not open the vault');
  await warren.dispose();
});
