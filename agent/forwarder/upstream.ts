/** The proxy that a forwarder sends everything through, and what may be wrong with it. */

export interface Upstream {
  readonly type: 'http' | 'https' | 'socks4' | 'socks5';
  /** A name or an address; IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

/** Why nothing gets through a proxy. */
export type UpstreamProblem =
  /** It is not known on this device; nothing leaves without it. */
  | 'missing'
  | 'unknownHost'
  | 'refused'
  | 'timeout'
  | 'closed'
  /** It wants another name and password, or some at all. */
  | 'login'
  /** It answers, and is no proxy of this type. */
  | 'notAProxy'
  /** It works, and did not let this request through. */
  | 'denied'
  /** Nothing more is known. */
  | 'failed';

/**
 * As `proxy-chain` takes it. With `socks5h` and `socks4a` names are resolved at the far end: with the plain
 * ones they are asked for from here, which tells this network where the profile goes.
 */
export function upstreamUrl({ type, host, port, username, password }: Upstream): string {
  const scheme = { http: 'http', https: 'https', socks4: 'socks4a', socks5: 'socks5h' }[type];
  const name = host.includes(':') ? `[${host}]` : host;
  const login =
    username === '' && password === ''
      ? ''
      : `${encodeURIComponent(username)}:${encodeURIComponent(password)}@`;
  return `${scheme}://${login}${name}:${port}`;
}

/** @param words of a library's error or of an answer's status line. */
export function problemIn(words: string): UpstreamProblem {
  if (/ENOTFOUND|EAI_AGAIN|\b593\b/.test(words)) return 'unknownHost';
  if (/ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|\b594\b/.test(words)) return 'refused';
  if (/ETIMEDOUT|timed out|\b504\b/i.test(words)) return 'timeout';
  if (/\b40[17]\b|authenti|\b597\b/i.test(words)) return 'login';
  if (/ECONNRESET|EPIPE|socket hang up|socket closed|\b59[56]\b/i.test(words)) return 'closed';
  if (/HPE_|EPROTO|parse|invalid.*(version|response|socks)|wrong version/i.test(words)) {
    return 'notAProxy';
  }
  return /\b590\b|UPSTREAM|: [45]\d\d$|not allowed|rejected/i.test(words) ? 'denied' : 'failed';
}
