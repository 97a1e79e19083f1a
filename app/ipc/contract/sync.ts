/** Relays, devices, pairing and joining. */
import { z } from 'zod';
import type { DeviceRow, SyncStatus } from '../../../workspace/model/sync.ts';
import { nothing, passphrase, reference } from './common.ts';

export const syncRequests = {
  'sync.status': nothing,
  /** Looks and sends at once, whatever was being waited for. */
  'sync.now': nothing,
  /** Answers when all that is known is exchanged with every relay. */
  'sync.wait': z.strictObject({ timeout: z.int().min(0).max(86_400_000).default(60_000) }),
  'relays.add': z.strictObject({ url: z.string().min(1).max(500) }),
  'relays.remove': z.strictObject({ relay: z.string().min(1).max(500) }),
  'devices.list': nothing,
  'devices.rename': z.strictObject({
    device: reference,
    name: z.string().trim().min(1).max(100),
  }),
  /** Rotates the workspace's keys; `wipe` asks the removed device to delete its vault. */
  'devices.remove': z.strictObject({ device: reference, wipe: z.boolean().default(false) }),
  /** Makes a code that a new device can be let in with. */
  'pairing.offer': nothing,
  /** Answers once a device has read the code, with what is to be compared. */
  'pairing.met': nothing,
  /** What somebody said here about the digits; answers when the other device's vault is made. */
  'pairing.answer': z.strictObject({ yes: z.boolean() }),
  'pairing.cancel': nothing,
  /** On a machine without a vault: reads a code and answers with the digits. */
  'join.begin': z.strictObject({
    code: z.string().min(1).max(2_000),
    deviceName: z.string().trim().min(1).max(100).optional(),
  }),
  'join.finish': z.strictObject({
    yes: z.boolean(),
    passphrase,
    kdf: z.enum(['calibrated', 'minimum']).default('calibrated'),
  }),
  'join.cancel': nothing,
  /** On a machine without a vault: everything from the recovery words and a relay alone. */
  'join.recover': z.strictObject({
    words: z.string().max(1_000),
    relay: z.string().min(1).max(500),
    passphrase,
    kdf: z.enum(['calibrated', 'minimum']).default('calibrated'),
  }),
} as const;

export interface SyncAnswers {
  'sync.status': SyncStatus;
  'sync.now': null;
  'sync.wait': null;
  'relays.add': { readonly id: string };
  'relays.remove': null;
  'devices.list': { readonly devices: readonly DeviceRow[] };
  'devices.rename': null;
  'devices.remove': null;
  'pairing.offer': { readonly code: string };
  'pairing.met': { readonly digits: string; readonly name: string };
  'pairing.answer': { readonly device: string };
  'pairing.cancel': null;
  'join.begin': { readonly digits: string };
  'join.finish': null;
  'join.cancel': null;
  'join.recover': null;
}
