import { expect, test } from 'vitest';
import { isLocalHost } from './localAddress.ts';

test.each([
  'localhost',
  'LOCALHOST.',
  'app.localhost',
  'printer.local',
  '127.0.0.1',
  '127.255.0.9',
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '169.254.169.254',
  '172.31.255.255',
  '192.168.1.1',
  '[::1]',
  '::',
  'fd00::1',
  'fe80::1',
  '::ffff:127.0.0.1',
  '[::ffff:7f00:1]',
  '::ffff:a00:1',
])('%s is of this machine or the networks around it', (host) => {
  expect(isLocalHost(host)).toBe(true);
});

test.each([
  'example.org',
  'localhost.example.org',
  '1.1.1.1',
  '172.32.0.1',
  '192.169.0.1',
  '[2001:db8::1]',
  '::ffff:1.1.1.1',
])('%s is elsewhere', (host) => {
  expect(isLocalHost(host)).toBe(false);
});
