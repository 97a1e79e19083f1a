/** The catalogue and the figures in the language of this window, reactive. */
import { createMemo, createRoot, createSignal } from 'solid-js';
import type { Failure } from '../../../workspace/model/failure.ts';
import {
  formatAgo,
  formatBytes,
  formatClock,
  formatDateTime,
  formatDuration,
  formatNumber,
} from '../../text/figures.ts';
import {
  type FailureText,
  failureText,
  type Language,
  resolveLanguage,
  type TextKey,
  type TextValues,
  translate,
  translateOr,
} from '../../text/index.ts';
import { language } from './appearance.ts';

/** Moves once every half minute, so that "3 minutes ago" stays true. */
const now = createRoot(() => {
  const [at, setAt] = createSignal(Date.now());
  setInterval(() => setAt(Date.now()), 30_000);
  return at;
});

export const locale = createRoot(() =>
  createMemo<Language>(() => resolveLanguage(language(), navigator.languages)),
);

/** Figures and dates follow the device's region where it speaks the window's language: 21 Nov, 14:05. */
const region = createRoot(() =>
  createMemo(() => navigator.languages.find((tag) => tag.split('-')[0] === locale()) ?? locale()),
);

export const t = (key: TextKey, values?: TextValues): string => translate(locale(), key, values);
export const tOr = (key: string, name: string): string => translateOr(locale(), key, name);
export const explain = (failure: Failure): FailureText => failureText(locale(), failure);

export const show = {
  bytes: (bytes: number) => formatBytes(region(), bytes),
  number: (value: number) => formatNumber(region(), value),
  duration: (milliseconds: number) => formatDuration(region(), milliseconds),
  /** "now" is never before `at`: the host's clock and this window's tick are not in step. */
  ago: (at: number) => formatAgo(region(), at, Math.max(now(), at)),
  dateTime: (at: number) => formatDateTime(region(), at, now()),
  clock: (at: number) => formatClock(region(), at),
};
