import { type TOTP, URI } from 'otpauth';
import { expect, test } from 'vitest';
import { systemRandom } from '../../crypto/random.ts';
import { newVault } from '../testing.ts';
import { createStepUp } from './stepUp.ts';

async function setUp() {
  const { vault } = await newVault();
  const clock = { now: 1_800_000_000_000 };
  const stepUp = createStepUp(vault.store, systemRandom, () => clock.now);
  const { uri } = stepUp.begin();
  const phone = URI.parse(uri) as TOTP;
  const code = () => phone.generate({ timestamp: clock.now });
  return { vault, clock, stepUp, code };
}

test('it is on only after a right code, and then takes codes of this minute, each once', async () => {
  const { clock, stepUp, code } = await setUp();
  expect(stepUp.isOn()).toBe(false);
  expect(() => stepUp.confirm('000000')).toThrow('stepUpRefused');
  expect(stepUp.isOn()).toBe(false);
  const first = code();
  stepUp.confirm(first);
  expect(stepUp.isOn()).toBe(true);
  expect(() => stepUp.verify(first)).toThrow('stepUpRefused');
  clock.now += 30_000;
  const second = code();
  stepUp.verify(`${second.slice(0, 3)} ${second.slice(3)}`);
  expect(() => stepUp.verify(second)).toThrow('stepUpRefused');
  const old = code();
  clock.now += 120_000;
  expect(() => stepUp.verify(old)).toThrow('stepUpRefused');
});

test('a recovery code counts once, however it is typed', async () => {
  const { stepUp, code } = await setUp();
  const codes = stepUp.confirm(code());
  expect(new Set(codes).size).toBe(10);
  const [one = '', two = ''] = codes;
  stepUp.verify(one.toLowerCase().replace('-', ' '));
  expect(stepUp.recoveryCodesLeft()).toBe(9);
  expect(() => stepUp.verify(one)).toThrow('stepUpRefused');
  stepUp.verify(two);
});

test('after five wrong codes even a right one has to wait', async () => {
  const { clock, stepUp, code } = await setUp();
  stepUp.confirm(code());
  clock.now += 30_000;
  for (let n = 0; n < 5; n++) expect(() => stepUp.verify('123456')).toThrow('stepUpRefused');
  expect(() => stepUp.verify(code())).toThrow('stepUpRefused');
  clock.now += 61_000;
  stepUp.verify(code());
});

test('turned off it asks for nothing and forgets its secret', async () => {
  const { vault, stepUp, code } = await setUp();
  stepUp.confirm(code());
  stepUp.turnOff();
  expect(stepUp.isOn()).toBe(false);
  expect(stepUp.recoveryCodesLeft()).toBe(0);
  expect(vault.database.prepare("select 1 from secret where name = 'totp'").get()).toBeUndefined();
});
