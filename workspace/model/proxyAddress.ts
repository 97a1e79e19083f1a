/** How a proxy is written for people. Apart from its schema, which a window has no use for. */

export const proxyTypes = ['http', 'https', 'socks4', 'socks5'] as const;
export type ProxyType = (typeof proxyTypes)[number];

export interface ProxyPlace {
  readonly type: ProxyType;
  /** IPv6 without brackets. */
  readonly host: string;
  readonly port: number;
}

/** @returns `socks5://host:port`, without credentials, for people and logs. */
export const proxyAddress = ({ type, host, port }: ProxyPlace): string =>
  `${type}://${host.includes(':') ? `[${host}]` : host}:${port}`;
