/** Addresses that workflows may open, and patterns for those they wait for. */
import { StepError } from './definition.ts';

/**
 * @returns the address in its normal form
 * @throws StepError `urlRefused` for all but http, https, data and about:blank: nothing that reaches the
 *   device or the browser itself
 */
export function allowedUrl(written: string): string {
  const url = URL.parse(written.trim());
  if (!url) {
    throw new StepError('urlRefused', 'is not a complete address such as https://example.com');
  }
  const allowed = ['http:', 'https:', 'data:'].includes(url.protocol) || url.href === 'about:blank';
  if (!allowed) throw new StepError('urlRefused', `addresses with ${url.protocol} are not opened`);
  return url.href;
}

/** `*` stands for anything; the rest is taken as it is written. */
export function fitsPattern(pattern: string, text: string): boolean {
  const [first = '', ...others] = pattern.split('*');
  const last = others.pop();
  if (last === undefined) return text === pattern;
  if (!text.startsWith(first) || !text.slice(first.length).endsWith(last)) return false;
  let rest = text.slice(first.length, text.length - last.length);
  for (const part of others) {
    const at = rest.indexOf(part);
    if (at < 0) return false;
    rest = rest.slice(at + part.length);
  }
  return true;
}

/** For messages: what follows the path can hold secrets. */
export const withoutQuery = (url: string): string => url.replace(/[?#].*$/s, '');
