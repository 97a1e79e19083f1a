/** Everything that does not go together about a profile, the worst first. */
import type { Exit } from '../places/alignment.ts';
import type { ProfileInput } from '../profile.ts';
import { type Contradiction, severities } from './contradiction.ts';
import { contradictionsWithExit } from './exitRules.ts';
import type { Measured } from './measured.ts';
import { contradictionsWithMeasured } from './measuredRules.ts';
import { contradictionsWithin } from './settingsRules.ts';

export interface Evidence {
  /** What a browser with these settings reported; null where it was not measured. */
  readonly measured: Measured | null;
  /** Where its proxy comes out; null where that is not known, and without a proxy. */
  readonly exit: Exit | null;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export function contradictions(
  settings: ProfileInput,
  { measured, exit, at }: Evidence,
): Contradiction[] {
  const found = [
    ...contradictionsWithin(settings),
    ...(exit ? contradictionsWithExit(settings, measured, exit, at) : []),
    ...(measured ? contradictionsWithMeasured(settings, measured, exit) : []),
  ];
  return severities.flatMap((severity) => found.filter((one) => one.severity === severity));
}
