/** What every engine of the relay's data has to do alike: its own test calls this with a way to open it. */
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { hash } from '../../crypto/digest.ts';
import { emptyChain, idRange, nextChain } from '../protocol/proofs.ts';
import { keptHidden, type Quotas, type RelayStore } from './relayStore.ts';

export interface Opened {
  readonly store: RelayStore;
  /** Ends the process without a word, as far as the engine can tell, and opens the same data again. */
  readonly reopen: (options?: { readonly restored?: boolean }) => Promise<RelayStore>;
  /** Lets the store's clock go on by so many milliseconds. */
  readonly wait: (time: number) => void;
}

const quotas: Quotas = { channelBytes: 10_000, channelRegisters: 3, channels: 4 };
const bytesOf = (text: string) => new TextEncoder().encode(text);
const channelOf = (n: number) => new Uint8Array(16).fill(n);
const keyOf = (n: number) => new Uint8Array(32).fill(n);
const texts = (list: readonly Uint8Array[]) => list.map((one) => new TextDecoder().decode(one));
const everything = 1_000_000;

export function storeConformance(name: string, open: (quotas: Quotas) => Promise<Opened>): void {
  describe(name, () => {
    const opened: Opened[] = [];
    afterEach(async () => {
      for (const { store } of opened.splice(0)) await store.close();
    });

    async function start(): Promise<Opened & { readonly channel: Uint8Array }> {
      const one = await open(quotas);
      opened.push(one);
      const channel = channelOf(1);
      expect(await one.store.create(channel, keyOf(1))).toBe(true);
      return { ...one, channel };
    }

    test('a channel is created once and keeps the key of whoever was first', async () => {
      const { store, channel } = await start();
      expect(await store.create(channel, keyOf(2))).toBe(false);
      expect((await store.channel(channel))?.key).toEqual(keyOf(1));
      expect(await store.channel(channelOf(9))).toBeNull();
    });

    test('an append is gapless, idempotent and survives', async () => {
      const { store, channel, reopen } = await start();
      const first = await store.append(channel, [bytesOf('a'), bytesOf('b')], []);
      expect(first.positions).toEqual([1, 2]);
      const again = await store.append(channel, [bytesOf('b'), bytesOf('c'), bytesOf('a')], []);
      expect(again.positions).toEqual([2, 3, 1]);
      expect(again.added.map(({ position }) => position)).toEqual([3]);
      const chain = ['a', 'b', 'c'].reduce(
        (so: Uint8Array, text) => nextChain(so, hash(bytesOf(text))),
        emptyChain,
      );
      expect(again).toMatchObject({ head: 3, chain });

      const next = await reopen();
      const page = await next.read(channel, 0, everything);
      expect(texts(page.entries.map(({ envelope }) => envelope))).toEqual(['a', 'b', 'c']);
      expect(page).toMatchObject({ head: 3, chain, end: 3, endChain: chain });
      expect(await next.chainAt(channel, 4)).toBeNull();
      expect(await next.chainAt(channel, 1)).toEqual(nextChain(emptyChain, hash(bytesOf('a'))));
      await next.close();
    });

    test('appends of the same moment keep their order and never share a place', async () => {
      const { store, channel } = await start();
      const all = await Promise.all(
        Array.from({ length: 50 }, (_, n) => store.append(channel, [bytesOf(`${n}`)], [])),
      );
      expect(all.flatMap(({ positions }) => positions)).toEqual(
        Array.from({ length: 50 }, (_, n) => n + 1),
      );
    });

    test('pages end where they are full and go on without a gap', async () => {
      const { store, channel } = await start();
      const envelopes = Array.from({ length: 30 }, (_, n) => bytesOf(`${n}`.padEnd(200, '.')));
      await store.append(channel, envelopes, []);
      const seen: string[] = [];
      for (let after = 0; after < 30; ) {
        const page = await store.read(channel, after, 1000);
        seen.push(...texts(page.entries.map(({ envelope }) => envelope)));
        expect(page.end).toBeGreaterThan(after);
        expect(page.endChain).toEqual(await store.chainAt(channel, page.end));
        after = page.end;
      }
      expect(seen).toEqual(texts(envelopes));
      const small = await store.read(channel, 0, 1);
      expect(small.entries).toHaveLength(1);
    });

    test('hiding takes what is named and was there before, and nothing else', async () => {
      const { store, channel } = await start();
      const named = [bytesOf('a'), bytesOf('b')];
      await store.append(channel, named, []);
      const unnamed = await store.append(channel, [bytesOf('c')], []);
      expect(unnamed.hidden).toBe(0);
      const whole = bytesOf('whole');
      const done = await store.append(
        channel,
        [whole],
        [...named.map(hash), hash(whole), hash(bytesOf('never seen'))],
      );
      expect(done.hidden).toBe(2);
      const page = await store.read(channel, 0, everything);
      expect(texts(page.entries.map(({ envelope }) => envelope))).toEqual(['c', 'whole']);
      expect(page.end).toBe(4);
      // Coming late with what is hidden brings it back for nobody.
      expect((await store.append(channel, named, [])).positions).toEqual([1, 2]);
      expect((await store.read(channel, 0, everything)).entries).toHaveLength(2);
      expect(texts(await store.fetch(channel, [hash(whole), ...named.map(hash)], 1000))).toEqual([
        'whole',
      ]);
    });

    test('what is hidden is purged after 30 days; its place, its chain and its id stay', async () => {
      const { store, channel, wait } = await start();
      await store.append(channel, [bytesOf('old')], []);
      await store.append(channel, [bytesOf('new')], [hash(bytesOf('old'))]);
      const before = (await store.channel(channel))?.bytes ?? 0;
      wait(keptHidden - 1);
      expect(await store.purge()).toEqual({ envelopes: 0, blobs: 0 });
      wait(2);
      expect(await store.purge()).toEqual({ envelopes: 1, blobs: 0 });
      expect((await store.channel(channel))?.bytes).toBe(before - 3);
      expect((await store.append(channel, [bytesOf('old')], [])).positions).toEqual([1]);
      expect(await store.chainAt(channel, 1)).toEqual(nextChain(emptyChain, hash(bytesOf('old'))));
    });

    test('ids of a range are the visible ones, in order', async () => {
      const { store, channel } = await start();
      const envelopes = Array.from({ length: 40 }, (_, n) => bytesOf(`${n}`));
      await store.append(channel, envelopes, []);
      const sorted = envelopes.map(hash).sort((a, b) => Buffer.compare(a, b));
      expect(await store.ids(channel, idRange)).toEqual(sorted);
      const [from, to] = [sorted[5] as Uint8Array, sorted[9] as Uint8Array];
      expect(await store.ids(channel, { from, to })).toEqual(sorted.slice(5, 10));
      await store.append(channel, [], [from]);
      expect(await store.ids(channel, { from, to })).toEqual(sorted.slice(6, 10));
    });

    test('a refused request stores nothing, others of the same moment are stored', async () => {
      const { store, channel } = await start();
      const large = new Uint8Array(9_000);
      const [fits, refused, small] = await Promise.allSettled([
        store.append(channel, [large], []),
        store.append(channel, [bytesOf('first'), new Uint8Array(2_000)], [hash(large)]),
        store.append(channel, [bytesOf('small')], []),
      ]);
      expect(fits.status).toBe('fulfilled');
      expect(refused).toMatchObject({ reason: { refusal: 'quota' } });
      expect(small).toMatchObject({ value: { positions: [2] } });
      expect((await store.read(channel, 0, everything)).entries).toHaveLength(2);
      await expect(store.append(channelOf(7), [large], [])).rejects.toMatchObject({
        refusal: 'unknownChannel',
      });
      for (const n of [2, 3, 4]) await store.create(channelOf(n), keyOf(n));
      await expect(store.create(channelOf(5), keyOf(5))).rejects.toMatchObject({
        refusal: 'quota',
      });
    });

    test('a key is followed by the next one, and an old one leads there', async () => {
      const { store, channel, reopen } = await start();
      const notice = bytesOf('notice');
      expect(await store.rotate(channel, keyOf(9), { next: keyOf(2), notice })).toBe(false);
      expect(await store.rotate(channel, keyOf(1), { next: keyOf(2), notice })).toBe(true);
      expect(await store.rotate(channel, keyOf(1), { next: keyOf(3), notice })).toBe(false);
      const next = await reopen();
      expect((await next.channel(channel))?.key).toEqual(keyOf(2));
      expect(await next.successor(channel, keyOf(1))).toEqual({ next: keyOf(2), notice });
      expect(await next.successor(channel, keyOf(2))).toBeNull();
      const newest = bytesOf('newest');
      expect(await next.rotate(channel, keyOf(2), { next: keyOf(3), notice: newest })).toBe(true);
      for (const old of [1, 2]) {
        expect(await next.successor(channel, keyOf(old))).toEqual({
          next: keyOf(3),
          notice: newest,
        });
      }
      await next.close();
    });

    test('a register is written by whoever knows its version, and tells its age', async () => {
      const { store, channel, wait } = await start();
      const register = channelOf(8);
      expect(await store.register(channel, register)).toEqual({
        version: 0,
        value: new Uint8Array(),
        age: 0,
      });
      const both = await Promise.all(
        ['A', 'B'].map((text) => store.setRegister(channel, register, 0, bytesOf(text))),
      );
      expect(both.map(({ set }) => set)).toEqual([true, false]);
      expect(both[1]?.slot).toMatchObject({ version: 1, value: bytesOf('A') });
      wait(1234);
      expect(await store.register(channel, register)).toMatchObject({ version: 1, age: 1234 });
      expect((await store.setRegister(channel, register, 1, bytesOf('C'))).slot).toEqual({
        version: 2,
        value: bytesOf('C'),
        age: 0,
      });
      for (const n of [20, 21]) await store.setRegister(channel, channelOf(n), 0, bytesOf('x'));
      await expect(
        store.setRegister(channel, channelOf(22), 0, bytesOf('x')),
      ).rejects.toMatchObject({ refusal: 'quota' });
    });

    test('a blob is written part by part, resumed, read in parts and dropped', async () => {
      const { store, channel, reopen } = await start();
      const whole = Uint8Array.from({ length: 1000 }, (_, n) => n % 251);
      const blob = hash(whole);
      const put = (s: RelayStore, from: number, to: number) =>
        s.putBlob(channel, blob, whole.length, from, whole.subarray(from, to));
      expect(await put(store, 0, 400)).toEqual({ size: 1000, received: 400 });
      await expect(put(store, 500, 600)).rejects.toMatchObject({ refusal: 'badOffset' });
      await expect(store.getBlob(channel, blob, 0, 10)).rejects.toMatchObject({
        refusal: 'unknownBlob',
      });
      const next = await reopen();
      expect(await put(next, 300, 1000)).toEqual({ size: 1000, received: 1000 });
      expect(await put(next, 0, 400)).toEqual({ size: 1000, received: 1000 });
      expect(await next.getBlob(channel, blob, 250, 20)).toEqual({
        size: 1000,
        bytes: whole.subarray(250, 270),
      });
      expect((await next.getBlob(channel, blob, 995, 20)).bytes).toEqual(whole.subarray(995));
      expect((await next.channel(channel))?.bytes).toBe(1000);
      await next.dropBlob(channel, blob);
      expect(await next.blob(channel, blob)).toBeNull();
      expect((await next.channel(channel))?.bytes).toBe(0);
      await expect(
        next.putBlob(channel, keyOf(4), 20_000, 0, new Uint8Array(20_000)),
      ).rejects.toMatchObject({ refusal: 'quota' });
      await next.close();
    });

    test('parts of two writers of one blob do not mix', async () => {
      const { store, channel } = await start();
      const whole = Uint8Array.from({ length: 5000 }, (_, n) => (n * 7) % 256);
      const write = async () => {
        for (let from = 0; from < 5000; from += 500) {
          const bytes = whole.subarray(from, from + 500);
          await store.putBlob(channel, hash(whole), 5000, from, bytes);
        }
      };
      await Promise.all([write(), write()]);
      expect((await store.getBlob(channel, hash(whole), 0, 5000)).bytes).toEqual(whole);
      expect((await store.channel(channel))?.bytes).toBe(5000);
    });

    test('unfinished blobs go after 30 days', async () => {
      const { store, channel, wait } = await start();
      await store.putBlob(channel, keyOf(3), 100, 0, new Uint8Array(50));
      wait(keptHidden + 1);
      expect(await store.purge()).toEqual({ envelopes: 0, blobs: 1 });
      expect(await store.channel(channel)).toMatchObject({ bytes: 0 });
    });

    test('erasing leaves nothing, and the channel can be made again', async () => {
      const { store, channel } = await start();
      await store.append(channel, [bytesOf('a')], []);
      await store.setRegister(channel, channelOf(8), 0, bytesOf('x'));
      await store.putBlob(channel, keyOf(3), 4, 0, new Uint8Array(4));
      await store.erase(channel);
      expect(await store.channel(channel)).toBeNull();
      expect(await store.create(channel, keyOf(2))).toBe(true);
      expect(await store.channel(channel)).toMatchObject({ head: 0, bytes: 0 });
      expect(await store.blob(channel, keyOf(3))).toBeNull();
      expect(await store.register(channel, channelOf(8))).toMatchObject({ version: 0 });
    });

    test('the incarnation stays, until the data was put back from a backup', async () => {
      const { store, reopen } = await start();
      const before = store.incarnation.slice();
      const same = await reopen();
      expect(same.incarnation).toEqual(before);
      await same.close();
      const another = await reopen({ restored: true });
      expect(another.incarnation).not.toEqual(before);
      await another.close();
    });

    test('any sequence of appends and hidings shows what a list in memory would', async () => {
      const step = fc.record({
        add: fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 4 }),
        hide: fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 3 }),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
          const { store, channel } = await start();
          const log: { text: string; hidden: boolean }[] = [];
          for (const { add, hide } of steps) {
            const before = log.length;
            await store.append(
              channel,
              add.map((n) => bytesOf(`${n}`)),
              hide.map((n) => hash(bytesOf(`${n}`))),
            );
            for (const n of add) {
              if (!log.some(({ text }) => text === `${n}`))
                log.push({ text: `${n}`, hidden: false });
            }
            for (const entry of log.slice(0, before)) {
              if (hide.some((n) => entry.text === `${n}`)) entry.hidden = true;
            }
          }
          const page = await store.read(channel, 0, everything);
          const visible = log.flatMap(({ text, hidden }, at) => (hidden ? [] : [[at + 1, text]]));
          expect(
            page.entries.map((one) => [one.position, new TextDecoder().decode(one.envelope)]),
          ).toEqual(visible);
          expect(page.head).toBe(log.length);
        }),
        { numRuns: 30 },
      );
    });
  });
}
