/** Times are whole milliseconds since 1970; those from elsewhere are checked to be some that can be shown. */

/** The last millisecond that a date can show. */
export const lastTime = 8.64e15;

export const isTime = (value: unknown): value is number =>
  Number.isSafeInteger(value) && Number(value) >= 0 && Number(value) <= lastTime;
