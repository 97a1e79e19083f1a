/** What a user agent claims, as far as its words are those of the usual browsers. */

/** @returns `Firefox`, `Edge`, `Opera`, `Safari`; `Chromium` for Chrome and whatever says it is; null for others. */
export function browserIn(userAgent: string): string | null {
  if (/\bFirefox\//.test(userAgent)) return 'Firefox';
  if (/\bEdg(?:A|iOS)?\//.test(userAgent)) return 'Edge';
  if (/\bOPR\//.test(userAgent)) return 'Opera';
  if (/\b(?:Headless)?Chrome\//.test(userAgent)) return 'Chromium';
  return /\bSafari\//.test(userAgent) ? 'Safari' : null;
}

/** @returns the number before the first point of its version of Chromium. */
export const chromiumVersionIn = (userAgent: string): string | null =>
  /\b(?:Headless)?Chrome\/(\d+)/.exec(userAgent)?.[1] ?? null;

const systems = [
  ['Windows', /\bWindows\b/],
  ['Android', /\bAndroid\b/],
  ['iOS', /\b(?:iPhone|iPad|iPod)\b/],
  ['macOS', /\bMac(?:intosh|Intel| OS X)/],
  ['ChromeOS', /\bCrOS\b/],
  ['Linux', /\bLinux\b/],
] as const;

/** @param words a user agent. @returns the operating system that it names, if any. */
export const systemIn = (words: string): string | null =>
  systems.find(([, pattern]) => pattern.test(words))?.[0] ?? null;

/** @param platform `navigator.platform`. On Android it says Linux as well. */
export function runsOn(system: string, platform: string): boolean {
  const real = /^Win/.test(platform) ? 'Windows' : /^Mac/.test(platform) ? 'macOS' : null;
  if (/^Linux/.test(platform)) return ['Linux', 'Android', 'ChromeOS'].includes(system);
  if (/^(?:iPhone|iPad|iPod)/.test(platform)) return system === 'iOS';
  return real === null || real === system;
}

export const isMobileAgent = (userAgent: string): boolean =>
  /\bMobile\b|\bAndroid\b/.test(userAgent);
