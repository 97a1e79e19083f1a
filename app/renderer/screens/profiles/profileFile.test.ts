import { expect, test } from 'vitest';
import { areOwn, itemsIn, withoutIdentity } from '../../../../workspace/model/ownProfiles.ts';
import { type Profile, profileInputSchema } from '../../../../workspace/model/profile.ts';
import { profileFile } from './profileFile.ts';

const profile: Profile = {
  ...profileInputSchema.parse({ name: 'Shop, Berlin', tags: ['shop'], locale: 'de-DE' }),
  id: 'p1',
  createdAt: 1,
  updatedAt: 2,
};

test('a file of profiles is read back without the identities of the vault it came from', () => {
  const items = itemsIn(JSON.parse(profileFile([profile]))) ?? [];
  expect(areOwn(items)).toBe(true);
  expect(items).toEqual([withoutIdentity(profile)]);
  expect(items[0]).not.toHaveProperty('id');
});
