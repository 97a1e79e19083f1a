/** Proxies, their checks and pasted lines. */
import { z } from 'zod';
import {
  type ProxyCheck,
  type ProxyRow,
  proxyInputSchema,
  proxyPatchSchema,
  type ShownProxy,
} from '../../../workspace/model/proxy.ts';
import { proxyTypes } from '../../../workspace/model/proxyAddress.ts';
import { type Facet, listOrders } from '../../../workspace/model/record.ts';
import { nothing, type Page, page, reference } from './common.ts';

export const proxyRequests = {
  'proxies.list': z.strictObject({
    search: z.string().max(200).default(''),
    sort: z.enum(listOrders).default('name'),
    ...page,
  }),
  'proxies.get': z.strictObject({ proxy: reference }),
  /** The tags that proxies have, with how many have each: a tag is a pool. */
  'proxies.facets': nothing,
  'proxies.add': z.strictObject({ input: proxyInputSchema }),
  'proxies.edit': z.strictObject({ proxy: reference, patch: proxyPatchSchema }),
  /** Into the trash. Profiles that use it reach nothing until they are given another one. */
  'proxies.remove': z.strictObject({ proxies: z.array(reference).min(1).max(100_000) }),
  /** Asks through each for where it comes out; progress is pushed. */
  'proxies.check': z.strictObject({ proxies: z.array(reference).min(1).max(100_000) }),
  /** What checks on this device found, newest first. */
  'proxies.checks': z.strictObject({ proxy: reference }),
  /** Opens the address that makes it change its exit, from here. */
  'proxies.changeExit': z.strictObject({ proxy: reference }),
  /** The password in the clear; the person has to prove to be there. */
  'proxies.reveal': z.strictObject({ proxy: reference }),
  /** Reads pasted lines and tells what is there already; stores nothing. */
  'proxies.readLines': z.strictObject({
    text: z.string().max(20_000_000),
    type: z.enum(proxyTypes).default('http'),
    order: z.enum(['hostFirst', 'userFirst']).nullable().default(null),
  }),
  /** Adds those of `proxies.readLines` that were read; one that is there already is left out. */
  'proxies.importLines': z.strictObject({
    text: z.string().max(20_000_000),
    type: z.enum(proxyTypes).default('http'),
    order: z.enum(['hostFirst', 'userFirst']).nullable().default(null),
    tags: proxyInputSchema.shape.tags,
  }),
} as const;

export interface ProxyAnswers {
  'proxies.list': Page<ProxyRow>;
  'proxies.get': ShownProxy;
  'proxies.facets': { readonly tags: readonly Facet[] };
  'proxies.add': ShownProxy;
  'proxies.edit': ShownProxy;
  'proxies.remove': null;
  'proxies.check': { readonly working: number; readonly failing: number };
  'proxies.checks': { readonly checks: readonly ProxyCheck[] };
  'proxies.changeExit': { readonly status: number };
  'proxies.reveal': { readonly password: string };
  'proxies.readLines': ProxyLinesReport;
  'proxies.importLines': {
    readonly added: number;
    readonly known: number;
    readonly refused: number;
  };
}

/** What came of pasted lines. */
export interface ProxyLinesReport {
  readonly read: number;
  readonly known: number;
  readonly ambiguous: number;
  readonly refused: number;
  /** The first of them, in their order; passwords as stars. */
  readonly lines: readonly ProxyLineRow[];
}

export interface ProxyLineRow {
  readonly line: number;
  readonly state: 'read' | 'known' | 'ambiguous' | 'refused';
  /** What it was read as, without a password; of an ambiguous one with the host first. */
  readonly address: string | null;
  readonly username: string;
  readonly hasPassword: boolean;
  readonly changesExit: boolean;
  /** Of an ambiguous one, with the user first. */
  readonly otherwise: string | null;
  /** Why it was refused; a key of the catalogues. */
  readonly problem: string | null;
}
