/** Profiles as a file: what another vault needs to make the same ones. */
import type { Profile, ProfileInput } from '../../../../workspace/model/profile.ts';

export function profileFile(profiles: readonly Profile[]): string {
  return `${JSON.stringify({ profiles: profiles.map(withoutIdentity) }, null, 2)}\n`;
}

function withoutIdentity(profile: Profile): ProfileInput {
  const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...input } = profile;
  return input;
}

export type ReadProfiles =
  | { readonly ok: true; readonly items: readonly unknown[] }
  | { readonly ok: false; readonly problem: 'notJson' | 'notAList' | 'empty' };

/** Takes a list, an object with `profiles`, or one profile; what is inside is the host's to check. */
export function readProfileFile(text: string): ReadProfiles {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'notJson' };
  }
  const items = listIn(content);
  if (!items) return { ok: false, problem: 'notAList' };
  if (items.length === 0) return { ok: false, problem: 'empty' };
  return { ok: true, items: items.map(dropIdentity) };
}

function listIn(content: unknown): readonly unknown[] | null {
  if (Array.isArray(content)) return content;
  if (typeof content !== 'object' || content === null) return null;
  if ('profiles' in content && Array.isArray(content.profiles)) return content.profiles;
  return 'name' in content ? [content] : null;
}

/** An imported profile is a new one; the identity it had in another vault means nothing here. */
function dropIdentity(item: unknown): unknown {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
  const {
    id: _id,
    createdAt: _createdAt,
    updatedAt: _updatedAt,
    ...rest
  } = item as Record<string, unknown>;
  return rest;
}
