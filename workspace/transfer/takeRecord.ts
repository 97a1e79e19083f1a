/** How one record of an import finds its place beside those that are there. */
import { type AnyInput, type AnyRecords, type Contents, recordsOf } from '../contents.ts';
import type { Result } from '../model/failure.ts';
import type { RecordKindName } from '../model/record.ts';
import type { ImportDuplicate, OnDuplicate } from '../model/transfer.ts';

/** Checks the fields of a kind as strictly as when a person types them. */
export type ValidateInput = (kind: RecordKindName, fields: unknown) => Result<AnyInput>;

export interface Incoming {
  readonly kind: RecordKindName;
  readonly id: string;
  /** As the kind's schema gives it back. */
  readonly input: AnyInput;
  /** The whole document with its history, where the export has it. */
  readonly document?: Uint8Array;
}

export interface Taken {
  /** The record that what hangs on the imported one now hangs on; null when it was not taken. */
  readonly id: string | null;
  readonly isNew: boolean;
  readonly duplicate: ImportDuplicate | null;
}

/** To be called inside a transaction. */
export function takeRecord(
  contents: Contents,
  incoming: Incoming,
  onDuplicate: OnDuplicate,
): Taken {
  const { kind, id, input } = incoming;
  const records = recordsOf(contents, kind);
  const known = contents.documents.has(id);
  const namesake = records.idOfName(input.name);
  if (!known && namesake === null) {
    return { id: add(contents, incoming, records), isNew: true, duplicate: null };
  }
  const duplicate = (outcome: ImportDuplicate['outcome']): ImportDuplicate => ({
    kind,
    name: input.name,
    by: known ? 'id' : 'name',
    outcome,
  });
  if (onDuplicate === 'skip') return { id: null, isNew: false, duplicate: duplicate('skipped') };
  if (onDuplicate === 'copy') {
    const [copy] = records.add([{ ...input, name: records.freeName(input.name) }], 'import');
    return { id: copy?.id ?? null, isNew: true, duplicate: duplicate('copied') };
  }
  if (known) {
    const merged = mergeInto(contents, incoming, records);
    return { id, isNew: false, duplicate: duplicate(merged ? 'merged' : 'same') };
  }
  const before = records.history(namesake ?? '').length;
  records.replace(namesake ?? '', input);
  const changed = records.history(namesake ?? '').length > before;
  return { id: namesake, isNew: false, duplicate: duplicate(changed ? 'merged' : 'same') };
}

/** Under its own id, with its history where it has one. */
function add(contents: Contents, { id, input, document }: Incoming, records: AnyRecords): string {
  if (document) {
    records.merge(id, document);
    contents.documents.announce([id]);
    return id;
  }
  return records.addAs(id, input).id;
}

/** @returns whether it changed anything. */
function mergeInto(
  contents: Contents,
  { id, input, document }: Incoming,
  records: AnyRecords,
): boolean {
  if (document) {
    if (records.merge(id, document) === 'same') return false;
    contents.documents.announce([id]);
    return true;
  }
  const before = contents.documents.history(id).length;
  records.untrash(id);
  records.replace(id, input);
  return contents.documents.history(id).length > before;
}
