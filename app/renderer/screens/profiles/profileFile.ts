/** Profiles as a file: what another vault needs to make the same ones. */
import type { Profile, ProfileInput } from '../../../../workspace/model/profile.ts';

export function profileFile(profiles: readonly Profile[]): string {
  return `${JSON.stringify({ profiles: profiles.map(withoutIdentity) }, null, 2)}\n`;
}

function withoutIdentity(profile: Profile): ProfileInput {
  const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...input } = profile;
  return input;
}
