/** Changes of many profiles at once, the way into the trash too, and taking the last change back. */
import { randomUUID } from 'node:crypto';
import { FailureError } from '../../workspace/model/failure.ts';
import type { ProfileBulk, ProfileInput } from '../../workspace/model/profile.ts';
import { mostTags } from '../../workspace/model/profileChoices.ts';
import { eachSlice } from '../../workspace/views/slices.ts';
import { definedOf } from './handlers/values.ts';
import type { Services } from './services.ts';

export interface ProfileEdits {
  /**
   * @param references ids or names. What was changed before it is cancelled stays changed.
   * @returns how many changed, and what `undo` takes them back by; null when none did.
   * @throws FailureError `notFound`, `ambiguousName`; `invalid` where one would get too many tags.
   */
  edit(
    references: readonly string[],
    patch: ProfileBulk,
    signal: AbortSignal,
    onProgress: (done: number, total: number) => void,
  ): Promise<{ changed: number; undo: string | null }>;
  /**
   * Puts back what the last edit changed; what is in the trash meanwhile stays as it is there.
   *
   * @throws FailureError `notFound` for another one than the last.
   */
  undo(
    edit: string,
    signal: AbortSignal,
    onProgress: (done: number, total: number) => void,
  ): Promise<{ changed: number }>;
  /**
   * Into the trash, all of them or none.
   *
   * @param references ids or names, each profile once.
   * @throws FailureError `profileBusy` naming one whose browser is open, `notFound`, `ambiguousName`.
   */
  remove(
    references: readonly string[],
    signal: AbortSignal,
    onProgress: (done: number, total: number) => void,
  ): Promise<{ removed: number }>;
}

/** Records changed between two pauses. */
const atOnce = 20;

export function createProfileEdits({ vault, profiles, sessions }: Services): ProfileEdits {
  let last: { id: string; before: ReadonlyMap<string, Partial<ProfileInput>> } | null = null;

  return {
    edit: (references, patch, signal, onProgress) =>
      vault.store.exclusive(async (step) => {
        const before = new Map<string, Partial<ProfileInput>>();
        let changed = 0;
        const id = randomUUID();
        last = { id, before };
        const fields = changedFields(patch);
        await eachSlice(references, atOnce, (slice, from) => {
          signal.throwIfAborted();
          changed += step(() =>
            profiles.editEach(slice, ({ id: profile, createdAt: _c, updatedAt: _u, ...input }) => {
              before.set(profile, picked(input, fields));
              return changedBy(patch, input);
            }),
          );
          onProgress(from + slice.length, references.length);
        });
        return { changed, undo: changed > 0 ? id : null };
      }),
    undo: (edit, signal, onProgress) =>
      vault.store.exclusive(async (step) => {
        if (last?.id !== edit)
          throw new FailureError({ code: 'notFound', kind: 'edit', name: edit });
        const { before } = last;
        const listed = new Set(profiles.listedIds());
        const ids = [...before.keys()].filter((profile) => listed.has(profile));
        let changed = 0;
        await eachSlice(ids, atOnce, (slice, from) => {
          signal.throwIfAborted();
          changed += step(() =>
            profiles.editEach(slice, ({ id: profile, createdAt: _c, updatedAt: _u, ...input }) => ({
              ...input,
              ...before.get(profile),
            })),
          );
          onProgress(from + slice.length, ids.length);
        });
        last = null;
        return { changed };
      }),
    remove: (references, signal, onProgress) =>
      vault.store.exclusive(async (step) => {
        await eachSlice(references, atOnce, (slice, from) => {
          signal.throwIfAborted();
          const removed = step(() => profiles.trash(slice));
          // One that is open undoes it for all of them.
          const open = removed.find(({ id }) => sessions.isOpen(id));
          if (open) throw new FailureError({ code: 'profileBusy', name: open.name });
          onProgress(from + slice.length, references.length);
        });
        return { removed: references.length };
      }),
  };
}

const changedFields = ({ addTags, removeTags, ...rest }: ProfileBulk): (keyof ProfileInput)[] => [
  ...(Object.keys(definedOf(rest)) as (keyof ProfileInput)[]),
  ...(addTags || removeTags ? (['tags'] as const) : []),
];

const picked = (
  input: ProfileInput,
  fields: readonly (keyof ProfileInput)[],
): Partial<ProfileInput> => Object.fromEntries(fields.map((field) => [field, input[field]]));

function changedBy({ addTags = [], removeTags = [], ...rest }: ProfileBulk, input: ProfileInput) {
  const merged: ProfileInput = { ...input, ...definedOf(rest) };
  const gone = new Set(removeTags);
  const tags = [...new Set([...merged.tags.filter((tag) => !gone.has(tag)), ...addTags])];
  if (tags.length > mostTags) {
    const message = `would give "${input.name}" more than ${mostTags} tags`;
    throw new FailureError({ code: 'invalid', issues: [{ path: 'addTags', message }] });
  }
  return { ...merged, tags };
}
