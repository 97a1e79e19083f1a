/**
 * How a profile's traffic leaves: through a local forwarder of its own, by the proxy or the pool that the
 * profile had when it was opened. What the proxy says counts for each new connection; where it is gone, nothing leaves.
 * Whom it talked to is written down as it goes, so that it is known after a restart.
 */

import { type Forwarder, startForwarder } from '../../agent/forwarder/forwarder.ts';
import type { Upstream, UpstreamProblem } from '../../agent/forwarder/upstream.ts';
import type { TaskSpec } from '../../agent/worker/protocol.ts';
import type { ContactedHost } from '../../workspace/model/contactedHost.ts';
import { FailureError } from '../../workspace/model/failure.ts';
import type { Profile } from '../../workspace/model/profile.ts';
import { createProxyPools } from './proxyPools.ts';
import type { Services } from './services.ts';
import { requireUsableProxy } from './usable.ts';

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
  /** @throws FailureError `proxyMissing`, `recordUnusable`. */
  connect(profile: Profile): Promise<ProfileConnection>;
  /** Hosts that the profile's browser talked to on this device, newest first. */
  hosts(profileId: string): Promise<readonly ContactedHost[]>;
  /** Those until now; an open browser's next ones are written down again. */
  forgetHosts(profileId: string): Promise<void>;
}

/** Milliseconds between two times that an open browser's hosts are written down. */
const writeEvery = 60_000;

export function createProfileNetwork(
  services: Services,
  now: () => number,
  log: (line: string) => void,
): ProfileNetwork {
  const { proxies, contactedHosts, vault } = services;
  const pools = createProxyPools(services, now);
  const open = new Map<string, Forwarder>();

  async function writeHosts(profileId: string, forwarder: Forwarder | undefined): Promise<void> {
    const hosts = forwarder?.takeHosts() ?? [];
    if (hosts.length > 0) await vault.store.commit(() => contactedHosts.add(profileId, hosts));
  }

  /** A list that can not be written must not keep a browser open, or its session unsealed. */
  const tryWriteHosts = (profileId: string, forwarder: Forwarder) =>
    writeHosts(profileId, forwarder).catch(() =>
      log('Hosts that a browser talked to could not be written down.'),
    );

  /** Another proxy, or none, counts at the next opening: a browser that is open keeps its one way out. */
  function upstreamOf(profileName: string, proxyId: string | null): Upstream | null {
    if (proxyId === null) return null;
    const proxy = find(proxyId);
    if (!proxy) throw new FailureError({ code: 'proxyMissing', name: profileName });
    requireUsableProxy(proxy);
    return proxy;
  }

  function find(proxyId: string) {
    try {
      return proxies.get(proxyId);
    } catch {
      return null;
    }
  }

  return {
    async connect({ id, name, proxyId, proxyPool }) {
      const drawn = proxyPool && pools.draw(id, proxyPool);
      const isProxied = drawn !== null || proxyId !== null;
      // A pool without a proxy is no way out, least of all the direct one.
      const upstream = () => upstreamOf(name, drawn ? (drawn() ?? '') : proxyId);
      upstream();
      const forwarder = await startForwarder({
        upstream: () => {
          try {
            return upstream();
          } catch {
            return 'missing';
          }
        },
        allowsLocal: !isProxied,
        allowsBrowserCalls: false,
      });
      open.set(id, forwarder);
      const timer = setInterval(() => void tryWriteHosts(id, forwarder), writeEvery);
      timer.unref();
      const { server, username, password } = forwarder;
      return {
        network: { server, username, password, isProxied },
        problem: forwarder.problem,
        isUnknown: (url) => URL.canParse(url) && forwarder.isUnknown(new URL(url).hostname),
        async close() {
          clearInterval(timer);
          await forwarder.close();
          if (open.get(id) === forwarder) open.delete(id);
          await tryWriteHosts(id, forwarder);
        },
      };
    },
    async hosts(profileId) {
      await writeHosts(profileId, open.get(profileId));
      return contactedHosts.of(profileId);
    },
    async forgetHosts(profileId) {
      open.get(profileId)?.takeHosts();
      await vault.store.commit(() => contactedHosts.forget(profileId));
    },
  };
}
