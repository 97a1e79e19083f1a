/** How long anything else would have had to wait: the gaps between turns of the event loop. */

export interface PauseWatch {
  /** @returns the gaps since the start or the last call, in milliseconds. */
  take(): number[];
  /** As `take`, and stops watching. */
  end(): number[];
}

export function longestPause(): PauseWatch {
  let gaps: number[] = [];
  let last = performance.now();
  let running = true;
  const turn = () => {
    const now = performance.now();
    gaps.push(now - last);
    last = now;
    if (running) setImmediate(turn);
  };
  setImmediate(turn);
  const take = () => {
    turnOnce();
    const taken = gaps;
    gaps = [];
    return taken;
  };
  /** What has passed since the last turn counts too: a commit ends in the middle of one. */
  const turnOnce = () => {
    const now = performance.now();
    gaps.push(now - last);
    last = now;
  };
  return {
    take,
    end() {
      running = false;
      return take();
    },
  };
}
