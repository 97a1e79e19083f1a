/**
 * How a profile's traffic leaves: through a local forwarder of its own, by the proxy or the pool that the
 * profile had when it was opened. What the proxy says counts for each new connection; where it is gone, nothing leaves.
 */

import { type Forwarder, startForwarder } from '../../agent/forwarder/forwarder.ts';
import type { ContactedHost } from '../../agent/forwarder/hostLog.ts';
import type { Upstream, UpstreamProblem } from '../../agent/forwarder/upstream.ts';
import type { TaskSpec } from '../../agent/worker/protocol.ts';
import { FailureError } from '../../workspace/model/failure.ts';
import type { Profile } from '../../workspace/model/profile.ts';
import { createProxyPools } from './proxyPools.ts';
import type { Services } from './services.ts';

export interface ProfileConnection {
  /** What the browser is told. */
  readonly network: NonNullable<TaskSpec['network']>;
  /** What is wrong with the proxy, as far as the last connections show. */
  problem(): UpstreamProblem | null;
  /** Whether a page's address has a name that nobody here knows. */
  isUnknown(url: string): boolean;
  /** Shuts the gate at once: what is open is ended, and nothing comes through any more. */
  close(): Promise<void>;
}

export interface ProfileNetwork {
  /** @throws FailureError `proxyMissing`. */
  connect(profile: Profile): Promise<ProfileConnection>;
  /** Hosts that the profile's browser talked to since this host started, newest first. */
  hosts(profileId: string): readonly ContactedHost[];
}

export function createProfileNetwork(services: Services, now: () => number): ProfileNetwork {
  const { proxies } = services;
  const pools = createProxyPools(services, now);
  const open = new Map<string, Forwarder>();
  const closed = new Map<string, readonly ContactedHost[]>();

  /** Another proxy, or none, counts at the next opening: a browser that is open keeps its one way out. */
  function upstreamOf(proxyId: string | null): Upstream | null | 'missing' {
    if (proxyId === null) return null;
    try {
      return proxies.get(proxyId);
    } catch {
      return 'missing';
    }
  }

  return {
    async connect({ id, name, proxyId, proxyPool }) {
      const drawn = proxyPool && pools.draw(id, proxyPool);
      const isProxied = drawn !== null || proxyId !== null;
      // A pool without a proxy is no way out, least of all the direct one.
      const upstream = () => (drawn ? upstreamOf(drawn() ?? '') : upstreamOf(proxyId));
      if (upstream() === 'missing') throw new FailureError({ code: 'proxyMissing', name });
      const forwarder = await startForwarder({
        upstream,
        allowsLocal: !isProxied,
        allowsBrowserCalls: false,
      });
      open.set(id, forwarder);
      const { server, username, password } = forwarder;
      return {
        network: { server, username, password, isProxied },
        problem: forwarder.problem,
        isUnknown: (url) => URL.canParse(url) && forwarder.isUnknown(new URL(url).hostname),
        async close() {
          if (open.get(id) === forwarder) {
            open.delete(id);
            closed.set(id, forwarder.hosts());
          }
          await forwarder.close();
        },
      };
    },
    hosts: (profileId) => open.get(profileId)?.hosts() ?? closed.get(profileId) ?? [],
  };
}
