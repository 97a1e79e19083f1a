/** A proxy: how a profile's traffic leaves this device. */
import { z } from 'zod';
import { type ProxyType, proxyTypes } from './proxyAddress.ts';

/** RFC 1123 labels; an underscore is met in practice. */
const hostName = /^(?!-)[a-z0-9_-]{1,63}(?<!-)(\.(?!-)[a-z0-9_-]{1,63}(?<!-))*\.?$/i;

const address = z.union([z.ipv4(), z.ipv6()]);
export const isIpAddress = (host: string): boolean => address.safeParse(host).success;

/** @param host without brackets. */
export const isHost = (host: string): boolean =>
  isIpAddress(host) || (host.length <= 253 && hostName.test(host) && !/^[\d.]+$/.test(host));

export const isPort = (port: number): boolean =>
  Number.isInteger(port) && port >= 1 && port <= 65535;

const isWebAddress = (text: string): boolean =>
  URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);

const fields = {
  name: z.string().trim().min(1).max(200),
  type: z.enum(proxyTypes),
  /** A name or an address; IPv6 without brackets. */
  host: z.string().trim().refine(isHost, 'is neither a host name nor an address'),
  port: z.int().min(1).max(65535),
  /** Empty for none. SOCKS4 sends it as its user id and knows no password. */
  username: z.string().max(255),
  password: z.string().max(255),
  /** Opened to make the provider give out another exit address. */
  changeIpUrl: z
    .string()
    .trim()
    .max(2_000)
    .refine(isWebAddress, 'is not an address that starts with http:// or https://')
    .nullable(),
  notes: z.string().max(20_000),
  tags: z.array(z.string().trim().min(1).max(60)).max(50),
};

export const proxyInputSchema = z.strictObject({
  ...fields,
  username: fields.username.default(''),
  password: fields.password.default(''),
  changeIpUrl: fields.changeIpUrl.default(null),
  notes: fields.notes.default(''),
  tags: fields.tags.default([]),
});

/** Fields of an edit; what is absent stays as it is. */
export const proxyPatchSchema = z.strictObject(fields).partial();

export type ProxyInput = z.output<typeof proxyInputSchema>;
export type ProxyPatch = z.output<typeof proxyPatchSchema>;

/** What a window or a command is told: never the password. */
export interface ShownProxy extends Omit<ProxyInput, 'password'> {
  readonly id: string;
  readonly hasPassword: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What a check found. */
export interface ProxyCheck {
  readonly at: number;
  /** The address that the far end was seen under. */
  readonly exit: string | null;
  /** Where that is registered, two letters (ISO 3166). */
  readonly country: string | null;
  /** Milliseconds from asking to the answer's beginning. */
  readonly latency: number | null;
  /** Why nothing came through, a key of the catalogues; null when something did. */
  readonly problem: string | null;
}

/** A row of the proxy list. */
export interface ProxyRow {
  readonly id: string;
  readonly name: string;
  readonly type: ProxyType;
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly hasPassword: boolean;
  /** Whether it has an address that makes it change its exit. */
  readonly changesExit: boolean;
  readonly tags: readonly string[];
  readonly notes: string;
  /** The newest on this device. */
  readonly check: ProxyCheck | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}
