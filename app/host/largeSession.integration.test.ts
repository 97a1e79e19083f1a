/**
 * A site that stores much: its profile closes and opens with all of it, and the host, through which the sealing
 * goes, needs about as much memory as for a small one.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { startSite } from '../../agent/testing/site.ts';
import { closeDatabase } from '../../workspace/store/database.ts';
import { newVault } from '../../workspace/testing.ts';
import { inProfile, type RunningHost, startHost } from './faults/hostUnderTest.ts';

const megabyte = 1_000_000;
const stored = process.env.WARREN_SLOW === '1' ? 500 : 120;

const openBase = `new Promise((done, failed) => {
  const opening = indexedDB.open('much', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('parts');
  opening.onsuccess = () => done(opening.result);
  opening.onerror = failed;
})`;

/** Random, so that nothing of it can be packed away; half in the database, half in the cache. */
const store = `(async () => {
  const base = await ${openBase};
  const cache = await caches.open('much');
  for (let n = 0; n < ${stored}; n++) {
    const part = new Uint8Array(${megabyte});
    for (let at = 0; at < part.length; at += 50_000) crypto.getRandomValues(part.subarray(at, at + 50_000));
    if (n % 2) await cache.put('/part/' + n, new Response(part));
    else await new Promise((done, failed) => {
      const writing = base.transaction('parts', 'readwrite');
      writing.objectStore('parts').put(part, n);
      writing.oncomplete = done;
      writing.onerror = failed;
    });
  }
  base.close();
})()`;

/** @returns the bytes that are there. */
const count = `(async () => {
  const base = await ${openBase};
  let bytes = 0;
  for (let n = 0; n < ${stored}; n++) {
    const answer = await caches.match('/part/' + n);
    if (answer) bytes += (await answer.arrayBuffer()).byteLength;
    else bytes += await new Promise((done, failed) => {
      const reading = base.transaction('parts').objectStore('parts').get(n);
      reading.onsuccess = () => done(reading.result?.length ?? 0);
      reading.onerror = failed;
    });
  }
  base.close();
  return bytes;
})()`;

/**
 * Megabytes that the host took at the most since it was asked for the last time.
 *
 * Source: proc_pid_status(5) for the mark, proc_pid_clear_refs(5) for setting it back.
 */
function mostMemory({ child }: RunningHost): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
  writeFileSync(`/proc/${child.pid}/clear_refs`, '5');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1_000);
}

test.skipIf(process.platform !== 'linux')(
  `${stored} MB of a site are sealed and there again, with little memory`,
  async () => {
    const site = await startSite({ '/': '<p>page</p>' });
    onTestFinished(() => site.close());
    const { vault, dir } = await newVault();
    closeDatabase(vault.database);
    const host = await startHost(dir);
    for (const name of ['Small', 'Large']) await host.call('profiles.add', { input: { name } });
    const at = (profile: string, script: string) =>
      inProfile(host, profile, site.origin, (page) => page.evaluate<number>(script));
    // Not what unlocking took: the derivation of the key is made to need much.
    mostMemory(host);
    for (let round = 0; round < 2; round++) {
      await at('Small', '1');
      await host.call('profiles.close', { profile: 'Small' });
    }
    const small = mostMemory(host);
    await at('Large', store);
    await host.call('profiles.close', { profile: 'Large' });
    const closed = mostMemory(host);
    expect(await at('Large', count)).toBe(stored * megabyte);
    await host.call('profiles.close', { profile: 'Large' });
    const again = mostMemory(host);
    console.log(`the host's memory at most: ${small} MB, closing ${closed} MB, again ${again} MB`);
    // What is read by streams stays far below what is stored; a copy of it as text would be more than it.
    expect(Math.max(closed, again) - small).toBeLessThan(stored * 0.75);
  },
  600_000,
);
