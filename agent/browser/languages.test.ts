import { expect, it } from 'vitest';
import { languageSwitch, sayingLanguages } from './languages.ts';

const message = (value: object) => Buffer.from(`${JSON.stringify(value)}\0`);
const override = {
  id: 1_234_567_890,
  method: 'Emulation.setUserAgentOverride',
  params: { userAgent: 'x', acceptLanguage: 'de-DE' },
  sessionId: 'A',
};

it('puts the whole list in the place of the one language, and keeps the rest', () => {
  const amended = sayingLanguages(['de-DE', 'de', 'en'])(message(override));
  expect(amended.at(-1)).toBe(0);
  expect(JSON.parse(amended.subarray(0, -1).toString())).toEqual({
    ...override,
    params: { userAgent: 'x', acceptLanguage: 'de-DE,de,en' },
  });
});

it('leaves every other message as it came, what is only quoted too', () => {
  const others = [
    { id: 1, method: 'Page.navigate', params: { url: 'https://a.example/' } },
    { id: 2, method: 'Runtime.evaluate', params: { expression: JSON.stringify(override) } },
  ].map(message);
  for (const other of others) expect(sayingLanguages(['de'])(other)).toBe(other);
});

it('changes nothing where no language is set', () => {
  const untouched = message(override);
  expect(sayingLanguages([])(untouched)).toBe(untouched);
  expect(languageSwitch([])).toEqual([]);
  expect(languageSwitch(['de-DE', 'de'])).toEqual(['--accept-lang=de-DE,de']);
});
