/**
 * Text that people read, by key and language, and figures by locale. Pure: windows, the command line
 * and tests use the same functions.
 */
import type { Failure } from '../../workspace/model/failure.ts';
import { en } from './en.ts';
import { vi } from './vi.ts';

export const languages = ['en', 'vi'] as const;
export type Language = (typeof languages)[number];
export type TextKey = keyof typeof en;
/** `{count}` in `values` picks between the forms of a phrase that has more than one. */
export type Phrase = string | { readonly one: string; readonly other: string };
export type Catalogue = Readonly<Record<TextKey, Phrase>>;
export type TextValues = Readonly<Record<string, string | number>>;

export const catalogues: Readonly<Record<Language, Catalogue>> = { en, vi };

/** Fills `{name}` with `values.name`; numbers are written the way the language writes them. */
export function translate(language: Language, key: TextKey, values: TextValues = {}): string {
  const phrase = catalogues[language][key];
  const text = typeof phrase === 'string' ? phrase : phrase[pluralForm(language, values.count)];
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? new Intl.NumberFormat(language).format(value) : value;
  });
}

function pluralForm(language: Language, count: string | number | undefined): 'one' | 'other' {
  if (typeof count !== 'number') return 'other';
  return new Intl.PluralRules(language).select(count) === 'one' ? 'one' : 'other';
}

export const hasText = (key: string): key is TextKey => Object.hasOwn(en, key);

/** The text of a key that may not exist (a step kind added later), else the name made readable. */
export function translateOr(language: Language, key: string, name: string): string {
  return hasText(key) ? translate(language, key) : humanize(name);
}

/** `waitForElement` reads "Wait for element". */
export function humanize(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[_.-]+/g, ' ');
  const lower = words.toLowerCase().trim();
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}

/** The language to show: the chosen one, else the first preferred one that has a catalogue. */
export function resolveLanguage(
  setting: 'system' | Language,
  preferred: readonly string[],
): Language {
  if (setting !== 'system') return setting;
  const known = preferred.map((tag) => tag.toLowerCase().split('-')[0]);
  return known.find((tag): tag is Language => languages.some((one) => one === tag)) ?? 'en';
}

export interface FailureText {
  /** What happened. */
  readonly title: string;
  /** What was kept, and what to do. */
  readonly advice: string;
  /** The refused fields, one a line. */
  readonly details: readonly string[];
}

/** Explains a failure in words. */
export function failureText(language: Language, failure: Failure): FailureText {
  const values = failureValues(language, failure);
  return {
    title: translate(language, `failure.${failure.code}.title`, values),
    advice: translate(language, `failure.${failure.code}.advice`, values),
    details:
      failure.code === 'invalid'
        ? failure.issues.map((issue) =>
            issue.path ? `${issue.path}: ${issue.message}` : issue.message,
          )
        : [],
  };
}

function failureValues(language: Language, failure: Failure): TextValues {
  switch (failure.code) {
    case 'invalid':
      return { count: failure.issues.length };
    case 'notFound':
    case 'ambiguousName':
    case 'duplicateName':
      return {
        kind: translateOr(language, `kind.${failure.kind}`, failure.kind),
        name: failure.name,
      };
    case 'vaultMissing':
    case 'vaultExists':
    case 'vaultReadOnly':
      return { dir: failure.dir };
    case 'vaultInUse':
      return { pid: failure.pid === null ? '?' : String(failure.pid) };
    case 'vaultDamaged':
      return { part: failure.part };
    case 'vaultNewer':
      return { found: failure.found, supported: failure.supported };
    case 'profileBusy':
      return {
        name: failure.name,
        advice: translate(language, `profileBusyBy.${failure.by ?? 'unknown'}`),
      };
    case 'lockUnknown':
    case 'proxyMissing':
    case 'profileNotOpen':
      return { name: failure.name };
    case 'extensionMissing':
      return { name: failure.name, extension: failure.extension };
    case 'recordUnusable':
      return { name: failure.name, field: failure.field };
    case 'openFailed':
      return {
        name: failure.name,
        reason: translateOr(language, `taskFailure.${failure.reason}.title`, failure.reason),
      };
    case 'profileLocked':
      return {
        name: failure.name,
        device: failure.device,
        since: new Date(failure.since).toLocaleString(language),
      };
    case 'sessionElsewhere':
      return { name: failure.name, device: failure.device };
    case 'browserMissing':
      return { looked: failure.looked.join(', ') };
    case 'stepUpRefused':
      return {
        wait:
          failure.waitSeconds > 0
            ? translate(language, 'failure.wait', { seconds: failure.waitSeconds })
            : '',
      };
    case 'taskBusy':
      return { task: translateOr(language, `task.${failure.task}`, failure.task) };
    case 'importRefused':
      return {
        path: failure.path,
        reason: translate(language, `importRefusal.${failure.reason}`),
      };
    case 'pairingFailed':
      return { reason: translate(language, `pairingRefusal.${failure.reason}`) };
    case 'deviceRefused':
      return { reason: translate(language, `deviceRefusal.${failure.reason}`) };
    case 'fileExists':
    case 'fileMissing':
      return { path: failure.path };
    case 'internal':
      return { reference: failure.reference };
    default:
      return {};
  }
}
