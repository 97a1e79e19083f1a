import { expect, it } from 'vitest';
import { profileInputSchema } from '../profile.ts';
import { alignmentTo } from './alignment.ts';
import { languagesFor, languagesOf } from './languages.ts';
import { isZoneOf, sameZone, zonesOf } from './zones.ts';
import { zoneTable } from './zoneTable.ts';

const countries = [
  ...new Set(
    zoneTable
      .trim()
      .split('\n')
      .map((line) => line.slice(0, 2)),
  ),
];

it('knows a language, a zone and a place for every country, all of which a profile takes', () => {
  expect(countries.length).toBeGreaterThan(240);
  const refused = countries.filter((country) => {
    const alignment = alignmentTo(country);
    return !profileInputSchema.safeParse({ name: 'x', ...alignment }).success || !alignment;
  });
  expect(refused).toEqual([]);
});

it('says what is usual in a country', () => {
  expect(alignmentTo('DE')).toEqual({
    locale: 'de-DE',
    languages: ['de-DE', 'de', 'en-US', 'en'],
    timeZone: 'Europe/Berlin',
    geolocation: { latitude: 52.5, longitude: 13.3667, accuracy: 50_000 },
  });
  expect(alignmentTo('TW')?.locale).toBe('zh-TW');
  expect(alignmentTo('VN')).toMatchObject({ locale: 'vi-VN', timeZone: 'Asia/Ho_Chi_Minh' });
  expect(alignmentTo('BR')?.geolocation).toMatchObject({ latitude: -23.5333, longitude: -46.6167 });
});

it('takes the zone of most people, and offers the others', () => {
  expect(['US', 'RU', 'AU', 'CA', 'BR', 'UA'].map((one) => zonesOf(one)[0]?.name)).toEqual([
    'America/New_York',
    'Europe/Moscow',
    'Australia/Sydney',
    'America/Toronto',
    'America/Sao_Paulo',
    'Europe/Kyiv',
  ]);
  expect(zonesOf('RU')).toHaveLength(26);
  expect(alignmentTo('US', 'America/Los_Angeles')).toMatchObject({
    locale: 'en-US',
    timeZone: 'America/Los_Angeles',
    geolocation: { latitude: 34.0522, longitude: -118.2428 },
  });
});

it('says nothing of what is no country, or no zone of it', () => {
  expect(alignmentTo('ZZ')).toBeNull();
  expect(alignmentTo('de')).toBeNull();
  expect(alignmentTo('DE', 'Asia/Tokyo')).toBeNull();
  expect(isZoneOf('ZZ', 'Asia/Tokyo')).toBe(false);
});

it('knows zones by their older names', () => {
  expect(isZoneOf('UA', 'Europe/Kiev')).toBe(true);
  expect(sameZone('Asia/Saigon', 'Asia/Ho_Chi_Minh')).toBe(true);
  expect(sameZone('Europe/Paris', 'Europe/Berlin')).toBe(false);
});

it('lists languages as Chromium does', () => {
  expect(languagesFor('en-US')).toEqual(['en-US', 'en']);
  expect(languagesFor('en-GB')).toEqual(['en-GB', 'en-US', 'en']);
  expect(languagesFor('vi')).toEqual(['vi', 'en-US', 'en']);
  const told = (languages: string[]) => languagesOf({ locale: 'de-DE', languages }).join();
  expect(told([])).toBe('de-DE,de,en-US,en');
  expect(told(['fr'])).toBe('fr');
  expect(told(['fr-CH', 'fr', 'de-CH'])).toBe('fr-CH,fr,de-CH,de');
  expect(told(['de-AT', 'de-DE', 'en-US', 'de'])).toBe('de-AT,de-DE,de,en-US,en');
  expect(languagesOf({ locale: null, languages: [] })).toEqual([]);
});
