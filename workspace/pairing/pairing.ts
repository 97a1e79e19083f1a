/**
 * Letting a new device into a workspace. The old device shows a code; both then show six digits, and
 * nothing secret is sent before somebody has said at both that they are the same.
 *
 * Messages, each sealed under the code's secret:
 * 1. new: a commitment to its keys, its name and a nonce
 * 2. old: a nonce, signed together with the commitment by the key that the code names
 * 3. new: keys, name and nonce, opening the commitment
 * 4. new: yes, once somebody said so there
 * 5. old: after a yes on both sides, the workspace's package, sealed to the new device and signed
 * 6. new: that its vault is made
 *
 * Since each side chooses its nonce before it knows the other's, whoever stands between them, even with
 * the code, has one try in a million to make the digits equal. The digits follow from all of 1 to 3.
 */
import { z } from 'zod';
import { openSealed, sealTo } from '../../crypto/boxKeys.ts';
import { compareBytes, concat, utf8 } from '../../crypto/bytes.ts';
import {
  createDeviceKeyset,
  type DevicePublicKeys,
  deviceId,
  openDeviceKeyset,
} from '../../crypto/deviceKeyset.ts';
import { digest, hashBytes } from '../../crypto/digest.ts';
import type { RandomBytes } from '../../crypto/random.ts';
import { verify } from '../../crypto/signing.ts';
import type { Contents } from '../contents.ts';
import type { JoinedKeys } from '../keys/vaultKeys.ts';
import type { Dial } from '../replication/surroundings.ts';
import { type Meeting, meet, pairingFailed } from './meeting.ts';
import {
  decodePairingCode,
  encodePairingCode,
  meetingKeys,
  type PairingCode,
} from './pairingCode.ts';
import { packWorkspace, unpackWorkspace, type WorkspacePackage } from './workspacePackage.ts';

const bytes = (length: number) =>
  z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === length);
const name = z.string().min(1).max(100);

const messages = {
  commitment: z.strictObject({ type: z.literal('commitment'), commitment: bytes(32) }),
  nonce: z.strictObject({ type: z.literal('nonce'), nonce: bytes(32), signature: bytes(64) }),
  opening: z.strictObject({
    type: z.literal('opening'),
    nonce: bytes(32),
    signing: bytes(32),
    box: bytes(32),
    name,
  }),
  answer: z.strictObject({ type: z.literal('answer'), yes: z.boolean() }),
  welcome: z.strictObject({
    type: z.literal('welcome'),
    sealed: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
    signature: bytes(64),
  }),
  refusal: z.strictObject({ type: z.literal('refusal') }),
  joined: z.strictObject({ type: z.literal('joined') }),
} as const;

const nonceDomain = 'warren/pairing-nonce/v1';
const welcomeDomain = 'warren/pairing-welcome/v1';

/** Milliseconds that a code can be used. */
export const codeLasts = 10 * 60_000;

export interface Offer {
  readonly code: string;
  /** The other device's name and the digits to compare. @throws FailureError `pairingFailed` */
  readonly met: Promise<{ readonly digits: string; readonly name: string }>;
  /** What somebody said at this device: whether the digits are the same. */
  answer(yes: boolean): void;
  /** The new device's id, once its vault is made. @throws FailureError `pairingFailed` */
  readonly done: Promise<string>;
  cancel(): void;
}

export interface OfferOptions {
  readonly contents: Contents;
  /** Addresses that the new device is to sync with. */
  readonly relays: readonly string[];
  /** Where they meet: a relay, or this device. */
  readonly meetAt: string;
  readonly dial: Dial;
  readonly random: RandomBytes;
}

/** @throws FailureError `pairingFailed` when the relay can not be reached. */
export async function offerPairing(options: OfferOptions): Promise<Offer> {
  const { contents, relays, meetAt: relay, dial, random } = options;
  const { keys, store } = contents.vault;
  const code: PairingCode = {
    secret: random(16),
    offeredBy: keys.device.publicKeys.signing,
    relay,
  };
  const meeting = await meet(dial, relay, meetingKeys(code), 'offer', random);
  const answered = deferred<boolean>();
  const ended = endAfter(meeting, codeLasts);

  const met = (async () => {
    const { commitment } = await hear(meeting, messages.commitment);
    const nonce = random(32);
    const signature = keys.device.signer.sign(nonceDomain, concat(commitment, nonce));
    await meeting.say({ type: 'nonce', nonce, signature });
    const opening = await hear(meeting, messages.opening);
    if (compareBytes(commitmentTo(opening), commitment) !== 0) throw pairingFailed('notAuthentic');
    const transcript = transcriptOf(code, commitment, nonce, opening);
    return { opening, transcript, digits: digitsOf(transcript), name: opening.name };
  })();

  const done = (async () => {
    try {
      const { opening, transcript } = await met;
      const theirs = hear(meeting, messages.answer);
      theirs.catch(() => undefined);
      if (!(await Promise.race([answered.promise, failureOf(theirs)]))) {
        await meeting.say({ type: 'refusal' });
        throw pairingFailed('refused');
      }
      if (!(await theirs).yes) throw pairingFailed('refused');
      const publicKeys: DevicePublicKeys = { signing: opening.signing, box: opening.box };
      contents.membership.found();
      await store.commit(() => contents.membership.addDevice(publicKeys, opening.name));
      const packed = packWorkspace(contents, relays);
      const sealed = sealTo(opening.box, packed, transcript, random);
      const signature = keys.device.signer.sign(welcomeDomain, concat(transcript, sealed));
      await meeting.say({ type: 'welcome', sealed, signature });
      await hear(meeting, messages.joined);
      return deviceId(publicKeys);
    } finally {
      ended();
      await meeting.leave();
    }
  })();
  const shown = met.then(({ digits, name }) => ({ digits, name }));
  // Whoever asks for them is told; nobody has to.
  for (const outcome of [shown, done]) outcome.catch(() => undefined);

  return {
    code: encodePairingCode(code),
    met: shown,
    answer: (yes) => answered.resolve(yes),
    done,
    cancel: () => void meeting.leave(),
  };
}

export interface Acceptance {
  /** The digits to compare. @throws FailureError `pairingFailed` */
  readonly digits: Promise<string>;
  answer(yes: boolean): void;
  /** What the vault is made of, after a yes on both sides. @throws FailureError `pairingFailed` */
  readonly welcome: Promise<{
    readonly workspace: WorkspacePackage;
    readonly seeds: JoinedKeys['seeds'];
    readonly deviceName: string;
  }>;
  /** Tells the other that the vault is made, and leaves. */
  joined(): Promise<void>;
  cancel(): void;
}

/** @throws FailureError `pairingFailed`: `refused` when it is no code. */
export async function acceptPairing(
  text: string,
  deviceName: string,
  dial: Dial,
  random: RandomBytes,
): Promise<Acceptance> {
  const code = decodePairingCode(text);
  if (!code) throw pairingFailed('refused');
  const meeting = await meet(dial, code.relay, meetingKeys(code), 'accept', random);
  const ended = endAfter(meeting, codeLasts);
  const seeds = createDeviceKeyset(random);
  const { publicKeys, box } = openDeviceKeyset(seeds);
  const opening = { ...publicKeys, nonce: random(32), name: deviceName };
  const commitment = commitmentTo(opening);
  const answered = deferred<boolean>();

  const met = (async () => {
    await meeting.say({ type: 'commitment', commitment });
    const { nonce, signature } = await hear(meeting, messages.nonce);
    if (!verify(code.offeredBy, nonceDomain, concat(commitment, nonce), signature)) {
      throw pairingFailed('notAuthentic');
    }
    await meeting.say({ type: 'opening', ...opening });
    return transcriptOf(code, commitment, nonce, opening);
  })();

  const welcome = (async () => {
    try {
      const transcript = await met;
      const message = hear(meeting, z.union([messages.welcome, messages.refusal]));
      message.catch(() => undefined);
      const yes = await Promise.race([answered.promise, failureOf(message), refusalOf(message)]);
      await meeting.say({ type: 'answer', yes });
      if (!yes) throw pairingFailed('refused');
      const welcome = await message;
      if (welcome.type === 'refusal') throw pairingFailed('refused');
      const { sealed, signature } = welcome;
      const signed = verify(code.offeredBy, welcomeDomain, concat(transcript, sealed), signature);
      const packed = signed ? openSealed(box, sealed, transcript) : null;
      const workspace = packed && unpackWorkspace(packed);
      if (!workspace) throw pairingFailed('notAuthentic');
      return { workspace, seeds, deviceName };
    } catch (error) {
      ended();
      await meeting.leave();
      throw error;
    }
  })();
  const digits = met.then(digitsOf);
  for (const outcome of [digits, welcome]) outcome.catch(() => undefined);

  return {
    digits,
    answer: (yes) => answered.resolve(yes),
    welcome,
    async joined() {
      ended();
      await meeting.say({ type: 'joined' });
      await meeting.leave();
    },
    cancel: () => void meeting.leave(),
  };
}

type Opening = Omit<z.output<typeof messages.opening>, 'type'>;

const commitmentTo = ({ nonce, signing, box, name }: Opening): Uint8Array =>
  digest(hashBytes, 'warren/pairing-commitment/v1', nonce, signing, box, utf8(name));

const transcriptOf = (
  { secret, offeredBy, relay }: PairingCode,
  commitment: Uint8Array,
  nonce: Uint8Array,
  opening: Opening,
): Uint8Array =>
  digest(
    hashBytes,
    'warren/pairing-transcript/v1',
    secret,
    offeredBy,
    utf8(relay),
    commitment,
    nonce,
    opening.nonce,
    opening.signing,
    opening.box,
    utf8(opening.name),
  );

/** Six digits; the modulus of 64 bits favours none of them by more than can be noticed. */
export function digitsOf(transcript: Uint8Array): string {
  const number = new DataView(digest(hashBytes, 'warren/pairing-digits/v1', transcript).buffer);
  return String(number.getBigUint64(0) % 1_000_000n).padStart(6, '0');
}

async function hear<T>(meeting: Meeting, schema: z.ZodType<T>): Promise<T> {
  const parsed = schema.safeParse(await meeting.hear());
  if (!parsed.success) throw pairingFailed('notAuthentic');
  return parsed.data;
}

/** Fails when the other fails, and never succeeds. */
const failureOf = (other: Promise<unknown>): Promise<never> =>
  new Promise((_resolve, reject) => {
    other.catch(reject);
  });

/** Fails when the other said no. */
const refusalOf = (message: Promise<{ readonly type: string }>): Promise<never> =>
  new Promise((_resolve, reject) => {
    message.then(
      ({ type }) => type === 'refusal' && reject(pairingFailed('refused')),
      () => undefined,
    );
  });

function endAfter(meeting: Meeting, time: number): () => void {
  const timer = setTimeout(() => void meeting.leave(), time);
  timer.unref();
  return () => clearTimeout(timer);
}

function deferred<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
