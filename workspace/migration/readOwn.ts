/** Profiles as Warren itself writes them, each checked by itself. */
import type { ImportNote } from '../model/migration.ts';
import { withoutIdentity } from '../model/ownProfiles.ts';
import { profilePatchSchema } from '../model/profile.ts';
import type { ReadRow } from './readRow.ts';

const ownSchema = profilePatchSchema.required({ name: true });

/** @param hasProxy whether a proxy of that id is in this vault. */
export function readOwn(
  item: unknown,
  row: number,
  hasProxy: (proxyId: string) => boolean,
): ReadRow {
  const read = ownSchema.safeParse(withoutIdentity(item));
  if (!read.success) {
    const named = item as { readonly name?: unknown };
    const name = typeof named.name === 'string' ? named.name.slice(0, 200) : '';
    return { row, name, refused: { field: 'name', problem: 'notAProfile' } };
  }
  const { name, proxyId, ...rest } = read.data;
  const isElsewhere = typeof proxyId === 'string' && !hasProxy(proxyId);
  const notes: ImportNote[] = isElsewhere ? [{ field: 'proxy', problem: 'proxyElsewhere' }] : [];
  // The id is kept: a proxy that is missing keeps the profile from going out by another way.
  const given = { ...rest, ...(proxyId === undefined ? {} : { proxyId }) };
  return { row, name, given, proxy: null, cookies: null, notes };
}
