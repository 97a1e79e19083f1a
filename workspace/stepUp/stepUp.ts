/**
 * The second factor: one-time codes by TOTP (RFC 6238, SHA-1, 6 digits, 30 seconds: what every
 * authenticator app knows) and recovery codes for when the phone is lost.
 *
 * It is a gate that Warren keeps, not encryption: whoever has the passphrase and their own tools can
 * read the vault without a code. It stops the person who finds the app unlocked.
 */
import { Secret, TOTP } from 'otpauth';
import { utf8 } from '../../crypto/bytes.ts';
import { digest, hashBytes } from '../../crypto/digest.ts';
import { toHex } from '../../crypto/hex.ts';
import type { RandomBytes } from '../../crypto/random.ts';
import { FailureError } from '../model/failure.ts';
import type { Store } from '../store/store.ts';

export interface StepUp {
  /** Whether one-time codes are asked for. */
  isOn(): boolean;
  recoveryCodesLeft(): number;
  /** A new secret, asked for by nothing before {@link StepUp.confirm}. */
  begin(): { readonly uri: string; readonly secret: string };
  /** Turns it on once a code shows that the secret arrived. @returns the recovery codes, once. */
  confirm(code: string): readonly string[];
  turnOff(): void;
  /** @throws FailureError `stepUpRefused`; with a time to wait after too many wrong codes. */
  verify(code: string): void;
}

const secretBytes = 20;
const period = 30;
const recoveryCodeCount = 10;
/** 50 bits each: not guessed in a lifetime at the rate that is allowed here. */
const recoveryCodeLetters = 10;
/** Letters and digits that nobody mistakes for one another. */
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

const triesBeforeWait = 5;
const waitSeconds = 60;

interface Kept {
  /** Counter of the last period whose code was taken: none is taken twice. */
  readonly lastCounter: number;
  /** Hashes of the recovery codes that are left. */
  readonly recovery: readonly string[];
}

/** @param now milliseconds since 1970 by the system's clock, which is what the phone goes by too. */
export function createStepUp(store: Store, random: RandomBytes, now: () => number): StepUp {
  const { database } = store;
  const secretOf = database
    .prepare<[], Buffer>("select value from secret where name = 'totp'")
    .pluck();
  const putSecret = database.prepare("insert or replace into secret values ('totp', ?)");
  const dropSecret = database.prepare("delete from secret where name = 'totp'");
  const keptText = database
    .prepare<[], string>("select value from meta where name = 'step-up'")
    .pluck();
  const putKept = database.prepare("insert or replace into meta values ('step-up', ?)");
  let offered: Uint8Array | null = null;
  let wrong = 0;
  let waitUntil = 0;

  const kept = (): Kept => JSON.parse(keptText.get() ?? '{"lastCounter":0,"recovery":[]}') as Kept;
  const keep = (next: Kept) => store.write(() => putKept.run(JSON.stringify(next)));

  /** @returns the counter whose code it is (this period or a neighbour), or null. */
  function counterOf(secret: Uint8Array, code: string): number | null {
    const totp = totpOf(secret);
    const timestamp = now();
    const delta = totp.validate({ token: code.replace(/\s/g, ''), timestamp, window: 1 });
    return delta === null ? null : totp.counter({ timestamp }) + delta;
  }

  function refuse(): never {
    wrong += 1;
    if (wrong >= triesBeforeWait) {
      wrong = 0;
      waitUntil = now() + waitSeconds * 1_000;
    }
    throw new FailureError({ code: 'stepUpRefused', waitSeconds: secondsToWait() });
  }

  const secondsToWait = () => Math.max(0, Math.ceil((waitUntil - now()) / 1_000));

  function takeRecoveryCode(code: string): boolean {
    const { lastCounter, recovery } = kept();
    const hash = hashOf(code);
    if (!recovery.includes(hash)) return false;
    keep({ lastCounter, recovery: recovery.filter((one) => one !== hash) });
    return true;
  }

  return {
    isOn: () => secretOf.get() !== undefined,
    recoveryCodesLeft: () => kept().recovery.length,
    begin() {
      offered = random(secretBytes);
      return { uri: totpOf(offered).toString(), secret: totpOf(offered).secret.base32 };
    },
    confirm(code) {
      const secret = offered;
      const counter = secret && counterOf(secret, code);
      if (!secret || counter === null) return refuse();
      const codes = Array.from({ length: recoveryCodeCount }, () => recoveryCode(random));
      store.write(() => {
        putSecret.run(secret);
        keep({ lastCounter: counter, recovery: codes.map(hashOf) });
      });
      offered = null;
      return codes;
    },
    turnOff: () =>
      store.write(() => {
        dropSecret.run();
        keep({ lastCounter: 0, recovery: [] });
      }),
    verify(code) {
      if (secondsToWait() > 0) {
        throw new FailureError({ code: 'stepUpRefused', waitSeconds: secondsToWait() });
      }
      const secret = secretOf.get();
      const counter = secret ? counterOf(new Uint8Array(secret), code) : null;
      const { lastCounter, recovery } = kept();
      if (counter !== null && counter > lastCounter) keep({ lastCounter: counter, recovery });
      else if (!takeRecoveryCode(code)) refuse();
      wrong = 0;
    },
  };
}

const totpOf = (secret: Uint8Array): TOTP =>
  new TOTP({
    issuer: 'Warren',
    label: 'vault',
    algorithm: 'SHA1',
    digits: 6,
    period,
    secret: new Secret({ buffer: secret.slice().buffer }),
  });

/** A letter is five bits; the alphabet has 32, so no letter is likelier than another. */
function recoveryCode(random: RandomBytes): string {
  const letters = [...random(recoveryCodeLetters)].map((byte) => alphabet[byte % 32]).join('');
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

/** Forgiving about case, spaces and the dash. */
const hashOf = (code: string): string =>
  toHex(
    digest(
      hashBytes,
      'warren/recovery-code/v1',
      utf8(code.toUpperCase().replace(/[^A-Z0-9]/g, '')),
    ),
  );
