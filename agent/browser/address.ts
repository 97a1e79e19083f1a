/** Addresses as they may be shown: who was asked and for what, without what was sent along. */

/** At most 500 characters, without user name, password, query and fragment; `data:` without its data. */
export function publicAddress(written: string): string {
  const url = URL.parse(written);
  if (!url) return '';
  if (url.protocol === 'data:') return 'data:';
  if (url.protocol === 'blob:') return `blob:${publicAddress(url.pathname)}`;
  url.username = '';
  url.password = '';
  url.search = '';
  url.hash = '';
  return url.href.slice(0, 500);
}
