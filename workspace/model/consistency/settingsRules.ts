/** Settings of a profile that contradict each other. */
import { languagesOf } from '../places/languages.ts';
import type { ProfileInput } from '../profile.ts';
import type { Contradiction } from './contradiction.ts';
import { isMobileAgent } from './userAgent.ts';

/** CSS pixels. No phone is wider, held upright; most tablets are not. */
const widestMobile = 1_024;
/** Device pixels for one of CSS: phones have more than this, other screens less than that. */
const ratios = { phone: 1.5, other: 3 } as const;

export function contradictionsWithin(settings: ProfileInput): Contradiction[] {
  return [
    ...ofLanguages(settings),
    ...ofDevice(settings),
    ...ofUserAgent(settings),
    ...ofPlace(settings),
  ];
}

function ofLanguages(settings: ProfileInput): Contradiction[] {
  const { locale, extraHeaders } = settings;
  const told = languagesOf(settings);
  const found: Contradiction[] = [];
  if (locale !== null && told.length > 0 && baseOf(told[0]) !== baseOf(locale)) {
    const isListed = told.some((tag) => baseOf(tag) === baseOf(locale));
    found.push({
      severity: isListed ? 'odd' : 'severe',
      field: 'languages',
      code: isListed ? 'localeNotFirst' : 'localeNotListed',
      values: { locale, first: told[0] ?? '' },
      fix: 'ownLanguages',
    });
  }
  const header = extraHeaders.find(({ name }) => name.toLowerCase() === 'accept-language');
  if (header) {
    const values = { header: header.value };
    found.push({
      severity: 'severe',
      field: 'extraHeaders',
      code: 'languageHeader',
      values,
      fix: null,
    });
  }
  return found;
}

function ofDevice({
  isMobile,
  hasTouch,
  viewport,
  deviceScaleFactor,
}: ProfileInput): Contradiction[] {
  const found: Contradiction[] = [];
  if (isMobile && !hasTouch) {
    found.push({
      severity: 'severe',
      field: 'hasTouch',
      code: 'mobileWithoutTouch',
      values: {},
      fix: 'touch',
    });
  }
  const { width } = viewport;
  if (isMobile && width > widestMobile) {
    found.push({
      severity: 'odd',
      field: 'viewport',
      code: 'mobileWide',
      values: { width },
      fix: null,
    });
  }
  const ratio = deviceScaleFactor ?? (isMobile ? 1 : null);
  if (ratio === null) return found;
  const odd = {
    severity: 'odd',
    field: 'deviceScaleFactor',
    values: { ratio },
    fix: null,
  } as const;
  if (isMobile && ratio < ratios.phone) found.push({ ...odd, code: 'mobileRatio' });
  if (!isMobile && ratio > ratios.other) found.push({ ...odd, code: 'desktopRatio' });
  return found;
}

function ofUserAgent({ userAgent, isMobile }: ProfileInput): Contradiction[] {
  const about = { field: 'userAgent', values: {}, fix: 'ownUserAgent' } as const;
  // The engine's own is that of a computer, whatever pages are laid out for.
  if (userAgent === null) {
    return isMobile ? [{ ...about, severity: 'odd', code: 'mobileUserAgent', fix: null }] : [];
  }
  const set: Contradiction = { ...about, severity: 'odd', code: 'userAgentSet' };
  if (isMobile === isMobileAgent(userAgent)) return [set];
  const code = isMobile ? 'mobileUserAgent' : 'desktopUserAgent';
  return [set, { ...about, severity: 'severe', code }];
}

function ofPlace({ geolocation, permissions }: ProfileInput): Contradiction[] {
  if (geolocation === null || permissions.includes('geolocation')) return [];
  const field = 'geolocation';
  return [{ severity: 'plain', field, code: 'placeNotAllowed', values: {}, fix: 'allowPlace' }];
}

/** Of what is still being typed too, which may be no tag yet. */
const baseOf = (tag: string | undefined): string => tag?.split('-', 1)[0]?.toLowerCase() ?? '';
