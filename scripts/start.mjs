// `npm start`: sets up what is missing and opens Warren, in Electron where its binary is there or can be
// fetched, else served on loopback in an installed browser; without a screen it prints the address.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildWhenStale, node, root, run, runToEnd, setUp } from './setup.mjs';

await setUp();
await buildWhenStale();

const args = process.argv.slice(2);
const served = args.includes('--served');
const rest = args.filter((arg) => arg !== '--served');
const screen =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);

if (!served && screen && (await electronIsThere())) {
  process.exitCode = await run(node, [join(root, 'node_modules/electron/cli.js'), root, ...rest]);
} else {
  process.exitCode = await runToEnd([
    'app/cli/main.ts',
    'serve',
    ...(screen ? ['--open'] : []),
    ...rest,
  ]);
}

/** Fetches the binary once where it is missing; without it the served shell is the way on. */
async function electronIsThere() {
  const marker = join(root, 'node_modules/electron/path.txt');
  if (existsSync(marker)) return true;
  console.error('Fetching Electron …');
  await run(node, [join(root, 'node_modules/electron/install.js')], { quiet: true });
  if (existsSync(marker)) return true;
  console.error('Electron’s binary could not be fetched; Warren opens in your browser instead.');
  return false;
}
