/** What a browser really reports, read in a page of ours that was opened with a profile's settings. */
import { z } from 'zod';

/** Longer than any browser's own words. */
const word = z.string().max(2_000);
const words = z.array(word).max(100);
const count = z.number();

const brand = z.object({ brand: word, version: word });

/** User-agent client hints (WICG UA Client Hints), the high-entropy ones too. */
export const clientHintsSchema = z.object({
  brands: z.array(brand).max(20),
  fullVersionList: z.array(brand).max(20),
  mobile: z.boolean(),
  platform: word,
  platformVersion: word,
  architecture: word,
  bitness: word,
  model: word,
});

/** What a script is told, wherever it runs. */
export const readingSchema = z.object({
  userAgent: word,
  /** `navigator.platform`. */
  platform: word,
  clientHints: clientHintsSchema.nullable(),
  languages: words,
  /** That `Intl` formats by. */
  locale: word,
  timeZone: word,
  /** Minutes ahead of UTC at that moment. */
  offset: count,
  /** Processors. */
  concurrency: count,
  /** Gigabytes, rounded by the engine; null where it does not tell. */
  memory: count.nullable(),
});

/** What a server is sent. */
export const sentSchema = z.object({
  acceptLanguage: word,
  userAgent: word,
  /** `Sec-CH-UA-Platform`, without its quotes; null where it is not sent, as by workers. */
  platform: word.nullable(),
});

export const measuredSchema = z.object({
  /** Such as `Chromium 156.0.8078.79`. */
  engine: word,
  page: readingSchema,
  /** A frame of another site. */
  frame: readingSchema,
  worker: readingSchema,
  sent: z.object({ page: sentSchema, frame: sentSchema, worker: sentSchema }),
  screen: z.object({
    /** CSS pixels. */
    width: count,
    height: count,
    viewportWidth: count,
    viewportHeight: count,
    ratio: count,
  }),
  touchPoints: count,
  media: z.object({
    dark: z.boolean(),
    reducedMotion: z.boolean(),
    moreContrast: z.boolean(),
    forcedColors: z.boolean(),
    /** Whether the main pointer is a finger. */
    coarsePointer: z.boolean(),
  }),
  /** `navigator.webdriver`: whether pages are told that a program drives the browser. */
  webdriver: z.boolean(),
  /** Addresses under which WebRTC would be reached, without a server's help. */
  candidates: z.array(z.object({ type: word, protocol: word, address: word })).max(50),
  /** Where pages are told that they are; null when they are told nothing. */
  place: z.object({ latitude: count, longitude: count, accuracy: count }).nullable(),
});

export type Reading = z.output<typeof readingSchema>;
export type Measured = z.output<typeof measuredSchema>;
