/** A proxy while it is edited. */
import type { ProxyInput, ProxyPatch, ShownProxy } from '../../../../workspace/model/proxy.ts';
import type { ProxyType } from '../../../../workspace/model/proxyAddress.ts';
import { changedFields } from '../records/changes.ts';

export interface ProxyDraft {
  readonly name: string;
  readonly type: ProxyType;
  readonly host: string;
  /** As typed. */
  readonly port: string;
  readonly username: string;
  /** Null leaves it as it is; empty is none. The window does not know the stored one. */
  readonly password: string | null;
  readonly changeIpUrl: string;
  readonly tags: string[];
  readonly notes: string;
}

export const emptyProxy = (): ProxyDraft => ({
  name: '',
  type: 'http',
  host: '',
  port: '',
  username: '',
  password: null,
  changeIpUrl: '',
  tags: [],
  notes: '',
});

export function proxyDraft(proxy: ShownProxy): ProxyDraft {
  const { name, type, host, port, username, changeIpUrl, tags, notes } = proxy;
  return {
    name,
    type,
    host,
    port: String(port),
    username,
    password: null,
    changeIpUrl: changeIpUrl ?? '',
    tags: [...tags],
    notes,
  };
}

/** No port is 0, so that the host refuses the port and not the whole input. */
const portOf = (typed: string): number => (/^\d{1,5}$/.test(typed.trim()) ? Number(typed) : 0);

/** Brackets around an IPv6 address belong to an address with a port. */
const hostOf = (typed: string): string => typed.trim().replace(/^\[(.*)\]$/, '$1');

export const inputOf = (draft: ProxyDraft): ProxyInput => ({
  ...draft,
  host: hostOf(draft.host),
  port: portOf(draft.port),
  password: draft.password ?? '',
  changeIpUrl: draft.changeIpUrl.trim() || null,
});

export function patchOf(before: ShownProxy, draft: ProxyDraft): ProxyPatch {
  const { password: _stored, ...was } = inputOf(proxyDraft(before));
  const { password, ...is } = inputOf(draft);
  return { ...changedFields(was, is), ...(draft.password === null ? {} : { password }) };
}
