/** What a browser reports that contradicts its settings, or itself. */

import type { Exit } from '../places/alignment.ts';
import { languagesOf } from '../places/languages.ts';
import { sameZone } from '../places/zones.ts';
import type { ProfileInput } from '../profile.ts';
import type { Contradiction } from './contradiction.ts';
import type { Measured, Reading } from './measured.ts';
import { browserIn, chromiumVersionIn, runsOn, systemIn } from './userAgent.ts';

/** @param exit where a check of its proxy came out; null where none did, and without a proxy. */
export function contradictionsWithMeasured(
  settings: ProfileInput,
  measured: Measured,
  exit: Exit | null,
): Contradiction[] {
  return [
    ...notTaken(settings, measured),
    ...differingInside(measured),
    ...ofLanguages(settings, measured),
    ...ofUserAgent(settings, measured),
    ...ofScreen(measured),
    ...ofConnections(settings, measured, exit),
    ...saidPlainly(measured),
  ];
}

/** What was set, and is not what pages read. */
function notTaken(
  settings: ProfileInput,
  { page, screen, media, touchPoints, place }: Measured,
): Contradiction[] {
  const { locale, timeZone, viewport, deviceScaleFactor, geolocation, permissions } = settings;
  const languages = languagesOf(settings).join();
  const told = page.languages.join();
  const size = `${viewport.width}×${viewport.height}`;
  const shown = `${screen.viewportWidth}×${screen.viewportHeight}`;
  const differs = (
    field: Contradiction['field'],
    set: unknown,
    reported: unknown,
  ): Contradiction[] => [
    {
      severity: 'severe',
      field,
      code: 'notTaken',
      values: { set: String(set), reported: String(reported) },
      fix: null,
    },
  ];
  const wish = (
    field: 'reducedMotion' | 'contrast' | 'forcedColors' | 'colorScheme',
    word: string,
    reported: boolean,
  ) =>
    settings[field] === null || (settings[field] === word) === reported
      ? []
      : differs(field, settings[field], reported ? word : '–');
  const isPlaceTaken =
    geolocation === null ||
    !permissions.includes('geolocation') ||
    (place?.latitude === geolocation.latitude && place.longitude === geolocation.longitude);
  return [
    ...(languages === '' || languages === told ? [] : differs('languages', languages, told)),
    ...(locale === null || locale === page.locale || sameLanguage(locale, page.locale)
      ? []
      : differs('locale', locale, page.locale)),
    ...(timeZone === null || sameZone(timeZone, page.timeZone)
      ? []
      : differs('timeZone', timeZone, page.timeZone)),
    ...(size === shown ? [] : differs('viewport', size, shown)),
    ...(deviceScaleFactor === null || deviceScaleFactor === screen.ratio
      ? []
      : differs('deviceScaleFactor', deviceScaleFactor, screen.ratio)),
    ...(settings.hasTouch && touchPoints === 0 ? differs('hasTouch', 1, 0) : []),
    ...wish('reducedMotion', 'reduce', media.reducedMotion),
    ...wish('contrast', 'more', media.moreContrast),
    ...wish('forcedColors', 'active', media.forcedColors),
    ...wish('colorScheme', 'dark', media.dark),
    ...(isPlaceTaken
      ? []
      : differs('geolocation', placeText(geolocation), place === null ? '–' : placeText(place))),
  ];
}

const placeText = ({ latitude, longitude }: { latitude: number; longitude: number }): string =>
  `${latitude}, ${longitude}`;

/** Formats of `de-AT` may be those of `de`, where the engine knows no others. */
const sameLanguage = (a: string, b: string): boolean =>
  new Intl.Locale(a).maximize().toString() === new Intl.Locale(b).maximize().toString();

const compared = [
  ['userAgent', 'userAgent', (reading: Reading) => reading.userAgent],
  ['userAgent', 'platform', (reading: Reading) => reading.platform],
  ['languages', 'languages', (reading: Reading) => reading.languages.join()],
  ['locale', 'locale', (reading: Reading) => reading.locale],
  ['timeZone', 'timeZone', (reading: Reading) => reading.timeZone],
] as const;

/** A frame of another site and a worker are told what the page is told. */
function differingInside({ page, frame, worker }: Measured): Contradiction[] {
  return compared.flatMap(([field, what, of]) =>
    ([frame, worker] as const).flatMap((inside, place): Contradiction[] =>
      of(inside) === of(page)
        ? []
        : [
            {
              severity: 'severe',
              field,
              code: 'differsInside',
              values: {
                what,
                where: place === 0 ? 'frame' : 'worker',
                page: of(page),
                inside: of(inside),
              },
              fix: null,
            },
          ],
    ),
  );
}

function ofLanguages({ locale }: ProfileInput, { page, sent }: Measured): Contradiction[] {
  const scripts = page.languages.join();
  const found: Contradiction[] = [];
  const header = Object.values(sent).find(
    ({ acceptLanguage }) => languagesIn(acceptLanguage) !== scripts,
  );
  if (header) {
    const values = { header: header.acceptLanguage, scripts };
    found.push({
      severity: 'severe',
      field: 'languages',
      code: 'headerDiffers',
      values,
      fix: null,
    });
  }
  const [first] = page.languages;
  // A locale that is set was held against the languages already.
  const isLeft = locale === null && first !== undefined;
  if (isLeft && new Intl.Locale(first).language !== new Intl.Locale(page.locale).language) {
    const values = { first, locale: page.locale };
    found.push({ severity: 'odd', field: 'locale', code: 'formatsDiffer', values, fix: 'align' });
  }
  return found;
}

/** `de-DE,de;q=0.9` without its weights. */
const languagesIn = (header: string): string =>
  header
    .split(',')
    .map((part) => part.split(';', 1)[0]?.trim() ?? '')
    .join();

/** Chromium puts another user agent on top, and goes on saying elsewhere what it is. */
function ofUserAgent({ userAgent }: ProfileInput, { page, worker }: Measured): Contradiction[] {
  if (userAgent === null) return [];
  const about = { severity: 'severe', field: 'userAgent', fix: 'ownUserAgent' } as const;
  const found: Contradiction[] = [];
  const [said, real] = [chromiumVersionIn(userAgent), engineVersion(page)];
  if (said !== null && real !== null && said !== real) {
    found.push({ ...about, code: 'userAgentVersion', values: { said, real } });
  }
  const system = systemIn(userAgent);
  if (system !== null && !runsOn(system, page.platform)) {
    const values = { said: system, real: page.platform };
    found.push({ ...about, code: 'userAgentSystem', values });
  }
  const browser = browserIn(userAgent);
  if (browser !== 'Chromium') {
    found.push({ ...about, code: 'userAgentBrowser', values: { said: browser ?? userAgent } });
  }
  if (page.clientHints?.brands.length && !worker.clientHints?.brands.length) {
    found.push({ ...about, severity: 'odd', code: 'workerHints', values: {} });
  }
  return found;
}

const engineVersion = ({ clientHints }: Reading): string | null =>
  clientHints?.brands.find(({ brand }) => brand === 'Chromium')?.version ?? null;

function ofScreen({ screen }: Measured): Contradiction[] {
  const { width, height, viewportWidth, viewportHeight } = screen;
  if (viewportWidth <= width && viewportHeight <= height) return [];
  const values = { viewport: `${viewportWidth}×${viewportHeight}`, screen: `${width}×${height}` };
  return [{ severity: 'severe', field: 'viewport', code: 'viewportLarger', values, fix: null }];
}

/** Behind a proxy WebRTC has no way out of its own, or it is the proxy's. */
function ofConnections(
  { proxyId, proxyPool }: ProfileInput,
  { candidates }: Measured,
  exit: Exit | null,
): Contradiction[] {
  const other = candidates.find(({ address }) => address !== exit?.address);
  if ((proxyId === null && proxyPool === null) || !other) return [];
  const values = { address: other.address };
  return [{ severity: 'severe', field: 'proxyId', code: 'webrtcLeak', values, fix: null }];
}

/** Warren does not hide that a program drives a browser. */
function saidPlainly({ page, webdriver }: Measured): Contradiction[] {
  const about = { severity: 'plain', field: 'userAgent', values: {}, fix: null } as const;
  return [
    ...(page.userAgent.includes('HeadlessChrome') ? [{ ...about, code: 'headless' } as const] : []),
    ...(webdriver ? [{ ...about, code: 'webdriver' } as const] : []),
  ];
}
