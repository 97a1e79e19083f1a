import { describe, expect, it } from 'vitest';
import type { Exit } from '../places/alignment.ts';
import { alignmentTo } from '../places/alignment.ts';
import { languagesOf } from '../places/languages.ts';
import { type ProfileInput, profileInputSchema } from '../profile.ts';
import { contradictions } from './contradictions.ts';
import { distanceBetween } from './exitRules.ts';
import type { Measured, Reading } from './measured.ts';
import { browserIn, runsOn, systemIn } from './userAgent.ts';

const agent = (system: string, version = 156) =>
  `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`;
const windows = 'Windows NT 10.0; Win64; x64';
const brands = [{ brand: 'Chromium', version: '156' }];

const settingsOf = (patch: Partial<ProfileInput> = {}): ProfileInput => ({
  ...profileInputSchema.parse({ name: 'Alice' }),
  ...patch,
});

/** What an honest engine on Linux reports of settings that it takes. */
function reportOf(settings: ProfileInput): Measured {
  const languages = languagesOf(settings);
  const page: Reading = {
    userAgent: settings.userAgent ?? agent('X11; Linux x86_64'),
    platform: 'Linux x86_64',
    clientHints: {
      brands,
      fullVersionList: brands,
      mobile: settings.isMobile,
      platform: 'Linux',
      platformVersion: '',
      architecture: 'x86',
      bitness: '64',
      model: '',
    },
    languages: languages.length > 0 ? languages : ['en-US', 'en'],
    locale: settings.locale ?? 'en-US',
    timeZone: settings.timeZone ?? 'UTC',
    offset: 0,
    concurrency: 8,
    memory: 8,
  };
  const sent = {
    acceptLanguage: page.languages
      .map((tag, place) => (place === 0 ? tag : `${tag};q=0.${10 - place}`))
      .join(','),
    userAgent: page.userAgent,
    platform: 'Linux',
  };
  const { width, height } = settings.viewport;
  return {
    engine: 'Chromium 156.0.8078.79',
    page,
    frame: page,
    worker: page,
    sent: { page: sent, frame: sent, worker: sent },
    screen: {
      width,
      height,
      viewportWidth: width,
      viewportHeight: height,
      ratio: settings.deviceScaleFactor ?? 1,
    },
    touchPoints: settings.hasTouch ? 1 : 0,
    media: {
      dark: settings.colorScheme === 'dark',
      reducedMotion: settings.reducedMotion === 'reduce',
      moreContrast: settings.contrast === 'more',
      forcedColors: settings.forcedColors === 'active',
      coarsePointer: settings.hasTouch,
    },
    webdriver: false,
    candidates: [],
    place: settings.permissions.includes('geolocation') ? settings.geolocation : null,
  };
}

const germany: Exit = { address: '193.99.144.80', country: 'DE', at: 1 };
/** In July, so that summer time counts. */
const at = Date.UTC(2026, 6, 1);

interface Case {
  readonly settings?: Partial<ProfileInput>;
  readonly exit?: Exit;
  /** What is reported otherwise than by an honest engine; absent: nothing was measured. */
  readonly report?: (report: Measured) => Partial<Measured>;
}

/** `severity code field`, as they are found. */
const found = ({ settings: patch, exit, report }: Case): string[] => {
  const settings = settingsOf(patch);
  const honest = reportOf(settings);
  const measured = report ? { ...honest, ...report(honest) } : null;
  return contradictions(settings, { measured, exit: exit ?? null, at }).map(
    ({ severity, code, field }) => `${severity} ${code} ${field}`,
  );
};
const honest = () => ({});

describe('settings that go together', () => {
  it.each([
    ['nothing set', {}],
    ['nothing set, measured', { report: honest }],
    ['nothing set, with an exit', { exit: germany }],
    [
      'aligned with its exit, and measured',
      {
        settings: { ...alignmentTo('DE'), permissions: ['geolocation'] },
        exit: germany,
        report: honest,
      },
    ],
    [
      'a phone',
      {
        settings: {
          isMobile: true,
          hasTouch: true,
          deviceScaleFactor: 3,
          viewport: { width: 400, height: 800 },
        },
        // A computer's user agent is all that is left to say of it.
        report: honest,
      },
    ],
  ] satisfies [string, Case][])('%s', (name, one) => {
    expect(found(one)).toEqual(name === 'a phone' ? ['odd mobileUserAgent userAgent'] : []);
  });

  it('is not doubted for an exit in a country that nobody knows', () => {
    const settings = { timeZone: 'Asia/Tokyo' };
    expect(found({ settings, exit: { ...germany, country: null } })).toEqual([]);
    expect(found({ settings, exit: { ...germany, country: 'ZZ' } })).toEqual([]);
  });
});

describe('settings that contradict each other', () => {
  it.each([
    [{ locale: 'de-DE', languages: ['fr-FR', 'en'] }, ['severe localeNotListed languages']],
    [{ locale: 'de-DE', languages: ['DE_de', ''] }, ['severe localeNotListed languages']],
    [{ locale: 'de-DE', languages: ['en-US', 'de'] }, ['odd localeNotFirst languages']],
    [
      { extraHeaders: [{ name: 'accept-LANGUAGE', value: 'fr' }] },
      ['severe languageHeader extraHeaders'],
    ],
    [
      { isMobile: true, deviceScaleFactor: 3, viewport: { width: 400, height: 800 } },
      ['severe mobileWithoutTouch hasTouch', 'odd mobileUserAgent userAgent'],
    ],
    [
      { isMobile: true, hasTouch: true },
      [
        'odd mobileWide viewport',
        'odd mobileRatio deviceScaleFactor',
        'odd mobileUserAgent userAgent',
      ],
    ],
    [{ deviceScaleFactor: 3.5 }, ['odd desktopRatio deviceScaleFactor']],
    [{ userAgent: agent('X11; Linux x86_64') }, ['odd userAgentSet userAgent']],
    [
      { userAgent: `${agent('Linux; Android 10; K')} Mobile` },
      ['severe desktopUserAgent userAgent', 'odd userAgentSet userAgent'],
    ],
    [
      { geolocation: { latitude: 1, longitude: 1, accuracy: 1 } },
      ['plain placeNotAllowed geolocation'],
    ],
  ] satisfies [Partial<ProfileInput>, string[]][])('%j', (settings, expected) => {
    expect(found({ settings })).toEqual(expected);
  });
});

describe('settings that do not go with the exit', () => {
  const place = (latitude: number, longitude: number): Partial<ProfileInput> => ({
    geolocation: { latitude, longitude, accuracy: 10 },
    permissions: ['geolocation'],
  });

  it.each([
    [{ locale: 'fr-FR' }, ['odd localeElsewhere locale']],
    [{ locale: 'de' }, []],
    [{ locale: 'fr' }, ['odd localeElsewhere locale']],
    [{ locale: 'de-AT' }, ['odd localeElsewhere locale']],
    [{ timeZone: 'Asia/Tokyo' }, ['severe timeZoneElsewhere timeZone']],
    // The same clock in another country.
    [{ timeZone: 'Europe/Paris' }, ['odd timeZoneForeign timeZone']],
    [{ timeZone: 'Europe/Busingen' }, []],
    [place(48.1, 11.6), []],
    // Half typed.
    [place(48.1, Number.NaN), []],
    [place(41.9, 12.5), ['odd placeForeign geolocation']],
    [place(35.7, 139.7), ['severe placeElsewhere geolocation']],
  ] satisfies [Partial<ProfileInput>, string[]][])('%j', (settings, expected) => {
    expect(found({ settings, exit: germany })).toEqual(expected);
  });

  it('counts what the device’s own settings were measured to be', () => {
    const report = (one: Measured) => ({
      page: { ...one.page, timeZone: 'Asia/Ho_Chi_Minh', locale: 'de-DE', languages: ['de'] },
    });
    expect(found({ exit: germany, report })).toContain('severe timeZoneElsewhere timeZone');
    expect(found({ exit: germany, report })).not.toContain('odd localeElsewhere locale');
  });

  it('takes the season into account', () => {
    const settings = settingsOf({ timeZone: 'Africa/Lagos' });
    const codes = (month: number) =>
      contradictions(settings, { measured: null, exit: germany, at: Date.UTC(2026, month, 1) }).map(
        ({ code }) => code,
      );
    expect(codes(0)).toEqual(['timeZoneForeign']);
    expect(codes(6)).toEqual(['timeZoneElsewhere']);
  });

  it('measures distances over the earth', () => {
    const [berlin, tokyo] = [
      { latitude: 52.52, longitude: 13.405 },
      { latitude: 35.6762, longitude: 139.6503 },
    ];
    expect(distanceBetween(berlin, tokyo)).toBeCloseTo(8_918, -1);
    expect(distanceBetween(berlin, berlin)).toBe(0);
    expect(
      distanceBetween({ latitude: 0, longitude: 179 }, { latitude: 0, longitude: -179 }),
    ).toBeCloseTo(222, 0);
  });
});

describe('what is reported otherwise than it was set', () => {
  const page = (patch: Partial<Reading>) => (report: Measured) => {
    const reading = { ...report.page, ...patch };
    return { page: reading, frame: reading, worker: reading };
  };
  const screen = (patch: Partial<Measured['screen']>) => (report: Measured) => ({
    screen: { ...report.screen, ...patch },
  });
  const media = (patch: Partial<Measured['media']>) => (report: Measured) => ({
    media: { ...report.media, ...patch },
  });

  it.each([
    [{ locale: 'de-DE' }, page({ locale: 'de-AT' }), 'locale'],
    [{ locale: 'de-DE' }, page({ languages: ['de-DE'] }), 'languages'],
    [{ timeZone: 'Asia/Tokyo' }, page({ timeZone: 'UTC' }), 'timeZone'],
    [{}, screen({ viewportHeight: 700 }), 'viewport'],
    [{ deviceScaleFactor: 2 }, screen({ ratio: 1 }), 'deviceScaleFactor'],
    [{ hasTouch: true }, () => ({ touchPoints: 0 }), 'hasTouch'],
    [{ colorScheme: 'light' }, media({ dark: true }), 'colorScheme'],
    [{ reducedMotion: 'reduce' }, media({ reducedMotion: false }), 'reducedMotion'],
    [{ contrast: 'more' }, media({ moreContrast: false }), 'contrast'],
    [{ forcedColors: 'none' }, media({ forcedColors: true }), 'forcedColors'],
    [
      { geolocation: { latitude: 1, longitude: 2, accuracy: 3 }, permissions: ['geolocation'] },
      () => ({ place: null }),
      'geolocation',
    ],
  ] satisfies [Partial<ProfileInput>, Case['report'], string][])(
    '%j',
    (settings, report, field) => {
      expect(found({ settings, report })).toContain(`severe notTaken ${field}`);
      expect(found({ settings, report: honest })).not.toContain(`severe notTaken ${field}`);
    },
  );

  it('takes other names of the same zone, and another spelling of the same language', () => {
    expect(
      found({ settings: { timeZone: 'Europe/Kyiv' }, report: page({ timeZone: 'Europe/Kiev' }) }),
    ).toEqual([]);
    expect(found({ settings: { locale: 'de-DE' }, report: page({ locale: 'de' }) })).toEqual([]);
  });
});

describe('a browser that contradicts itself', () => {
  it('in a frame or a worker', () => {
    const inside = (patch: Partial<Reading>, where: 'frame' | 'worker') =>
      found({ report: (report) => ({ [where]: { ...report.page, ...patch } }) });
    expect(inside({ userAgent: 'x' }, 'frame')).toEqual(['severe differsInside userAgent']);
    expect(inside({ platform: 'x' }, 'worker')).toEqual(['severe differsInside userAgent']);
    expect(inside({ languages: ['fr'] }, 'worker')).toEqual(['severe differsInside languages']);
    expect(inside({ locale: 'fr' }, 'frame')).toEqual(['severe differsInside locale']);
    expect(inside({ timeZone: 'Asia/Tokyo' }, 'worker')).toEqual(['severe differsInside timeZone']);
  });

  it('in what it sends', () => {
    const report = ({ sent }: Measured) => ({
      sent: { ...sent, worker: { ...sent.worker, acceptLanguage: 'en-US' } },
    });
    expect(found({ report })).toEqual(['severe headerDiffers languages']);
  });

  it('in its languages and its formats', () => {
    expect(found({ settings: { languages: ['de-DE'] }, report: honest })).toEqual([
      'odd formatsDiffer locale',
    ]);
  });

  it('in its screen', () => {
    const report = ({ screen }: Measured) => ({ screen: { ...screen, height: 600 } });
    expect(found({ report })).toEqual(['severe viewportLarger viewport']);
  });
});

describe('another user agent than the engine’s own', () => {
  const codes = (userAgent: string, report: Case['report'] = honest) =>
    found({ settings: { userAgent }, report }).map((one) => one.split(' ')[1]);

  it('is half a lie: the engine goes on telling its version and its system', () => {
    expect(codes(agent(windows, 120))).toEqual([
      'userAgentVersion',
      'userAgentSystem',
      'userAgentSet',
    ]);
    expect(codes(agent('X11; Linux x86_64'))).toEqual(['userAgentSet']);
    expect(codes('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toEqual(
      ['userAgentBrowser', 'userAgentSet'],
    );
  });

  it('is not told to workers in full', () => {
    const report = ({ worker }: Measured) => ({
      worker: {
        ...worker,
        clientHints: worker.clientHints && { ...worker.clientHints, brands: [] },
      },
    });
    expect(codes(agent('X11; Linux x86_64'), report)).toEqual(['userAgentSet', 'workerHints']);
  });

  it('is read as far as its words are the usual ones', () => {
    expect(
      [
        'Version/17 Safari/605',
        'Chrome/1 Safari/1 Edg/1',
        'Chrome/1 Safari/1 OPR/1',
        'HeadlessChrome/1',
        'curl/8',
      ].map(browserIn),
    ).toEqual(['Safari', 'Edge', 'Opera', 'Chromium', null]);
    expect(
      ['iPhone; CPU iPhone OS 17 like Mac OS X', 'X11; CrOS x86_64', 'Linux; Android 10', 'x'].map(
        systemIn,
      ),
    ).toEqual(['iOS', 'ChromeOS', 'Android', null]);
    expect(runsOn('Android', 'Linux armv8l')).toBe(true);
    expect(runsOn('Windows', 'Win32')).toBe(true);
    expect(runsOn('iOS', 'MacIntel')).toBe(false);
  });
});

it('an address that WebRTC offers beside the proxy is told', () => {
  const report = (address: string) => () => ({
    candidates: [{ type: 'host', protocol: 'udp', address }],
  });
  const proxied: Partial<ProfileInput> = {
    ...alignmentTo('DE'),
    permissions: ['geolocation'],
    proxyId: 'x',
  };
  const leak = ['severe webrtcLeak proxyId'];
  expect(found({ settings: proxied, exit: germany, report: report('192.168.1.5') })).toEqual(leak);
  expect(found({ settings: proxied, report: report('f84a.local') })).toEqual(leak);
  const { address } = germany;
  expect(found({ settings: proxied, exit: germany, report: report(address) })).toEqual([]);
  expect(found({ report: report('192.168.1.5') })).toEqual([]);
});

it('what is not hidden is said plainly, after all else', () => {
  const report = (one: Measured) => {
    const userAgent = one.page.userAgent.replace('Chrome/', 'HeadlessChrome/');
    const reading = { ...one.page, userAgent };
    return { page: reading, frame: reading, worker: reading, webdriver: true };
  };
  expect(found({ settings: { isMobile: true, deviceScaleFactor: 2 }, report })).toEqual([
    'severe mobileWithoutTouch hasTouch',
    'odd mobileWide viewport',
    'odd mobileUserAgent userAgent',
    'plain headless userAgent',
    'plain webdriver userAgent',
  ]);
});
