/**
 * What one device shows and the other reads, as a QR code or pasted text: where to meet, a secret that
 * nobody else has, and the key by which the one that shows it is known.
 *
 * Text: `warren1` || Base58Check of version (1 byte, 1) || secret (16) || signing key (32) || the relay's
 * address in UTF-8.
 */
import bs58check from 'bs58check';
import { concat, utf8 } from '../../crypto/bytes.ts';
import { deriveKey } from '../../crypto/derivedKey.ts';
import { digest, hashBytes, idBytes } from '../../crypto/digest.ts';
import { decodeStrictly, MalformedError } from '../../crypto/reader.ts';
import { createSigner, type Signer } from '../../crypto/signing.ts';

const prefix = 'warren1';
const version = 1;
const longestAddress = 500;

export interface PairingCode {
  /** 16 bytes. */
  readonly secret: Uint8Array;
  /** Ed25519, 32 bytes: the offering device's. */
  readonly offeredBy: Uint8Array;
  readonly relay: string;
}

export function encodePairingCode({ secret, offeredBy, relay }: PairingCode): string {
  const bytes = concat(Uint8Array.of(version), secret, offeredBy, utf8(relay));
  return prefix + bs58check.encode(bytes);
}

/** @param text as somebody pasted it. @returns null when it is no such code, or was mistyped. */
export function decodePairingCode(text: string): PairingCode | null {
  const code = text.replace(/\s+/g, '');
  if (!code.startsWith(prefix)) return null;
  const bytes = bs58check.decodeUnsafe(code.slice(prefix.length));
  return (
    (bytes &&
      decodeStrictly(new Uint8Array(bytes), (reader) => {
        if (reader.uint(1) !== version) throw new MalformedError();
        const secret = reader.take(idBytes).slice();
        const offeredBy = reader.take(32).slice();
        const relay = new TextDecoder('utf-8', { fatal: true }).decode(reader.rest());
        if (relay === '' || relay.length > longestAddress) throw new MalformedError();
        return { secret, offeredBy, relay };
      })) ??
    null
  );
}

export interface MeetingKeys {
  /** 16 bytes, the relay's name of the place. */
  readonly channel: Uint8Array;
  readonly access: Signer;
  /** 32 bytes: what is said there is sealed with it. */
  readonly sealing: Uint8Array;
}

/** Both sides derive the same from the code's secret. */
export function meetingKeys({ secret }: PairingCode): MeetingKeys {
  const root = digest(hashBytes, 'warren/pairing/v1', secret);
  return {
    channel: digest(idBytes, 'warren/pairing-channel/v1', root),
    access: createSigner(deriveKey(root, 'warren/pairing-access/v1')),
    sealing: deriveKey(root, 'warren/pairing-sealing/v1'),
  };
}
