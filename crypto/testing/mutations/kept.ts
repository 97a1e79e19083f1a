/** Checks that nothing can show to be needed, and why they stay. */
export interface KeptCheck {
  readonly file: string;
  /** As the source has it, on one line. */
  readonly condition: string;
  readonly reason: string;
}

export const keptChecks: readonly KeptCheck[] = [];
