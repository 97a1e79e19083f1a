/**
 * Finding what either side of a connection lacks, by comparing ranges of ids: where fingerprints differ,
 * in smaller and smaller ones, until a range is short enough for its ids to be named.
 */
import { compareBytes } from '../../crypto/bytes.ts';
import { toHex } from '../../crypto/hex.ts';
import type { RelayClient } from '../../sync-relay/client/relayClient.ts';
import { fingerprint, type IdRange, idRange, within } from '../../sync-relay/protocol/proofs.ts';
import type { EnvelopeLog } from '../outbox/log.ts';

export interface SetDifference {
  /** Ids of what is here and not there. */
  readonly lacking: readonly Uint8Array[];
  /** Ids of what is there and never was here. */
  readonly wanted: readonly Uint8Array[];
}

/** One question and its answer where both sides have the same. */
export async function compareSets(
  client: RelayClient,
  channel: Uint8Array,
  log: EnvelopeLog,
): Promise<SetDifference> {
  const here = log.ids();
  const lacking: Uint8Array[] = [];
  const wanted: Uint8Array[] = [];
  const ranges: IdRange[] = [idRange];
  for (let range = ranges.pop(); range; range = ranges.pop()) {
    const mine = within(here, range);
    const summary = await client.ask('summarize', { channel, ...range });
    if (summary.ids) {
      const theirs = new Set(summary.ids.map(toHex));
      const ours = new Set(mine.map(toHex));
      lacking.push(...mine.filter((id) => !theirs.has(toHex(id))));
      wanted.push(...summary.ids.filter((id) => !ours.has(toHex(id)) && !log.has(id)));
      continue;
    }
    for (const part of summary.ranges) {
      const same = compareBytes(fingerprint(within(mine, part)), part.fingerprint) === 0;
      if (!same) ranges.push({ from: part.from, to: part.to });
    }
  }
  return { lacking, wanted };
}
