/** Lists of profiles as Warren itself writes them, told from those of other programs. Pure. */
import { profileInputSchema } from './profile.ts';

const ownFields: ReadonlySet<string> = new Set([
  ...Object.keys(profileInputSchema.shape),
  'id',
  'createdAt',
  'updatedAt',
]);

/** @returns what a list, an object with `profiles` or a lone object holds; null for anything else. */
export function itemsIn(content: unknown): readonly unknown[] | null {
  if (Array.isArray(content)) return content;
  if (typeof content !== 'object' || content === null) return null;
  if ('profiles' in content && Array.isArray(content.profiles)) return content.profiles;
  return 'name' in content ? [content] : null;
}

/** Whether all of them have a name and no fields but those of a profile. */
export const areOwn = (items: readonly unknown[]): boolean =>
  items.length > 0 && items.every(isOwn);

const isOwn = (item: unknown): boolean =>
  typeof item === 'object' &&
  item !== null &&
  'name' in item &&
  Object.keys(item).every((field) => ownFields.has(field));

/** A profile that was exported becomes a new one, with an id and times of its own. */
export function withoutIdentity(item: unknown): unknown {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
  const {
    id: _id,
    createdAt: _created,
    updatedAt: _updated,
    ...input
  } = item as Record<string, unknown>;
  return input;
}
