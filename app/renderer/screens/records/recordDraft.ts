/** A record while it is added or edited: what was stored, what is typed, and what was refused. */
import { type Accessor, createEffect, createSignal, on } from 'solid-js';
import { createStore, reconcile, unwrap } from 'solid-js/store';
import type { Failure, Result } from '../../../../workspace/model/failure.ts';
import { type FieldProblems, fieldProblems } from './changes.ts';

export interface Editing<Row> {
  /** Null for a new one. */
  readonly id: string | null;
  /** Its row, where the list has it; shown until the whole record has come. */
  readonly row?: Row;
}

export interface RecordDraft<Stored, Draft> {
  readonly draft: Draft;
  /** Null for a new one, and until it has come. */
  readonly stored: Accessor<Stored | null>;
  readonly busy: Accessor<boolean>;
  readonly problems: Accessor<FieldProblems['byField']>;
  /** What was refused that belongs to no field. */
  readonly failure: Accessor<Failure | null>;
  change(patch: Partial<Draft>): void;
  /** Reads the record again; what was typed is lost. */
  reload(): void;
  save(): Promise<void>;
}

interface RecordDraftOptions<Stored, Draft> {
  readonly editing: Accessor<Editing<unknown> | null>;
  readonly empty: () => Draft;
  readonly draftOf: (stored: Stored) => Draft;
  readonly read: (id: string) => Promise<Result<Stored>>;
  /** @returns why it was refused. */
  readonly add: (draft: Draft) => Promise<Failure | null>;
  /** @returns why it was refused. */
  readonly edit: (before: Stored, draft: Draft) => Promise<Failure | null>;
  readonly onSaved: () => void;
}

export function createRecordDraft<Stored, Draft extends object>(
  options: RecordDraftOptions<Stored, Draft>,
): RecordDraft<Stored, Draft> {
  const [draft, setDraft] = createStore<Draft>(options.empty());
  const [stored, setStored] = createSignal<Stored | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [busy, setBusy] = createSignal(false);
  const show = (next: Draft) => setDraft(reconcile(next));

  const load = async (editing: Editing<unknown> | null) => {
    if (!editing?.id) return;
    const answer = await options.read(editing.id);
    if (options.editing() !== editing) return;
    if (!answer.ok) return void setFailure(answer.failure);
    setStored(() => answer.value);
    show(options.draftOf(answer.value));
  };

  createEffect(
    on(options.editing, async (editing) => {
      setFailure(null);
      setStored(null);
      show(options.empty());
      await load(editing);
    }),
  );

  return {
    draft,
    stored,
    busy,
    problems: () => fieldProblems(failure(), draft).byField,
    failure: () => (fieldProblems(failure(), draft).general ? failure() : null),
    change(patch) {
      setDraft((before) => ({ ...before, ...patch }));
      setFailure(null);
    },
    reload: () => void load(options.editing()),
    async save() {
      const before = stored();
      const typed = structuredClone(unwrap(draft));
      setBusy(true);
      const refused = await (before === null ? options.add(typed) : options.edit(before, typed));
      setBusy(false);
      setFailure(refused);
      if (!refused) options.onSaved();
    },
  };
}
