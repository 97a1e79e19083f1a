/** What the rows of the first version become: documents with one change each, entries with a signature. */
import { next as A } from '@automerge/automerge';
import { deriveActor } from '../../documents/actor.ts';
import { firstContent, type RecordDocument, type Shape } from '../../documents/shape.ts';
import { entryHash, signEntry } from '../../journal/journal.ts';
import type { VaultKeys } from '../../keys/vaultKeys.ts';
import type { JsonValue } from '../../model/workflow.ts';

/** As they were when this migration was written; a later shape is a later migration's matter. */
const shapes: Readonly<Record<string, Shape>> = {
  profile: { prose: ['notes'], sets: ['tags'] },
  workflow: { prose: ['description'], sets: [] },
};

interface OldRecord {
  readonly kind: string;
  readonly body: string;
  readonly created_at: number;
  readonly updated_at: number;
}

/** @param document 16 bytes. @returns the document as Automerge saves it. */
export function documentOfRow(
  row: OldRecord,
  document: Uint8Array,
  deviceId: string,
  nonce: Uint8Array,
): Uint8Array {
  const shape = shapes[row.kind];
  if (!shape) throw new Error('a record is of a kind that the first version did not have');
  const empty = A.init<RecordDocument>({ actor: deriveActor(deviceId, document, nonce) });
  const doc = A.change(empty, { time: row.updated_at, message: 'add' }, (root) => {
    const fields = JSON.parse(row.body) as Record<string, JsonValue>;
    Object.assign(root, firstContent(row.kind, row.created_at, shape, fields));
  });
  const bytes = A.save(doc);
  A.free(doc);
  return bytes;
}

interface OldEntry {
  readonly run_id: string;
  readonly sequence: number;
  readonly body: string;
}

interface SignedEntry {
  readonly subject: string;
  readonly sequence: number;
  readonly at: number;
  readonly deviceId: string;
  readonly body: string;
  readonly previous: Uint8Array;
  readonly signature: Uint8Array;
}

/** @param entries of whole runs, each run's in their order. */
export function* signedEntries(
  entries: Iterable<OldEntry>,
  { device }: VaultKeys,
): Generator<SignedEntry> {
  let subject = '';
  let previous: Uint8Array = new Uint8Array(32);
  for (const { run_id, sequence, body } of entries) {
    if (run_id !== subject) previous = new Uint8Array(32);
    subject = run_id;
    const { at } = JSON.parse(body) as { at: number };
    const entry = { subject, sequence, at, deviceId: device.id, body };
    const hash = entryHash('run', entry, previous);
    yield { ...entry, previous, signature: signEntry(device.signer, hash) };
    previous = hash;
  }
}
