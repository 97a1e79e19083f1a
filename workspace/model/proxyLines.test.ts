import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProxyInput } from './proxy.ts';
import { proxyAddress } from './proxyAddress.ts';
import { type ProxyLinesOptions, readProxyLines } from './proxyLines.ts';

const options: ProxyLinesOptions = { type: 'http', order: null };
const read = (text: string, more: Partial<ProxyLinesOptions> = {}) =>
  readProxyLines(text, { ...options, ...more });

/** @returns `type://user:pass@host:port` as it was read, `?` for one to ask about, or why not. */
function short(text: string, more: Partial<ProxyLinesOptions> = {}): string {
  const [line] = read(text, more);
  if (line?.state === 'refused') return line.problem;
  if (line?.state !== 'read') return line ? '?' : '';
  const { username, password } = line.proxy;
  const [scheme, rest] = proxyAddress(line.proxy).split('://');
  return `${scheme}://${username || password ? `${username}:${password}@` : ''}${rest}`;
}

describe('the formats that providers hand out', () => {
  test.each([
    ['10.1.2.3:8080', 'http://10.1.2.3:8080'],
    ['Proxy.Example:8080', 'http://proxy.example:8080'],
    ['proxy.example:8080:bob:secret', 'http://bob:secret@proxy.example:8080'],
    ['bob:secret:proxy.example:8080', 'http://bob:secret@proxy.example:8080'],
    ['bob:secret@proxy.example:8080', 'http://bob:secret@proxy.example:8080'],
    ['proxy.example:8080@bob:secret', 'http://bob:secret@proxy.example:8080'],
    ['socks5://bob:secret@10.1.2.3:1080', 'socks5://bob:secret@10.1.2.3:1080'],
    ['socks5h://10.1.2.3:1080', 'socks5://10.1.2.3:1080'],
    ['SOCKS4A://10.1.2.3:1080', 'socks4://10.1.2.3:1080'],
    ['https://proxy.example:443/', 'https://proxy.example:443'],
    ['socks5://10.1.2.3:1080:bob:secret', 'socks5://bob:secret@10.1.2.3:1080'],
    ['http://bob:p%40ss%3Aword@proxy.example:80', 'http://bob:p@ss:word@proxy.example:80'],
    ['bob:p@ss@proxy.example:80', 'http://bob:p@ss@proxy.example:80'],
    ['proxy.example:80:bob:se:cr:et', 'http://bob:se:cr:et@proxy.example:80'],
    ['bob:se:cret:proxy.example:80', 'http://bob:se:cret@proxy.example:80'],
    ['proxy.example 8080 bob secret', 'http://bob:secret@proxy.example:8080'],
    ['proxy.example\t8080\tbob\tsecret', 'http://bob:secret@proxy.example:8080'],
    ['proxy.example,8080,bob,se:cret', 'http://bob:se:cret@proxy.example:8080'],
    ['proxy.example;8080', 'http://proxy.example:8080'],
    ['proxy.example|8080|bob|secret', 'http://bob:secret@proxy.example:8080'],
    ['[2001:db8::1]:1080', 'http://[2001:db8::1]:1080'],
    ['bob:secret@[2001:db8::1]:1080', 'http://bob:secret@[2001:db8::1]:1080'],
    ['proxy.example:8080:bob', 'http://bob:@proxy.example:8080'],
    ['user-country-de:8080:proxy.example:22225', 'http://user-country-de:8080@proxy.example:22225'],
  ])('%s', (text, expected) => {
    expect(short(text)).toBe(expected);
  });

  test('an address that changes the exit may follow', () => {
    expect(short('proxy.example:80:bob:x [https://change.example/?t=a b]')).toMatch(/^http/);
    const [good] = read('proxy.example:80:bob:x[https://change.example/?t=1]');
    expect(good).toMatchObject({
      state: 'read',
      proxy: { host: 'proxy.example', password: 'x', changeIpUrl: 'https://change.example/?t=1' },
    });
    expect(short('proxy.example:80 [not an address]')).toBe('badAddress');
    expect(short('proxy.example:80 [ftp://x]')).toBe('badAddress');
  });

  test('where both ways round make sense, it is asked, and what is answered counts', () => {
    const text = '10.0.0.1:1080:10.0.0.2:2080';
    expect(short(text)).toBe('?');
    expect(short(text, { order: 'hostFirst' })).toBe('http://10.0.0.2:2080@10.0.0.1:1080');
    expect(short(text, { order: 'userFirst' })).toBe('http://10.0.0.1:1080@10.0.0.2:2080');
    expect(short('abc:1080:def:2080')).toBe('?');
    // What can be read one way only is, whatever was answered.
    expect(short('proxy.example:80:bob:x', { order: 'userFirst' })).toBe(
      'http://bob:x@proxy.example:80',
    );
  });

  test('what is no proxy says why, by its line; comments and blank lines are none', () => {
    const lines = read(
      '\uFEFF# mine\r\n\r\nproxy.example\nproxy.example:99999\nbad_host!:80\nftp://a.example:21\n999.1.1.1:80\n// end',
      { type: 'socks5' },
    );
    expect(lines.map((one) => [one.line, one.state === 'refused' && one.problem])).toEqual([
      [3, 'noPort'],
      [4, 'badPort'],
      [5, 'badHost'],
      [6, 'badScheme'],
      [7, 'badHost'],
    ]);
    expect(short('10.1.2.3:1080', { type: 'socks5' })).toBe('socks5://10.1.2.3:1080');
  });

  test('a JSON list, of objects or of lines', () => {
    const list = [
      {
        name: ' Home ',
        type: 'SOCKS5',
        host: '10.1.2.3',
        port: '1080',
        username: 'a',
        password: 'b',
      },
      { host: 'proxy.example', port: 8080 },
      'proxy.example:81:bob:x',
      { host: 'proxy.example', port: 0 },
      7,
    ];
    const lines = read(JSON.stringify(list));
    expect(lines.map(({ state }) => state)).toEqual(['read', 'read', 'read', 'refused', 'refused']);
    expect(lines[0]).toMatchObject({ proxy: { name: 'Home', type: 'socks5', port: 1080 } });
  });
});

const hostOf = fc.oneof(fc.ipV4(), fc.domain());
const text = fc
  .string({ minLength: 1, maxLength: 20 })
  .filter((one) => !/[\s:@|;,[\]#/%]/.test(one));

test('what is written as an address with its login is read back the same', () => {
  const proxy = fc.record({
    type: fc.constantFrom<ProxyInput['type']>('http', 'https', 'socks4', 'socks5'),
    host: hostOf,
    port: fc.integer({ min: 1, max: 65535 }),
    username: text,
    password: fc.string({ minLength: 1, maxLength: 20 }),
  });
  fc.assert(
    fc.property(proxy, ({ type, host, port, username, password }) => {
      const login = `${encodeURIComponent(username)}:${encodeURIComponent(password)}`;
      const [line] = read(`${type}://${login}@${host}:${port}`);
      expect(line).toMatchObject({
        state: 'read',
        proxy: { type, host: host.toLowerCase(), port, username, password },
      });
    }),
  );
});

test('no text breaks it, and what is read could be stored', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200, unit: 'binary' }), (any) => {
      for (const line of read(any)) {
        if (line.state !== 'read') continue;
        expect(line.proxy.port).toBeGreaterThan(0);
        expect(line.proxy.host).not.toMatch(/[\s@]/);
      }
    }),
    { numRuns: 2_000 },
  );
});
