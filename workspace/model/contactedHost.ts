/** A host that a profile's browser asked for, counted and not told one by one. */
export interface ContactedHost {
  readonly host: string;
  readonly port: number;
  readonly connections: number;
  /** Of those, how many were not let through. */
  readonly blocked: number;
  /** Why the last of them was not; null when all were. */
  readonly reason: 'browserCall' | 'localNetwork' | null;
  /** Milliseconds since 1970. */
  readonly firstAt: number;
  readonly lastAt: number;
}
