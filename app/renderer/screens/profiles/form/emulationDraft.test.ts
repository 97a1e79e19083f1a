import { expect, it } from 'vitest';
import { headerLines, headersOf, placeWith } from './emulationDraft.ts';

it('a place begins with one degree and ends with none', () => {
  const begun = placeWith(null, { latitude: 52.5 });
  expect(begun).toEqual({ latitude: 52.5, longitude: Number.NaN, accuracy: 20 });
  const whole = placeWith(begun, { longitude: 13.4 });
  expect(whole).toEqual({ latitude: 52.5, longitude: 13.4, accuracy: 20 });
  expect(placeWith(whole, { accuracy: 5 })?.accuracy).toBe(5);
  expect(placeWith(placeWith(whole, { latitude: null }), { longitude: null })).toBeNull();
});

it('headers are lines, whatever is in their values', () => {
  const headers = [{ name: 'X-Time', value: '10:30' }];
  expect(headersOf(headerLines(headers))).toEqual(headers);
  expect(headersOf(['DNT:1', 'no colon'])).toEqual([
    { name: 'DNT', value: '1' },
    { name: 'no colon', value: '' },
  ]);
});
