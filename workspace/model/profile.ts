/** A profile: an isolated browser identity. Its settings are the honest ones a browser engine offers. */
import { z } from 'zod';
import { permissions } from './permissions.ts';
import {
  browserNames,
  mostTags,
  type ProfileColor,
  profileColors,
  proxyRotations,
} from './profileChoices.ts';

const knownTimeZone = remembered((name) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
});

const knownLocale = (tag: string): boolean => {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};

/** A format takes long to make, and an import of thousands asks for the same few. */
function remembered(ask: (name: string) => boolean): (name: string) => boolean {
  const answers = new Map<string, boolean>();
  return (name) => {
    const known = answers.get(name);
    if (known !== undefined) return known;
    if (answers.size >= 1_000) answers.clear();
    const answer = ask(name);
    answers.set(name, answer);
    return answer;
  };
}

/** CSS pixels. Playwright takes any positive size; these bounds keep a window that can be shown. */
export const viewportSchema = z.strictObject({
  width: z.int().min(200).max(7680),
  height: z.int().min(200).max(4320),
});

/** Degrees, and metres around them. */
export const geolocationSchema = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  accuracy: z.number().min(0).max(100_000).default(20),
});

/** RFC 9110 tokens; the ones that a browser writes itself would contradict what it does. */
const headerName = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}$/, 'is not a header name')
  .refine(
    (name) =>
      !/^(host|cookie|content-length|connection|transfer-encoding|user-agent|sec-.*|proxy-.*)$/i.test(
        name,
      ),
    'is written by the browser itself',
  );

/** What people call an extension. */
export const extensionName = z.string().trim().min(1).max(60);

const webAddress = z.url({ protocol: /^https?$/ }).max(2_000);

/** As many as a browser's own settings are ever given. */
const mostLanguages = 10;

/** All proxies with a tag. */
export const proxyPoolSchema = z.strictObject({
  tag: z.string().trim().min(1).max(60),
  /**
   * `perOpening`: the next one each time that the profile is opened or a run uses it; `sticky`: always the
   * same, as long as it is there and works; `timed`: another one each time `minutes` are over.
   */
  rotation: z.enum(proxyRotations),
  minutes: z.int().min(1).max(10_080).default(10),
});
export type ProxyPool = z.output<typeof proxyPoolSchema>;

const fields = {
  name: z.string().trim().min(1).max(200),
  notes: z.string().max(20_000),
  tags: z.array(z.string().trim().min(1).max(60)).max(mostTags),
  /** The one group that it is in; null for none. A group is there while a profile is in it. */
  group: z.string().trim().min(1).max(60).nullable(),
  color: z.enum(profileColors).nullable(),
  /** A number that people call it by; several may have the same. */
  number: z.int().min(0).max(999_999_999).nullable(),
  viewport: viewportSchema,
  /** BCP 47, or null for the browser's own. */
  locale: z.string().refine(knownLocale, 'is not a language tag such as "en-GB"').nullable(),
  /**
   * What pages are told that the person reads, by `navigator.languages` and `Accept-Language`, the
   * preferred first; none for those that go with the locale.
   */
  languages: z
    .array(z.string().refine(knownLocale, 'is not a language tag such as "en-GB"'))
    .max(mostLanguages),
  /** IANA name, or null for the device's own. */
  timeZone: z
    .string()
    .refine(knownTimeZone, 'is not a time zone such as "Europe/Berlin"')
    .nullable(),
  colorScheme: z.enum(['light', 'dark', 'no-preference']).nullable(),
  /** Device pixels for one of CSS; null for the screen's own. */
  deviceScaleFactor: z.number().min(0.5).max(5).nullable(),
  /** Whether pages are laid out as on a phone. */
  isMobile: z.boolean(),
  hasTouch: z.boolean(),
  /** Where the device says it is, to pages that may ask; null for nowhere. */
  geolocation: geolocationSchema.nullable(),
  permissions: z.array(z.enum(permissions)).max(permissions.length),
  reducedMotion: z.enum(['reduce', 'no-preference']).nullable(),
  forcedColors: z.enum(['active', 'none']).nullable(),
  contrast: z.enum(['more', 'no-preference']).nullable(),
  /** Sent with every request of every page. */
  extraHeaders: z
    .array(
      z.strictObject({
        name: headerName,
        value: z
          .string()
          .max(2_000)
          .regex(/^[^\r\n\0]*$/),
      }),
    )
    .max(50),
  /** Opened when there are no tabs to bring back. */
  startPages: z.array(webAddress).max(50),
  /** The proxy that its traffic leaves by; null for this device's own connection. */
  proxyId: z.string().max(100).nullable(),
  /** Takes the place of `proxyId`; null for no pool. */
  proxyPool: proxyPoolSchema.nullable(),
  /** Names of extensions that it has; where each lies is a setting of each device. */
  extensions: z.array(extensionName).max(20),
  /** The one that it is opened with; null for whichever the device has. */
  browser: z.enum(browserNames).nullable(),
  /** Only if set: the real engine's own string is the honest default. */
  userAgent: z.string().trim().min(1).max(1000).nullable(),
};

export const profileInputSchema = z.strictObject({
  ...fields,
  notes: fields.notes.default(''),
  tags: fields.tags.default([]),
  group: fields.group.default(null),
  color: fields.color.default(null),
  number: fields.number.default(null),
  viewport: fields.viewport.default({ width: 1280, height: 800 }),
  locale: fields.locale.default(null),
  languages: fields.languages.default([]),
  timeZone: fields.timeZone.default(null),
  colorScheme: fields.colorScheme.default(null),
  userAgent: fields.userAgent.default(null),
  deviceScaleFactor: fields.deviceScaleFactor.default(null),
  isMobile: fields.isMobile.default(false),
  hasTouch: fields.hasTouch.default(false),
  geolocation: fields.geolocation.default(null),
  permissions: fields.permissions.default([]),
  reducedMotion: fields.reducedMotion.default(null),
  forcedColors: fields.forcedColors.default(null),
  contrast: fields.contrast.default(null),
  extraHeaders: fields.extraHeaders.default([]),
  startPages: fields.startPages.default([]),
  proxyId: fields.proxyId.default(null),
  proxyPool: fields.proxyPool.default(null),
  extensions: fields.extensions.default([]),
  browser: fields.browser.default(null),
});

/** Fields of an edit; what is absent stays as it is. */
export const profilePatchSchema = z.strictObject(fields).partial();

export type ProfileInput = z.output<typeof profileInputSchema>;
export type ProfilePatch = z.output<typeof profilePatchSchema>;

export interface Profile extends ProfileInput {
  readonly id: string;
  /** Milliseconds since 1970, as everywhere. */
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What a list of profiles is narrowed to; what is absent does not matter. */
export const profileFilterSchema = z.strictObject({
  /** Null for those in no group. */
  group: fields.group.optional(),
  tag: z.string().max(60).optional(),
  color: fields.color.optional(),
  /** By its id; null for those that leave by this device's own connection. */
  proxyId: fields.proxyId.optional(),
});
export type ProfileFilter = z.output<typeof profileFilterSchema>;

/** A change of many at once. */
export const profileBulkSchema = profilePatchSchema.omit({ name: true, tags: true }).extend({
  tags: fields.tags.optional(),
  /** Given to those that do not have them. */
  addTags: fields.tags.optional(),
  /** Taken from those that have them. */
  removeTags: fields.tags.optional(),
});
export type ProfileBulk = z.output<typeof profileBulkSchema>;

/** A row of the profile list. */
export interface ProfileRow {
  readonly id: string;
  readonly name: string;
  readonly tags: readonly string[];
  readonly notes: string;
  readonly group: string | null;
  readonly color: ProfileColor | null;
  readonly number: number | null;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly locale: string | null;
  readonly timeZone: string | null;
  readonly proxyId: string | null;
  readonly proxyPool: ProxyPool | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly lastRunAt: number | null;
  readonly lastOutcome: string | null;
  /** When a person opened it on this device, or a run of any device that shares its history ended. */
  readonly lastUsedAt: number | null;
  /** True while a run or a person has its browser open on this device. */
  readonly open: boolean;
  /** True when a captured session (cookies, storage) is kept for it. */
  readonly hasSession: boolean;
}
