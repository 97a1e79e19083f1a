import { describe, expect, it } from 'vitest';
import type { ShownProxy } from '../../../../workspace/model/proxy.ts';
import { emptyProxy, inputOf, patchOf, proxyDraft } from './proxyDraft.ts';

const stored: ShownProxy = {
  id: 'x1',
  createdAt: 1,
  updatedAt: 2,
  name: 'Berlin',
  type: 'socks5',
  host: 'proxy.example',
  port: 1080,
  username: 'bob',
  hasPassword: true,
  changeIpUrl: null,
  notes: '',
  tags: ['de'],
};

describe('a proxy while it is edited', () => {
  it('is sent whole when it is new', () => {
    const draft = { ...emptyProxy(), name: 'A', host: ' [2001:db8::1] ', port: ' 8080 ' };
    expect(inputOf({ ...draft, password: 'x', changeIpUrl: ' ' })).toEqual({
      name: 'A',
      type: 'http',
      host: '2001:db8::1',
      port: 8080,
      username: '',
      password: 'x',
      changeIpUrl: null,
      notes: '',
      tags: [],
    });
  });

  it.each(['', 'eighty', '80.5', '-1'])('a port that is none (%s) is refused as a port', (port) => {
    expect(inputOf({ ...emptyProxy(), port }).port).toBe(0);
  });

  it('sends only what changed, and a password only when one was typed or taken away', () => {
    const draft = proxyDraft(stored);
    expect(patchOf(stored, draft)).toEqual({});
    expect(patchOf(stored, { ...draft, port: '1081' })).toEqual({ port: 1081 });
    expect(patchOf(stored, { ...draft, password: 'new' })).toEqual({ password: 'new' });
    expect(patchOf(stored, { ...draft, password: '' })).toEqual({ password: '' });
    expect(patchOf(stored, { ...draft, changeIpUrl: 'https://a.example/' })).toEqual({
      changeIpUrl: 'https://a.example/',
    });
  });
});
