import { describe, expect, it } from 'vitest';
import { type Profile, profileInputSchema } from '../../../../workspace/model/profile.ts';
import { profileFile, readProfileFile } from './profileFile.ts';

const profile: Profile = {
  ...profileInputSchema.parse({ name: 'Shop, Berlin', tags: ['shop'], locale: 'de-DE' }),
  id: 'p1',
  createdAt: 1,
  updatedAt: 2,
};

describe('a file of profiles', () => {
  it('is read back without the identities of the vault it came from', () => {
    const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...input } = profile;
    expect(readProfileFile(profileFile([profile]))).toEqual({ ok: true, items: [input] });
  });

  it('may be a bare list or one profile', () => {
    expect(readProfileFile('[{"name":"a"}]')).toEqual({ ok: true, items: [{ name: 'a' }] });
    expect(readProfileFile('{"name":"a","id":"x"}')).toEqual({ ok: true, items: [{ name: 'a' }] });
  });

  it('says what is wrong with another file', () => {
    expect(readProfileFile('nonsense')).toEqual({ ok: false, problem: 'notJson' });
    expect(readProfileFile('{"steps":[]}')).toEqual({ ok: false, problem: 'notAList' });
    expect(readProfileFile('[]')).toEqual({ ok: false, problem: 'empty' });
  });
});
