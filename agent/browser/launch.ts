/** Starts the browser of a task with the profile's settings. */
import { existsSync } from 'node:fs';
import { type BrowserContext, chromium } from 'playwright-core';
import { languagesOf } from '../../workspace/model/places/languages.ts';
import type { Multiplexer } from '../attach/multiplexer.ts';
import { withTappedPipes } from '../attach/tapPipes.ts';
import { siteNames } from '../measure/site.ts';
import { StepError } from '../steps/definition.ts';
import type { TaskSpec } from '../worker/protocol.ts';
import { languageSwitch, sayingLanguages } from './languages.ts';
import { signInToProxy } from './signInToProxy.ts';

export interface LaunchedBrowser {
  readonly context: BrowserContext;
  readonly pid: number;
  /** `Chromium 156.0.8078.79`, or whatever it calls itself. */
  readonly version: string;
  /** Its connection, for programs that a person lets in; null where nothing stands in between. */
  readonly multiplexer: Multiplexer | null;
}

/** Milliseconds until a browser that does not answer counts as failed. */
const launchTimeout = 60_000;

/** What a browser does of its own accord and no workflow asked for. */
const quiet = [
  // Whether somebody is signed in to a Google account is asked for at each start; here it leads nowhere.
  '--gaia-url=https://accounts.invalid',
  '--disable-background-networking',
  '--disable-breakpad',
  '--disable-client-side-phishing-detection',
  '--disable-component-update',
  '--disable-crash-reporter',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-sync',
  '--metrics-recording-only',
  '--no-default-browser-check',
  '--no-first-run',
  '--no-pings',
];

/**
 * @param onCloseAsked called when a program that was let in asks for the browser's end.
 * @throws StepError `browserMissing` or `browserFailed`
 */
export async function launchBrowser(
  task: TaskSpec,
  onCloseAsked: () => void,
): Promise<LaunchedBrowser> {
  const { executablePath } = task.browser;
  if (!existsSync(executablePath)) throw new StepError('browserMissing', executablePath);
  try {
    const launch = () =>
      chromium.launchPersistentContext(task.userDataDir, {
        executablePath,
        headless: task.browser.headless,
        chromiumSandbox: task.browser.sandbox,
        timeout: launchTimeout,
        args: [...quiet, ...argumentsOf(task)],
        ...(task.network ? { proxy: { server: task.network.server } } : {}),
        acceptDownloads: true,
        downloadsPath: task.scratchDir,
        // The worker decides how the browser ends, with the session captured first.
        handleSIGHUP: false,
        handleSIGINT: false,
        handleSIGTERM: false,
        ...emulation(task),
      });
    const languages = languagesOf(task.profile);
    const { value: context, multiplexer } =
      task.person || languages.length > 0
        ? await withTappedPipes(onCloseAsked, sayingLanguages(languages), launch)
        : { value: await launch(), multiplexer: null };
    if (task.network) await signInToProxy(context, task.network);
    return { context, multiplexer, ...(await identify(context)) };
  } catch (error) {
    throw new StepError('browserFailed', error instanceof Error ? error.message : String(error));
  }
}

/** No name leads anywhere but those of the page that a browser is measured on. */
const onlyHere = `--host-resolver-rules=MAP * ~NOTFOUND,${siteNames.map((name) => ` EXCLUDE ${name}`)}`;

function argumentsOf({ network, person, browser, profile, measure }: TaskSpec): string[] {
  const { width, height } = profile.viewport;
  return [
    ...(measure ? [onlyHere] : []),
    // Measured: `--force-webrtc-ip-handling-policy`, which is often named, changes nothing.
    ...((network ?? measure)?.isProxied
      ? ['--webrtc-ip-handling-policy=disable_non_proxied_udp']
      : []),
    ...languageSwitch(languagesOf(profile)),
    // Both: what is named is loaded, and what a folder of before has installed is not.
    ...(browser.extensions.length > 0
      ? [
          `--disable-extensions-except=${browser.extensions.join(',')}`,
          `--load-extension=${browser.extensions.join(',')}`,
        ]
      : []),
    ...(person ? [`--window-size=${width},${height}`] : []),
  ];
}

/** Only what the profile sets; everything else stays the engine's own. */
function emulation({ profile, person, browser }: TaskSpec) {
  const isWindow = person !== null && !browser.headless;
  return {
    // A person's window has the size that the person gives it.
    viewport: isWindow && !profile.isMobile ? null : profile.viewport,
    ...(profile.locale === null ? {} : { locale: profile.locale }),
    ...(profile.timeZone === null ? {} : { timezoneId: profile.timeZone }),
    ...(profile.userAgent === null ? {} : { userAgent: profile.userAgent }),
    // Playwright would force "light"; null leaves the device's own scheme.
    colorScheme: profile.colorScheme,
    reducedMotion: profile.reducedMotion,
    forcedColors: profile.forcedColors,
    contrast: profile.contrast,
    ...screenOf(profile, isWindow),
    ...(profile.geolocation === null ? {} : { geolocation: profile.geolocation }),
    permissions: [...profile.permissions],
    extraHTTPHeaders: Object.fromEntries(
      profile.extraHeaders.map(({ name, value }) => [name, value]),
    ),
  };
}

/** Without a size of its own a window has the screen's scale, and Playwright refuses another. */
function screenOf(profile: TaskSpec['profile'], isWindow: boolean) {
  const { deviceScaleFactor, isMobile, hasTouch } = profile;
  if (isWindow && !isMobile) return { hasTouch };
  return { isMobile, hasTouch, ...(deviceScaleFactor === null ? {} : { deviceScaleFactor }) };
}

async function identify(context: BrowserContext): Promise<{ pid: number; version: string }> {
  const browser = context.browser();
  if (!browser) throw new Error('the browser ended while it started');
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const main = processInfo.find(({ type }) => type === 'browser');
  if (!main) throw new Error('the browser does not tell its process');
  return { pid: main.id, version: `Chromium ${browser.version()}` };
}
