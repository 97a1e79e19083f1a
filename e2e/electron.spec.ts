/** The Electron shell, where its binary is: the same page, unlocked through a port of the window's own. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, expect, test } from '@playwright/test';

const root = join(import.meta.dirname, '..');
const marker = join(root, 'node_modules/electron/path.txt');

test('the Electron shell opens the page on a vault of its own', async () => {
  test.skip(
    !existsSync(marker),
    'Electron’s binary is not on this machine: run "npm start" with a screen once.',
  );
  const userData = mkdtempSync(join(tmpdir(), 'warren-electron-'));
  const app = await _electron.launch({
    args: [
      root,
      `--user-data-dir=${userData}`,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  const window = await app.firstWindow();
  await expect(window.getByRole('button', { name: 'Get started' })).toBeVisible();
  expect(await window.evaluate(() => typeof (globalThis as { require?: unknown }).require)).toBe(
    'undefined',
  );
  await app.close();
  rmSync(userData, { recursive: true, force: true });
});
