/** Profiles, what is in their sessions, opening them, and templates. */
import { z } from 'zod';
import type { Measured } from '../../../workspace/model/consistency/measured.ts';
import type { ContactedHost } from '../../../workspace/model/contactedHost.ts';
import type { CookieFormat } from '../../../workspace/model/cookies.ts';
import type { ImportPreview, MigrationReport } from '../../../workspace/model/migration.ts';
import { importRequestSchema } from '../../../workspace/model/migrationRequest.ts';
import type { AlignmentOffer } from '../../../workspace/model/places/alignment.ts';
import {
  type Profile,
  type ProfileRow,
  profileBulkSchema,
  profileFilterSchema,
  profileInputSchema,
  profilePatchSchema,
} from '../../../workspace/model/profile.ts';
import { type Facet, listOrders } from '../../../workspace/model/record.ts';
import type { LeaseInfo } from '../../../workspace/model/sync.ts';
import { nothing, type Page, page, reference } from './common.ts';

export const profileRequests = {
  'profiles.list': z.strictObject({
    search: z.string().max(200).default(''),
    sort: z.enum(listOrders).default('name'),
    filter: profileFilterSchema.optional(),
    ...page,
  }),
  'profiles.get': z.strictObject({ profile: reference }),
  'profiles.add': z.strictObject({ input: profileInputSchema }),
  /** Many alike; the name is a pattern such as `Shop {n}`. */
  'profiles.addMany': z.strictObject({
    input: profileInputSchema,
    count: z.int().min(1).max(10_000),
    first: z.int().min(0).max(1_000_000_000).default(1),
  }),
  /** The same settings under free names; sessions stay where they are. */
  'profiles.duplicate': z.strictObject({
    profile: reference,
    count: z.int().min(1).max(1_000).default(1),
  }),
  'profiles.edit': z.strictObject({ profile: reference, patch: profilePatchSchema }),
  /** The same change to many; progress is pushed. */
  'profiles.editMany': z.strictObject({
    profiles: z.array(reference).min(1).max(100_000),
    patch: profileBulkSchema,
  }),
  /** Takes the last change of many back, as `profiles.editMany` named it. */
  'profiles.undoEdit': z.strictObject({ edit: z.string().max(100) }),
  /** The groups and tags that profiles have, with how many have each. */
  'profiles.facets': nothing,
  /** Into the trash. */
  'profiles.remove': z.strictObject({ profile: reference }),
  /** All of them or, where one is open, none; progress is pushed. */
  'profiles.removeMany': z.strictObject({ profiles: z.array(reference).min(1).max(100_000) }),
  /** All of them added, or none. Items are checked one by one; issues carry the item's index. */
  'profiles.import': z.strictObject({ items: z.array(z.unknown()).max(100_000) }),
  /** Reads a file of another program and tells what would become of it; stores nothing. */
  'profiles.readImport': importRequestSchema,
  /** Takes it in: all profiles and proxies or none, then their cookies; progress is pushed. */
  'profiles.runImport': importRequestSchema,
  'profiles.export': z.strictObject({ profiles: z.array(reference).max(100_000).optional() }),
  /** Who uses a profile now, on whatever device. */
  'profiles.lease': z.strictObject({ profile: reference }),
  /** Opens its browser for a person; answers when the window is up. */
  'profiles.open': z.strictObject({
    profile: reference,
    headless: z.boolean().default(false),
    /** Goes on where nobody can say whether another device uses it. */
    branch: z.boolean().default(false),
  }),
  /** Answers when its session is sealed. */
  'profiles.close': z.strictObject({ profile: reference }),
  'profiles.closeAll': nothing,
  /** Brings its window to the front. */
  'profiles.show': z.strictObject({ profile: reference }),
  /** Offers an opened browser's DevTools to programs that are given the address, which has a token in it. */
  'profiles.attach': z.strictObject({ profile: reference }),
  /** What people have open on this device. */
  'profiles.opened': nothing,
  /** Hosts that its browser talked to on this device, newest first. */
  'profiles.hosts': z.strictObject({ profile: reference }),
  /** Clears that list. */
  'profiles.forgetHosts': z.strictObject({ profile: reference }),
  /** Sites that have something in its session, while nobody has it open. */
  'profiles.sites': z.strictObject({ profile: reference }),
  /** Forgets what one site left in its session. */
  'profiles.clearSite': z.strictObject({ profile: reference, site: z.string().min(1).max(300) }),
  /** Cookies from a file of any of the usual formats. */
  'profiles.importCookies': z.strictObject({
    profile: reference,
    text: z.string().max(200_000_000),
    /** What was there goes. */
    replace: z.boolean().default(false),
    /** Only tells what is in it. */
    preview: z.boolean().default(false),
  }),
  /** Its cookies in the clear; the person has to prove to be there. */
  'profiles.exportCookies': z.strictObject({
    profile: reference,
    format: z.enum(['netscape', 'json', 'storageState']).default('json'),
  }),
  /** The same of many in one JSON list, whose items name the profile; progress is pushed. */
  'profiles.exportManyCookies': z.strictObject({
    profiles: z.array(reference).min(1).max(100_000),
    format: z.enum(['json', 'storageState']).default('json'),
  }),
  /** Takes such a list in: nothing when one of its profiles is not there or is open. */
  'profiles.importManyCookies': z.strictObject({
    text: z.string().max(200_000_000),
    /** What was there goes, of each. */
    replace: z.boolean().default(false),
    /** Only tells what is in it. */
    preview: z.boolean().default(false),
  }),
  /** Forgets the profile's cookies and storage. */
  'profiles.clearSession': z.strictObject({ profile: reference }),
  /** What it would be set to, to go with where its proxy comes out. */
  'profiles.alignment': z.union([
    z.strictObject({ profile: reference, timeZone: z.string().max(100).optional() }),
    z.strictObject({ proxy: reference, timeZone: z.string().max(100).optional() }),
    /** By its tag. */
    z.strictObject({
      pool: z.string().min(1).max(60),
      timeZone: z.string().max(100).optional(),
    }),
  ]),
  /** Reads in a browser with its settings, without its session or a network, what pages are told. */
  'profiles.measure': z.strictObject({
    profile: reference,
    /** Measured as if it were changed so. */
    patch: profilePatchSchema.optional(),
  }),

  'templates.list': nothing,
  'templates.get': z.strictObject({ template: reference }),
  /** Settings that new profiles begin with; one of the same name is replaced. */
  'templates.save': z.strictObject({ input: profileInputSchema }),
  /** Into the trash. */
  'templates.remove': z.strictObject({ template: reference }),
} as const;

export interface ProfileAnswers {
  'profiles.list': Page<ProfileRow>;
  'profiles.get': Profile;
  'profiles.add': Profile;
  'profiles.addMany': { readonly added: number; readonly first: Profile };
  'profiles.duplicate': { readonly profiles: readonly Profile[] };
  'profiles.edit': Profile;
  'profiles.editMany': {
    readonly changed: number;
    /** What `profiles.undoEdit` takes it back by; null when nothing changed. */
    readonly undo: string | null;
  };
  'profiles.undoEdit': { readonly changed: number };
  'profiles.facets': { readonly groups: readonly Facet[]; readonly tags: readonly Facet[] };
  'profiles.remove': null;
  'profiles.removeMany': { readonly removed: number };
  'profiles.import': { readonly added: number };
  'profiles.readImport': ImportPreview;
  'profiles.runImport': MigrationReport;
  'profiles.export': { readonly profiles: readonly Profile[] };
  'profiles.lease': LeaseInfo;
  'profiles.open': OpenedProfile;
  'profiles.close': null;
  'profiles.closeAll': null;
  'profiles.show': null;
  'profiles.attach': { readonly wsEndpoint: string; readonly httpEndpoint: string };
  'profiles.opened': { readonly opened: readonly OpenedProfile[] };
  'profiles.hosts': { readonly hosts: readonly ContactedHost[] };
  'profiles.forgetHosts': null;
  'profiles.sites': { readonly sites: readonly SiteRow[] };
  'profiles.clearSite': { readonly cleared: boolean };
  'profiles.importCookies': CookieReport;
  'profiles.exportCookies': { readonly fileName: string; readonly text: string };
  'profiles.exportManyCookies': { readonly fileName: string; readonly text: string };
  'profiles.importManyCookies': CookieListReport;
  'profiles.clearSession': null;
  'profiles.alignment': AlignmentOffer;
  'profiles.measure': Measured;
  'templates.list': { readonly rows: readonly TemplateRow[] };
  'templates.get': Profile;
  'templates.save': Profile;
  'templates.remove': null;
}

/** A site with what it has in a profile's session. */
export interface SiteRow {
  readonly site: string;
  readonly cookies: number;
  /** Characters of what its storage holds. */
  readonly storage: number;
}

/** What came of a file of cookies. */
export interface CookieReport {
  readonly format: CookieFormat;
  /** Cookies that it has. */
  readonly read: number;
  readonly sites: number;
  /** The first lines that are no cookies, and why; a key of the catalogues. */
  readonly refused: readonly { readonly place: number; readonly problem: string }[];
  readonly refusedCount: number;
}

/** What came of a file of several profiles' cookies. */
export interface CookieListReport {
  readonly profiles: number;
  /** Cookies that it has. */
  readonly read: number;
  /** Entries that are none. */
  readonly refusedCount: number;
}

/** A profile whose browser a person has open here. */
export interface OpenedProfile {
  readonly profileId: string;
  readonly name: string;
  readonly since: number;
  readonly headless: boolean;
  /** Why nothing gets through its proxy; a key of the catalogues. */
  readonly proxyProblem: string | null;
  /** Its browser has ended and its session could not be sealed; closing it again tries once more. */
  readonly isUnsealed: boolean;
}

export interface TemplateRow {
  readonly id: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly group: string | null;
}
