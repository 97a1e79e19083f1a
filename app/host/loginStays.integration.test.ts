/** What a real site keeps of somebody who logged in is there again after closing, and in no other profile. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startLoginSite } from '../../agent/testing/loginSite.ts';
import { createContents } from '../../workspace/contents.ts';
import { closeDatabase } from '../../workspace/store/database.ts';
import { newVault, testPassphrase } from '../../workspace/testing.ts';
import { openVault } from '../../workspace/vault/vault.ts';
import { inProfile, show, startHost } from './faults/hostUnderTest.ts';

/** Leaves what a site keeps for its next visit. */
const keep = `(async () => {
  await new Promise((done, failed) => {
    const opening = indexedDB.open('notes', 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore('notes').put('mine', 'first');
    opening.onsuccess = () => { opening.result.close(); done(); };
    opening.onerror = failed;
  });
  await navigator.serviceWorker.register('/worker.js');
  await navigator.serviceWorker.ready;
})()`;

const look = `(async () => ({
  who: document.querySelector('#who').textContent,
  name: localStorage.name ?? null,
  notes: (await indexedDB.databases()).length === 0 ? null : await new Promise((done, failed) => {
    const opening = indexedDB.open('notes');
    opening.onsuccess = () => {
      const reading = opening.result.transaction('notes').objectStore('notes').get('first');
      reading.onsuccess = () => { opening.result.close(); done(reading.result); };
    };
    opening.onerror = failed;
  }),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
}))()`;

const loggedIn = { who: 'ada ada', name: 'ada-stored', notes: 'mine', workers: 1 };
const nobody = { who: 'nobody nobody', name: null, notes: null, workers: 0 };

async function setUp() {
  const site = await startLoginSite();
  onTestFinished(() => site.close());
  const { vault, dir } = await newVault();
  closeDatabase(vault.database);
  const host = await startHost(dir);
  for (const name of ['Alice', 'Bob']) await host.call('profiles.add', { input: { name } });
  await inProfile(host, 'Alice', site.loginOf('ada'), (page) => page.evaluate(keep));
  return { site, dir, host };
}

test('who logged in is still logged in, with database and service worker, and only there', async () => {
  const { site, host } = await setUp();
  const seen = (profile: string) =>
    inProfile(host, profile, site.home, (page) => page.evaluate(look));
  expect(await seen('Alice')).toEqual(loggedIn);
  expect(await seen('Bob')).toEqual(nobody);
  await host.call('profiles.closeAll', {});
  expect(await seen('Alice')).toEqual(loggedIn);
  await host.call('profiles.closeAll', {});
  // The site has given the other a cookie of its own meanwhile; that is all.
  expect(await seen('Bob')).toEqual({ ...nobody, who: 'anonymous nobody' });
}, 120_000);

const node = join(import.meta.dirname, '../../node_modules/node/bin/node');

/** The version of the tables that a browser's database is written in. */
function makeNewer(database: string): void {
  const change =
    "update meta set value = '9999' where key in ('version', 'last_compatible_version')";
  const script =
    "const base = new (require('node:sqlite').DatabaseSync)(process.argv[1]); base.exec(process.argv[2]);";
  execFileSync(node, ['-e', script, database, change]);
}

test('a folder that a newer browser has used opens, with the login from what was captured', async () => {
  const { site, dir, host } = await setUp();
  await host.call('profiles.closeAll', {});
  await host.call('vault.lock', {});
  await host.ended;

  const vault = await openVault(dir, testPassphrase);
  const { profiles, sessions } = createContents(vault);
  const { id, name } = profiles.get('Alice');
  const { userDataDir } = await sessions.open(id, name);
  writeFileSync(join(userDataDir, 'Last Version'), '999.0.1.2');
  for (const file of ['Cookies', 'Web Data', 'History', 'Login Data']) {
    makeNewer(join(userDataDir, 'Default', file));
  }
  await sessions.close(id);
  closeDatabase(vault.database);

  // The browser empties the cookies' database, which it can not read, and says nothing of it.
  expect(await show(await startHost(dir), site.home)).toContain('ada ada');
}, 120_000);
