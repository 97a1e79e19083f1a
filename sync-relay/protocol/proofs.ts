/** What clients sign, and what both sides compute alike. */
import { compareBytes, encodeParts, utf8 } from '../../crypto/bytes.ts';
import { digest, hashBytes } from '../../crypto/digest.ts';
import { type Signer, verify } from '../../crypto/signing.ts';

const openDomain = 'warren/relay-open/v1';
const rotateDomain = 'warren/relay-rotate/v1';
const identityDomain = 'warren/relay-identity/v1';

/** Bound to the relay's name and its fresh challenge: of no use at another relay, or a second time. */
export interface OpenStatement {
  readonly relay: string;
  /** 32 bytes, the relay's, new for each connection. */
  readonly challenge: Uint8Array;
  readonly channel: Uint8Array;
}

export interface RotateStatement {
  readonly relay: string;
  readonly channel: Uint8Array;
  readonly next: Uint8Array;
  readonly notice: Uint8Array;
}

/** Fresh on both sides: said on another connection, or to somebody else, it is worth nothing. */
export interface IdentityStatement extends OpenStatement {
  /** 32 random bytes, the client's. */
  readonly nonce: Uint8Array;
}

const openBytes = ({ relay, challenge, channel }: OpenStatement) =>
  encodeParts(utf8(relay), challenge, channel);

const rotateBytes = ({ relay, channel, next, notice }: RotateStatement) =>
  encodeParts(utf8(relay), channel, next, digest(hashBytes, 'warren/relay-notice/v1', notice));

export const signOpen = (signer: Signer, statement: OpenStatement): Uint8Array =>
  signer.sign(openDomain, openBytes(statement));

export const provesOpen = (key: Uint8Array, statement: OpenStatement, signature: Uint8Array) =>
  verify(key, openDomain, openBytes(statement), signature);

export const signRotate = (signer: Signer, statement: RotateStatement): Uint8Array =>
  signer.sign(rotateDomain, rotateBytes(statement));

export const provesRotate = (key: Uint8Array, statement: RotateStatement, signature: Uint8Array) =>
  verify(key, rotateDomain, rotateBytes(statement), signature);

const identityBytes = ({ relay, challenge, channel, nonce }: IdentityStatement) =>
  encodeParts(utf8(relay), challenge, channel, nonce);

export const signIdentity = (signer: Signer, statement: IdentityStatement): Uint8Array =>
  signer.sign(identityDomain, identityBytes(statement));

export const provesIdentity = (
  key: Uint8Array,
  statement: IdentityStatement,
  signature: Uint8Array,
) => verify(key, identityDomain, identityBytes(statement), signature);

/** Of a log that nothing was appended to. */
export const emptyChain = new Uint8Array(hashBytes);

/** @returns what a log's chain is after one more envelope: it names the whole log up to there. */
export const nextChain = (chain: Uint8Array, envelopeId: Uint8Array): Uint8Array =>
  digest(hashBytes, 'warren/relay-chain/v1', chain, envelopeId);

/** @param ids ascending. @returns 32 bytes, equal for equal sets only. */
export const fingerprint = (ids: readonly Uint8Array[]): Uint8Array =>
  digest(hashBytes, 'warren/relay-fingerprint/v1', joined(ids));

function joined(ids: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(ids.length * hashBytes);
  for (const [at, id] of ids.entries()) whole.set(id, at * hashBytes);
  return whole;
}

/** The first and the last of all ids. */
export const idRange = { from: new Uint8Array(32), to: new Uint8Array(32).fill(255) } as const;

export interface IdRange {
  /** Inclusive, both. */
  readonly from: Uint8Array;
  readonly to: Uint8Array;
}

export interface RangeSummary extends IdRange {
  readonly count: number;
  readonly fingerprint: Uint8Array;
}

export interface Summary {
  readonly ranges: readonly RangeSummary[];
  /** All ids of the range, ascending, where they are few; there are no ranges then. */
  readonly ids: readonly Uint8Array[] | null;
}

/**
 * Cuts a range of a set in parts of about equal size, or names its ids when they are few, so that two
 * sides find where their sets differ in a few exchanges.
 *
 * @param ids ascending, all within the range.
 */
export function summarize(
  ids: readonly Uint8Array[],
  { from, to }: IdRange,
  { fewest, parts }: { readonly fewest: number; readonly parts: number },
): Summary {
  if (ids.length <= fewest) return { ranges: [], ids };
  const size = Math.ceil(ids.length / parts);
  const ranges: RangeSummary[] = [];
  for (let start = 0; start < ids.length; start += size) {
    const part = ids.slice(start, start + size);
    const first = start === 0 ? from : (part[0] as Uint8Array);
    const following = ids[start + size];
    const last = following ? before(following) : to;
    ranges.push({ from: first, to: last, count: part.length, fingerprint: fingerprint(part) });
  }
  return { ranges, ids: null };
}

/** @returns the ids of an ascending list that lie in a range. */
export const within = (ids: readonly Uint8Array[], { from, to }: IdRange): Uint8Array[] =>
  ids.filter((id) => compareBytes(id, from) >= 0 && compareBytes(id, to) <= 0);

/** The id right before another, as a number of 256 bits. */
function before(id: Uint8Array): Uint8Array {
  const lower = id.slice();
  for (let at = lower.length - 1; at >= 0; at--) {
    const digit = lower[at] as number;
    lower[at] = (digit + 255) % 256;
    if (digit !== 0) break;
  }
  return lower;
}
