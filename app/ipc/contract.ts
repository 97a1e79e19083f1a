/**
 * What a window, a command or a script may ask of the vault host, and what it is told.
 *
 * The same requests travel over a WebSocket (served shell), a message port (Electron) and a local
 * socket (command line). A request is `{id, method, params}`; its answer `{id, result}` where result is
 * a `Result`; a push is `{push}`. The host checks every `params` against the schema here before any
 * code sees it; unknown methods and fields are refused.
 */
import { z } from 'zod';
import type { Measured } from '../../workspace/model/consistency/measured.ts';
import type { ContactedHost } from '../../workspace/model/contactedHost.ts';
import type { CookieFormat } from '../../workspace/model/cookies.ts';
import type { Issue, Result } from '../../workspace/model/failure.ts';
import type { ImportPreview, MigrationReport } from '../../workspace/model/migration.ts';
import { importRequestSchema } from '../../workspace/model/migrationRequest.ts';
import type { AlignmentOffer } from '../../workspace/model/places/alignment.ts';
import {
  type Profile,
  type ProfileRow,
  profileBulkSchema,
  profileFilterSchema,
  profileInputSchema,
  profilePatchSchema,
} from '../../workspace/model/profile.ts';
import {
  type ProxyCheck,
  type ProxyRow,
  proxyInputSchema,
  proxyPatchSchema,
  type ShownProxy,
} from '../../workspace/model/proxy.ts';
import { proxyTypes } from '../../workspace/model/proxyAddress.ts';
import {
  type ActivityRow,
  type Facet,
  type HistoryEntry,
  listOrders,
  recordKinds,
  type TrashedRow,
  type VaultStats,
} from '../../workspace/model/record.ts';
import {
  type RecordedRunEvent,
  type ResultTable,
  type RunDetail,
  type RunRow,
  runInputSchema,
} from '../../workspace/model/run.ts';
import { type Settings, settingsSchema } from '../../workspace/model/settings.ts';
import type { DeviceRow, LeaseInfo, SyncStatus } from '../../workspace/model/sync.ts';
import type { BackupRow, ExportReport, ImportReport } from '../../workspace/model/transfer.ts';
import type { Workflow, WorkflowRow } from '../../workspace/model/workflow.ts';

/** Passphrases are Unicode, normalized (NFKC) before use; the bound only stops absurd input. */
const passphrase = z.string().min(1).max(1_024);
const nothing = z.strictObject({});
const reference = z.string().min(1).max(200);
const recordKind = z.enum(recordKinds);
const page = {
  /** Where the previous page ended; opaque. */
  after: z.string().max(2_000).optional(),
  limit: z.int().min(1).max(500).default(100),
};

/** Every method with the schema of its parameters. */
export const requests = {
  'app.info': nothing,
  'app.doctor': nothing,
  /** Tells the host that the person is there, which puts off the auto-lock. */
  'app.active': nothing,

  'vault.status': nothing,
  /** Makes a vault in memory and returns its recovery words; nothing is written yet. */
  'vault.prepare': z.strictObject({
    passphrase,
    kdf: z.enum(['calibrated', 'minimum']).default('calibrated'),
  }),
  /** The asked-for recovery words, in the order asked; writes the vault and unlocks it. */
  'vault.confirm': z.strictObject({ words: z.array(z.string().max(40)).max(24) }),
  'vault.unlock': z.strictObject({ passphrase }),
  /** Opens with the key that the operating system's keychain keeps, where the shell has one. */
  'vault.unlockQuickly': nothing,
  'quickUnlock.status': nothing,
  'quickUnlock.enable': nothing,
  'quickUnlock.disable': nothing,
  /** Opens with the 24 recovery words and sets a new passphrase. */
  'vault.recover': z.strictObject({
    words: z.string().max(1_000),
    newPassphrase: passphrase,
    /** A backup's folder, on a machine that has no vault yet. */
    from: z.string().min(1).max(4_096).optional(),
  }),
  'vault.lock': nothing,
  /** The old passphrase stops working at once. */
  'vault.changePassphrase': z.strictObject({ current: passphrase, next: passphrase }),
  'vault.stats': nothing,
  /** Reads everything once and names what is damaged. */
  'vault.check': nothing,
  /** Makes all lists again from documents and entries. */
  'views.rebuild': nothing,
  /** Deletes the vault's folder. `confirm` is the folder's name as the person typed it. */
  'vault.erase': z.strictObject({
    confirm: z.string().max(4_096),
    backups: z.boolean().default(false),
  }),

  /** Proves that the person is there: by the second factor where one is set up, else by the passphrase. */
  'stepUp.prove': z.strictObject({
    passphrase: passphrase.optional(),
    code: z.string().max(40).optional(),
  }),
  'stepUp.status': nothing,
  /** Starts setting up one-time codes; nothing is asked for before `stepUp.confirm`. */
  'stepUp.begin': nothing,
  'stepUp.confirm': z.strictObject({ code: z.string().max(40) }),
  'stepUp.disable': nothing,

  'backups.now': nothing,
  'backups.list': nothing,
  'backups.verify': z.strictObject({ backup: z.string().min(1).max(4_096) }),
  /** Puts a backup in the place of what is in the vault now, which is backed up first. */
  'backups.restore': z.strictObject({ backup: z.string().min(1).max(4_096) }),
  'vault.export': z.strictObject({
    path: z.string().min(1).max(4_096),
    format: z.enum(['sealed', 'plain']),
    /** Makes 24 words that open this one file, beside the vault's own. */
    ownWords: z.boolean().default(false),
  }),
  'vault.import': z.strictObject({
    path: z.string().min(1).max(4_096),
    onDuplicate: z.enum(['skip', 'merge', 'copy']).default('skip'),
    /** The words that open the file, when this vault can not open it by itself. */
    words: z.string().max(1_000).optional(),
    /** Only tells what would happen. */
    preview: z.boolean().default(false),
  }),
  /** Ends long work that can be ended: an export, an import, a backup. */
  'task.cancel': z.strictObject({ task: z.string().max(100) }),

  'records.history': z.strictObject({ kind: recordKind, record: reference }),
  'records.version': z.strictObject({
    kind: recordKind,
    record: reference,
    version: z.string().max(80),
  }),
  'records.restoreVersion': z.strictObject({
    kind: recordKind,
    record: reference,
    version: z.string().max(80),
  }),
  'trash.list': nothing,
  'trash.restore': z.strictObject({ kind: recordKind, id: reference }),
  /** All of them or none; progress is pushed. */
  'trash.restoreMany': z.strictObject({
    kind: recordKind,
    ids: z.array(reference).min(1).max(100_000),
  }),
  /** Deletes for good: these, or all that is in the trash. */
  'trash.empty': z.strictObject({ ids: z.array(reference).max(100_000).optional() }),
  'activity.list': z.strictObject({
    type: z.string().max(60).optional(),
    kind: z.string().max(60).optional(),
    record: reference.optional(),
    from: z.int().min(0).optional(),
    to: z.int().min(0).optional(),
    ...page,
  }),

  /** A list that stays current: its first rows now, then `rows` pushes until it is closed. */
  'lists.open': z.strictObject({
    list: z.enum(['profiles', 'proxies', 'workflows']),
    search: z.string().max(200).default(''),
    sort: z.enum(listOrders).default('name'),
    /** Of profiles only. */
    filter: profileFilterSchema.optional(),
    limit: page.limit,
  }),
  /** The next rows of an open list. */
  'lists.more': z.strictObject({ id: z.int(), limit: page.limit }),
  'lists.close': z.strictObject({ id: z.int() }),

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

  'workflows.list': z.strictObject({ search: z.string().max(200).default(''), ...page }),
  'workflows.get': z.strictObject({ workflow: reference }),
  /** `document` is a workflow file's content; it is checked against every step's schema. */
  'workflows.add': z.strictObject({ document: z.unknown() }),
  'workflows.replace': z.strictObject({ workflow: reference, document: z.unknown() }),
  'workflows.check': z.strictObject({ document: z.unknown() }),
  'workflows.remove': z.strictObject({ workflow: reference }),
  'steps.catalogue': nothing,

  'runs.start': runInputSchema,
  'runs.cancel': z.strictObject({ run: reference }),
  'runs.list': z.strictObject({
    workflow: reference.optional(),
    profile: reference.optional(),
    status: z
      .enum(['queued', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted'])
      .optional(),
    ...page,
  }),
  'runs.get': z.strictObject({ run: reference }),
  'runs.events': z.strictObject({
    run: reference,
    /** The last sequence already seen; 0 for none. */
    after: z.int().min(0).default(0),
    limit: z.int().min(1).max(5_000).default(1_000),
  }),
  /** Pushes the run's events from `after` on, those already recorded first, until it is finished. */
  'runs.watch': z.strictObject({ run: reference, after: z.int().min(0).default(0) }),
  'runs.unwatch': z.strictObject({ run: reference }),
  'runs.results': z.strictObject({ run: reference }),
  'runs.export': z.strictObject({ run: reference, format: z.enum(['csv', 'json']) }),
  'blobs.read': z.strictObject({ id: z.string().regex(/^[0-9a-f]{64}$/) }),

  'sync.status': nothing,
  /** Looks and sends at once, whatever was being waited for. */
  'sync.now': nothing,
  /** Answers when all that is known is exchanged with every relay. */
  'sync.wait': z.strictObject({ timeout: z.int().min(0).max(86_400_000).default(60_000) }),
  'relays.add': z.strictObject({ url: z.string().min(1).max(500) }),
  'relays.remove': z.strictObject({ relay: z.string().min(1).max(500) }),
  'devices.list': nothing,
  'devices.rename': z.strictObject({
    device: reference,
    name: z.string().trim().min(1).max(100),
  }),
  /** Rotates the workspace's keys; `wipe` asks the removed device to delete its vault. */
  'devices.remove': z.strictObject({ device: reference, wipe: z.boolean().default(false) }),
  /** Makes a code that a new device can be let in with. */
  'pairing.offer': nothing,
  /** Answers once a device has read the code, with what is to be compared. */
  'pairing.met': nothing,
  /** What somebody said here about the digits; answers when the other device's vault is made. */
  'pairing.answer': z.strictObject({ yes: z.boolean() }),
  'pairing.cancel': nothing,
  /** On a machine without a vault: reads a code and answers with the digits. */
  'join.begin': z.strictObject({
    code: z.string().min(1).max(2_000),
    deviceName: z.string().trim().min(1).max(100).optional(),
  }),
  'join.finish': z.strictObject({
    yes: z.boolean(),
    passphrase,
    kdf: z.enum(['calibrated', 'minimum']).default('calibrated'),
  }),
  'join.cancel': nothing,
  /** On a machine without a vault: everything from the recovery words and a relay alone. */
  'join.recover': z.strictObject({
    words: z.string().max(1_000),
    relay: z.string().min(1).max(500),
    passphrase,
    kdf: z.enum(['calibrated', 'minimum']).default('calibrated'),
  }),

  'settings.get': nothing,
  'settings.set': settingsSchema.partial(),
} as const;

export type Method = keyof typeof requests;
export type Params<M extends Method> = z.input<(typeof requests)[M]>;
export type CheckedParams<M extends Method> = z.output<(typeof requests)[M]>;

/** A row of any list that stays current. */
export type AnyRow = ProfileRow | ProxyRow | WorkflowRow;
/** A record of any kind as it is shown: without its secrets. */
export type AnyRecord = Profile | ShownProxy | Workflow;

export interface Page<Row> {
  readonly rows: readonly Row[];
  /** Give it back as `after`; null on the last page. */
  readonly next: string | null;
  /** Lists of runs and activity count to 10,000; 10,001 says that there are more. */
  readonly total: number;
}

export type VaultStatus =
  | { readonly state: 'missing' | 'locked' | 'unlocked'; readonly dir: string }
  | {
      readonly state: 'unusable';
      readonly dir: string;
      readonly failure: import('../../workspace/model/failure.ts').Failure;
    };

export interface DoctorCheck {
  readonly name: 'runtime' | 'browser' | 'electron' | 'display' | 'vault' | 'sandbox' | 'diskSpace';
  readonly state: 'good' | 'warning' | 'bad';
  /** What was found: a version, a path, a size. */
  readonly found: string;
  /** Key of the advice in `app/text`, where there is any. */
  readonly advice: string | null;
}

/** One kind of step as the builder's form, the JSON view and the command line see it. */
export interface StepKind {
  readonly type: string;
  readonly group: 'page' | 'input' | 'wait' | 'data' | 'flow' | 'outside';
  /** JSON Schema (2020-12) of the whole step, common options included. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** The fields that belong to this kind, in the order of its form, and how each is edited. */
  readonly fields: readonly StepField[];
  /** A new step of this kind, without its id. */
  readonly template: Readonly<Record<string, unknown>>;
}

export interface StepField {
  readonly name: string;
  readonly editor:
    | 'text'
    | 'template'
    | 'expression'
    | 'number'
    | 'boolean'
    | 'choice'
    | 'selectors'
    | 'conditions'
    | 'steps'
    | 'json';
  readonly required: boolean;
  readonly choices?: readonly string[];
}

/** The answers, by method. */
export interface Answers {
  'app.info': {
    readonly version: string;
    readonly shell: 'served' | 'electron' | 'cli';
    readonly platform: string;
    readonly vaultDir: string;
  };
  'app.doctor': { readonly checks: readonly DoctorCheck[] };
  'app.active': null;
  'vault.status': VaultStatus;
  'vault.prepare': {
    readonly words: readonly string[];
    /** 1-based positions of the words to type back. */
    readonly ask: readonly number[];
  };
  'vault.confirm': null;
  'vault.unlock': null;
  'vault.unlockQuickly': null;
  'quickUnlock.status': { readonly available: boolean; readonly on: boolean };
  'quickUnlock.enable': null;
  'quickUnlock.disable': null;
  'vault.recover': null;
  'vault.lock': null;
  'vault.changePassphrase': null;
  'vault.stats': VaultStats;
  'vault.check': { readonly damaged: readonly string[]; readonly checked: number };
  'views.rebuild': { readonly rows: number };
  'vault.erase': null;
  'stepUp.prove': null;
  'stepUp.status': StepUpStatus;
  'stepUp.begin': { readonly uri: string; readonly secret: string };
  'stepUp.confirm': { readonly recoveryCodes: readonly string[] };
  'stepUp.disable': null;
  'backups.now': BackupRow;
  'backups.list': { readonly backups: readonly BackupRow[] };
  'backups.verify': { readonly damaged: readonly string[]; readonly checked: number };
  'backups.restore': null;
  'vault.export': ExportReport;
  'vault.import': ImportReport;
  'task.cancel': null;
  'records.history': { readonly name: string; readonly versions: readonly HistoryEntry[] };
  'records.version': AnyRecord;
  'records.restoreVersion': AnyRecord;
  'trash.list': { readonly rows: readonly TrashedRow[] };
  'trash.restore': { readonly name: string };
  'trash.restoreMany': null;
  'trash.empty': { readonly removed: number };
  'activity.list': Page<ActivityRow>;
  'lists.open': { readonly id: number; readonly page: Page<AnyRow> };
  'lists.more': Page<AnyRow>;
  'lists.close': null;
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
  'workflows.list': Page<WorkflowRow>;
  'workflows.get': Workflow;
  'workflows.add': Workflow;
  'workflows.replace': Workflow;
  'workflows.check': { readonly issues: readonly Issue[] };
  'workflows.remove': null;
  'steps.catalogue': { readonly kinds: readonly StepKind[] };
  'runs.start': RunDetail;
  'runs.cancel': null;
  'runs.list': Page<RunRow>;
  'runs.get': RunDetail;
  'runs.events': { readonly events: readonly RecordedRunEvent[]; readonly last: number };
  'runs.watch': null;
  'runs.unwatch': null;
  'runs.results': ResultTable;
  'runs.export': { readonly fileName: string; readonly mediaType: string; readonly text: string };
  'blobs.read': { readonly mediaType: string; readonly base64: string };
  'sync.status': SyncStatus;
  'sync.now': null;
  'sync.wait': null;
  'relays.add': { readonly id: string };
  'relays.remove': null;
  'devices.list': { readonly devices: readonly DeviceRow[] };
  'devices.rename': null;
  'devices.remove': null;
  'pairing.offer': { readonly code: string };
  'pairing.met': { readonly digits: string; readonly name: string };
  'pairing.answer': { readonly device: string };
  'pairing.cancel': null;
  'join.begin': { readonly digits: string };
  'join.finish': null;
  'join.cancel': null;
  'join.recover': null;
  'settings.get': Settings;
  'settings.set': Settings;
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

/** Whether the person has to prove to be there, and how. */
export interface StepUpStatus {
  readonly method: 'passphrase' | 'oneTimeCode';
  /** Until when the last proof counts, or null. */
  readonly provenUntil: number | null;
  /** How many recovery codes are left, where one-time codes are set up. */
  readonly recoveryCodesLeft: number | null;
}

/** What the host tells without being asked. */
export type Push =
  | { readonly type: 'changed'; readonly topics: readonly Topic[] }
  | {
      readonly type: 'runEvents';
      readonly runId: string;
      readonly events: readonly RecordedRunEvent[];
    }
  | {
      readonly type: 'rows';
      /** The open list's id. */
      readonly list: number;
      readonly removed: readonly string[];
      /** By rising place; each place counts with those before it put in. */
      readonly upserts: readonly {
        readonly row: AnyRow;
        readonly index: number;
      }[];
      readonly total: number;
    }
  | {
      readonly type: 'progress';
      readonly task: TaskName;
      readonly done: number;
      readonly total: number;
    }
  | { readonly type: 'locking' };

/** Long work that tells how far it is. */
export type TaskName =
  | 'views'
  | 'import'
  | 'export'
  | 'backup'
  | 'edit'
  | 'check'
  | 'proxyCheck'
  | 'share'
  | 'session';

export type Topic =
  | 'opened'
  | 'profiles'
  | 'proxies'
  | 'templates'
  | 'workflows'
  | 'runs'
  | 'settings'
  | 'activity'
  | 'backups'
  | 'sync'
  | `run:${string}`;

export interface RequestFrame {
  readonly id: number;
  readonly method: string;
  readonly params: unknown;
}
export type AnswerFrame = { readonly id: number; readonly result: Result<unknown> };
export type PushFrame = { readonly push: Push };
export type HostFrame = AnswerFrame | PushFrame;

/** A connection to a host, whatever carries it. */
export interface HostClient {
  call<M extends Method>(method: M, params: Params<M>): Promise<Result<Answers[M]>>;
  onPush(listener: (push: Push) => void): () => void;
  /** Called once when the connection ends; open calls have been answered with `hostLost` by then. */
  onClose(listener: () => void): () => void;
  close(): void;
}
