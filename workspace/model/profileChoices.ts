/** What there is to choose among in a profile: plain lists, which a window needs without the schemas. */

/** Tags of one profile. */
export const mostTags = 50;

/** Colours that people tell profiles apart by. */
export const profileColors = [
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'purple',
  'pink',
] as const;
export type ProfileColor = (typeof profileColors)[number];

/** How a profile is given one of many proxies. */
export const proxyRotations = ['perOpening', 'sticky', 'timed'] as const;

/** Browsers that are looked for under their own names. */
export const browserNames = ['chromium', 'chrome', 'edge'] as const;
export type BrowserName = (typeof browserNames)[number];
