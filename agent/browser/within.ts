/** Gives up on a browser that does not answer. */

/** @returns what the promise gives within `bound` milliseconds; null when it fails or takes longer */
export async function within<T>(bound: number, promise: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, bound, null);
  });
  try {
    return await Promise.race([promise.catch(() => null), late]);
  } finally {
    clearTimeout(timer);
  }
}
