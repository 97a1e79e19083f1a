/**
 * Has every page, frame and worker told the same list of languages. Playwright knows one only, and sends
 * it bare where any browser sends several; to shared workers, and for the script of a service worker, it
 * sends none at all. The switch reaches all of them, and what Playwright says on top is made the same.
 */

/** @param languages BCP 47, the preferred first; none leaves the engine's own. */
export const languageSwitch = (languages: readonly string[]): string[] =>
  languages.length === 0 ? [] : [`--accept-lang=${languages.join(',')}`];

const method = Buffer.from('"method":"Emulation.setUserAgentOverride"');
/** Bytes from a message's beginning within which its method stands. */
const headLength = 100;

/** @returns what takes a message to the browser, and gives the one that is sent in its place. */
export function sayingLanguages(languages: readonly string[]): (message: Buffer) => Buffer {
  const acceptLanguage = languages.join(',');
  return (message) => {
    if (languages.length === 0 || !message.subarray(0, headLength).includes(method)) return message;
    const { params, ...rest } = JSON.parse(message.subarray(0, -1).toString()) as {
      params: Record<string, unknown>;
    };
    return Buffer.from(`${JSON.stringify({ ...rest, params: { ...params, acceptLanguage } })}\0`);
  };
}
