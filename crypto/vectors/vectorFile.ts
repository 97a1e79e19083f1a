/** What stands in each file of vectors; `README.md` describes it for other implementers. */
export interface VectorCase {
  readonly name: string;
  readonly valid: boolean;
  /** Why it must be refused. */
  readonly reason?: string;
  readonly input: object;
  /** What has to come out; null, or `{ "refused": … }` for envelopes, when it must be refused. */
  readonly output: object | null;
}

export interface VectorFile {
  /** What the input is put into. */
  readonly operation: string;
  /** Files of this room that describe the format. */
  readonly described: readonly string[];
  readonly cases: readonly VectorCase[];
}

export const good = (name: string, input: object, output: object): VectorCase => ({
  name,
  valid: true,
  input,
  output,
});

export const bad = (
  name: string,
  reason: string,
  input: object,
  output: object | null = null,
): VectorCase => ({ name, valid: false, reason, input, output });
