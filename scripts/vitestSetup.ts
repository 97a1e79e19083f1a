/** Random tests: more cases in the slow suite, and a seed to replay (`WARREN_SEED=…`). */
import fc from 'fast-check';

const { WARREN_SLOW, WARREN_SEED } = process.env;

fc.configureGlobal({
  // A test that sets its own number keeps it; fast-check prints the seed of whatever fails.
  numRuns: WARREN_SLOW === '1' ? 5_000 : 100,
  ...(WARREN_SEED ? { seed: Number(WARREN_SEED) } : {}),
});
