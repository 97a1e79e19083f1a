/**
 * Finding the workspace's other devices on the network: each announces an address and who it is, sealed
 * under the workspace's key. To everybody else an announcement is an address and random bytes, others each
 * time.
 *
 * It is sealed under the newest epoch, which a removed device does not have. A device that was away while
 * keys were rotated can read no such announcement, but its own tells which key it has: it is answered with
 * one more, under that.
 */
import { isIPv4 } from 'node:net';
import { Bonjour, type Service } from 'bonjour-service';
import { utf8 } from '../../crypto/bytes.ts';
import { deriveKey } from '../../crypto/derivedKey.ts';
import type { Epoch } from '../../crypto/epoch.ts';
import { unwrapKey, wrapKey } from '../../crypto/keyWrap.ts';
import type { RandomBytes } from '../../crypto/random.ts';

export interface Neighbour {
  readonly deviceId: string;
  /** Addresses that it can be dialed at, the likeliest first. */
  readonly urls: readonly string[];
}

export interface Discovery {
  /** Announces anew when there is a newer epoch than the one announced under. */
  refresh(): void;
  stop(): Promise<void>;
}

export interface DiscoveryOptions {
  readonly port: number;
  readonly deviceId: string;
  readonly channel: Uint8Array;
  /** The one that others are to know: what it announces under. */
  readonly current: () => Epoch;
  readonly epochs: () => readonly Epoch[];
  /** Whether a device belongs here, and is to be answered. */
  readonly isMember: (deviceId: string) => boolean;
  readonly random: RandomBytes;
  readonly onFound: (neighbour: Neighbour) => void;
  readonly onGone: (deviceId: string) => void;
  readonly log: (line: string) => void;
}

const type = 'warren';
/** Milliseconds that the next announcement gets to be heard. */
const takenBackAfter = 3_000;
const sealingKey = (epoch: Epoch) => deriveKey(epoch.key, 'warren/lan/v1');
const context = (channel: Uint8Array) => channel;

/** @returns text of an announcement that only devices of the workspace can read. */
export function sealIdentity(
  deviceId: string,
  epoch: Epoch,
  channel: Uint8Array,
  random: RandomBytes,
): string {
  const sealed = wrapKey(sealingKey(epoch), utf8(deviceId), context(channel), random);
  return Buffer.from(sealed).toString('base64url');
}

/**
 * @param text untrusted.
 * @returns who it is and the epoch that it is sealed under; null when it is not of this workspace.
 */
export function openIdentity(
  text: string,
  epochs: readonly Epoch[],
  channel: Uint8Array,
): { readonly deviceId: string; readonly epoch: Epoch } | null {
  const sealed = new Uint8Array(Buffer.from(text.slice(0, 250), 'base64url'));
  for (const epoch of epochs.toReversed()) {
    const plain = unwrapKey(sealingKey(epoch), sealed, context(channel));
    const deviceId = plain && new TextDecoder().decode(plain);
    if (deviceId && /^[0-9a-f]{32}$/.test(deviceId)) return { deviceId, epoch };
  }
  return null;
}

export function discover(options: DiscoveryOptions): Discovery {
  const { port, deviceId, channel, current, epochs, random, isMember, onFound, onGone, log } =
    options;
  // No network, or one that lets nothing of the kind through: the rest goes on without.
  const failed = (error: unknown) =>
    log(`Looking for devices on the network: ${error instanceof Error ? error.message : 'failed'}`);
  const looking = new Bonjour({}, failed);
  const anyName = () => Buffer.from(random(12)).toString('hex');
  /** Own announcements, by the epoch that each is sealed under. */
  const announced = new Map<string, Bonjour>();
  const outdated = new Map<Bonjour, NodeJS.Timeout>();
  /** Others' announcements by device: each may have several, under different names. */
  const heard = new Map<string, Set<string>>();

  function announce(epoch: Epoch): void {
    if (announced.has(epoch.id)) return;
    // One for each: taking one announcement back makes the library forget all others of the same type.
    const network = new Bonjour({}, failed);
    network.publish({
      name: anyName(),
      // The machine's own name is nobody's business.
      host: `${anyName()}.local`,
      type,
      port,
      probe: false,
      disableIPv6: true,
      txt: { s: sealIdentity(deviceId, epoch, channel, random) },
    });
    announced.set(epoch.id, network);
  }

  function whoIs({ txt }: Service) {
    const text: unknown = (txt as Record<string, unknown> | undefined)?.s;
    const found = typeof text === 'string' ? openIdentity(text, epochs(), channel) : null;
    return found && found.deviceId !== deviceId && isMember(found.deviceId) ? found : null;
  }

  const browser = looking.find({ type }, (service) => {
    const found = whoIs(service);
    const addresses = (service.addresses ?? []).filter((address) => isIPv4(address));
    if (!found || addresses.length === 0) return;
    heard.set(found.deviceId, (heard.get(found.deviceId) ?? new Set()).add(service.fqdn));
    announce(found.epoch);
    onFound({
      deviceId: found.deviceId,
      urls: addresses.map((address) => `ws://${address}:${service.port}`),
    });
  });
  browser.on('down', (service: Service) => {
    for (const [id, names] of heard) {
      if (!names.delete(service.fqdn) || names.size > 0) continue;
      heard.delete(id);
      onGone(id);
    }
  });
  announce(current());
  // Announcements get lost; asking again is cheap.
  const asking = setInterval(() => {
    browser.expire();
    browser.update();
  }, 30_000);
  asking.unref();

  return {
    refresh() {
      if (announced.has(current().id)) return;
      const before = [...announced.values()];
      announced.clear();
      announce(current());
      // Later, so that for those who can read both it never goes.
      for (const network of before) {
        const taking = setTimeout(() => {
          outdated.delete(network);
          void takeBack(network);
        }, takenBackAfter);
        outdated.set(network, taking);
      }
    },
    async stop() {
      clearInterval(asking);
      browser.stop();
      for (const taking of outdated.values()) clearTimeout(taking);
      await Promise.all([...announced.values(), ...outdated.keys(), looking].map(takeBack));
    },
  };
}

const takeBack = (network: Bonjour): Promise<void> =>
  new Promise((resolve) => {
    network.unpublishAll(() => network.destroy(() => resolve()));
  });
