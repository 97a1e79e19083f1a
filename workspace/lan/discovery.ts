/**
 * Finding the workspace's other devices on the network: each announces an address and who it is, sealed
 * under the workspace's key. To everybody else an announcement is an address and random bytes, others each
 * time.
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
  stop(): Promise<void>;
}

export interface DiscoveryOptions {
  readonly port: number;
  readonly deviceId: string;
  readonly channel: Uint8Array;
  /** Newest last; the newest seals. */
  readonly epochs: () => readonly Epoch[];
  readonly random: RandomBytes;
  readonly onFound: (neighbour: Neighbour) => void;
  readonly onGone: (deviceId: string) => void;
  readonly log: (line: string) => void;
}

const type = 'warren';
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

/** @param text untrusted. @returns null when it is not of this workspace. */
export function openIdentity(
  text: string,
  epochs: readonly Epoch[],
  channel: Uint8Array,
): string | null {
  const sealed = new Uint8Array(Buffer.from(text.slice(0, 250), 'base64url'));
  for (const epoch of epochs.toReversed()) {
    const plain = unwrapKey(sealingKey(epoch), sealed, context(channel));
    const deviceId = plain && new TextDecoder().decode(plain);
    if (deviceId && /^[0-9a-f]{32}$/.test(deviceId)) return deviceId;
  }
  return null;
}

export function discover(options: DiscoveryOptions): Discovery {
  const { port, deviceId, channel, epochs, random, onFound, onGone, log } = options;
  // No network, or one that lets nothing of the kind through: the rest goes on without.
  const failed = (error: unknown) =>
    log(`Looking for devices on the network: ${error instanceof Error ? error.message : 'failed'}`);
  const network = new Bonjour({}, failed);
  const newest = epochs().at(-1);
  if (!newest) throw new Error('the vault has no epoch');
  const anyName = () => Buffer.from(random(12)).toString('hex');
  network.publish({
    name: anyName(),
    // The machine's own name is nobody's business.
    host: `${anyName()}.local`,
    type,
    port,
    probe: false,
    disableIPv6: true,
    txt: { s: sealIdentity(deviceId, newest, channel, random) },
  });

  function whoIs({ txt }: Service): string | null {
    const text: unknown = (txt as Record<string, unknown> | undefined)?.s;
    const id = typeof text === 'string' ? openIdentity(text, epochs(), channel) : null;
    return id === deviceId ? null : id;
  }

  const browser = network.find({ type }, (service) => {
    const id = whoIs(service);
    if (id === null) return;
    const addresses = (service.addresses ?? []).filter((address) => isIPv4(address));
    if (addresses.length === 0) return;
    onFound({ deviceId: id, urls: addresses.map((address) => `ws://${address}:${service.port}`) });
  });
  browser.on('down', (service: Service) => {
    const id = whoIs(service);
    if (id !== null) onGone(id);
  });
  // Announcements get lost; asking again is cheap.
  const asking = setInterval(() => browser.update(), 30_000);
  asking.unref();

  return {
    stop: () =>
      new Promise((resolve) => {
        clearInterval(asking);
        browser.stop();
        network.unpublishAll(() => {
          network.destroy(() => resolve());
        });
      }),
  };
}
