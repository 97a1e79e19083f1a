/**
 * Sessions on their way between devices: what Playwright captured of one, sealed under a key of its own,
 * lies at the relays as a blob that only the workspace's devices can name and open. It is fetched when
 * somebody opens the profile, not before.
 */
import { createContentHash } from '../../crypto/contentHash.ts';
import { fromHex } from '../../crypto/hex.ts';
import { openBlob, sealBlob } from '../../crypto/sealedBlob.ts';
import type { RelayClient } from '../../sync-relay/client/relayClient.ts';
import { limits } from '../../sync-relay/protocol/limits.ts';
import { RelayError } from '../../sync-relay/protocol/messages.ts';
import { contentOf, readWhole } from '../blobs/blobStore.ts';
import type { Contents } from '../contents.ts';
import { FailureError } from '../model/failure.ts';
import { encodeSession } from '../outbox/bodies.ts';

export interface SessionTravel {
  /** Makes the session that a profile has here known to other devices, if any are. */
  share(profileId: string): Promise<void>;
  /** @returns who has a newer session of a profile than this device, or null. */
  newer(profileId: string): { readonly deviceId: string; readonly capturedAt: number } | null;
  /**
   * Brings the newest session of a profile here, if another device has it.
   *
   * @throws FailureError `sessionElsewhere` when it can not be had now.
   */
  bring(
    profileId: string,
    profileName: string,
    onProgress: (done: number, total: number) => void,
  ): Promise<void>;
  /** Gives a relay the sessions that it lacks. */
  upload(relayId: string, client: RelayClient): Promise<void>;
}

interface Outgoing {
  profile_id: string;
  blob_id: string;
  relay_blob: string;
  size: number;
}

interface Elsewhere {
  device_id: string;
  captured_at: number;
  state: string;
}

/** How often, and in milliseconds how long apart, what is still on its way to a relay is asked for. */
const retries = { times: 10, apart: 500 } as const;
const largestState = 256 * 1024 * 1024;

export function createSessionTravel(
  contents: Contents,
  relays: () => readonly { readonly id: string; readonly client: RelayClient }[],
  sleep: (time: number) => Promise<void>,
): SessionTravel {
  const { vault, blobs, blobUses, outbox, membership } = contents;
  const { store, database, random, keys } = vault;
  const { channel } = keys;
  const session = database.prepare<
    [string],
    { state_blob: string | null; captured_at: number | null }
  >('select state_blob, captured_at from session where profile_id = ?');
  const note = database.prepare('insert or replace into session_travel values (?, ?, ?, ?)');
  const unsent = database.prepare<[string], Outgoing>(
    `select * from session_travel where not exists (
       select 1 from session_sent
       where relay_id = ? and session_sent.relay_blob = session_travel.relay_blob)`,
  );
  const noteSent = database.prepare('insert or ignore into session_sent values (?, ?)');
  const elsewhere = database.prepare<[string], Elsewhere>(
    'select device_id, captured_at, state from session_elsewhere where profile_id = ?',
  );
  const forgetElsewhere = database.prepare(
    'delete from session_elsewhere where profile_id = ? and captured_at <= ?',
  );

  function newer(profileId: string): Elsewhere | null {
    const there = elsewhere.get(profileId);
    const here = session.get(profileId)?.captured_at ?? 0;
    return there && there.captured_at > here ? there : null;
  }

  async function share(profileId: string): Promise<void> {
    if (!outbox.isShared() || !contents.settings.read().syncSessions) return;
    const row = session.get(profileId);
    if (!row?.state_blob) return;
    const state = await readWhole(blobs.read(row.state_blob));
    const key = random(32);
    const hash = createContentHash();
    const parts: Uint8Array[] = [];
    for await (const part of sealBlob(key, state.length, [state], random)) {
      hash.update(part);
      parts.push(part);
    }
    const sealed = new Uint8Array(Buffer.concat(parts));
    const name = hash.hex();
    // A relay may be reached in a month only: until then what it will be given is kept here.
    const kept = await blobs.write(contentOf(sealed), 'application/octet-stream');
    const before = database
      .prepare<[string], string>('select blob_id from session_travel where profile_id = ?')
      .pluck()
      .get(profileId);
    await store.commit(() => {
      blobs.note(kept);
      blobUses.replace(`travel:${profileId}`, [kept.id]);
      note.run(profileId, kept.id, name, sealed.length);
      outbox.seal(
        'session',
        encodeSession({
          profileId,
          capturedAt: row.captured_at ?? store.clock.tick(),
          state: { blob: fromHex('name', name, 32), size: sealed.length, key },
        }),
      );
    });
    if (before !== undefined) await blobs.collect([before]);
    for (const { id, client } of relays()) await upload(id, client).catch(ignoreLostRelay);
  }

  async function upload(relayId: string, client: RelayClient): Promise<void> {
    for (const row of unsent.all(relayId)) {
      const sealed = await readWhole(blobs.read(row.blob_id));
      const blob = fromHex('relay_blob', row.relay_blob, 32);
      const put = (offset: number, bytes: Uint8Array) =>
        client.ask('putBlob', { channel, blob, size: sealed.length, offset, bytes });
      // What is there already is not sent again.
      let { received } = await put(0, new Uint8Array());
      while (received < sealed.length) {
        ({ received } = await put(received, sealed.slice(received, received + limits.blobPart)));
      }
      await store.commit(() => noteSent.run(relayId, row.relay_blob));
    }
  }

  async function fetchFrom(
    client: RelayClient,
    state: { readonly blob: string; readonly size: number; readonly key: string },
    onProgress: (done: number, total: number) => void,
  ): Promise<Uint8Array | null> {
    const blob = fromHex('blob', state.blob, 32);
    const sealed: Uint8Array[] = [];
    let offset = 0;
    try {
      while (offset < state.size) {
        const part = await client.ask('getBlob', {
          channel,
          blob,
          offset,
          length: Math.min(limits.blobPart, state.size - offset),
        });
        if (part.bytes.length === 0) return null;
        sealed.push(part.bytes.slice());
        offset += part.bytes.length;
        onProgress(offset, state.size);
      }
    } catch (error) {
      if (error instanceof RelayError) return null;
      throw error;
    }
    const whole = Buffer.concat(sealed);
    const hash = createContentHash();
    hash.update(whole);
    if (hash.hex() !== state.blob) return null;
    return readWhole(openBlob(fromHex('key', state.key, 32), [new Uint8Array(whole)]));
  }

  async function find(
    there: Elsewhere,
    onProgress: (done: number, total: number) => void,
  ): Promise<Uint8Array | null> {
    const state = JSON.parse(there.state) as { blob: string; size: number; key: string };
    if (state.size > largestState) return null;
    for (let attempt = 0; attempt < retries.times; attempt++) {
      const reachable = relays();
      for (const { client } of reachable) {
        const found = await fetchFrom(client, state, onProgress).catch(() => null);
        if (found) return found;
      }
      if (reachable.length === 0) return null;
      await sleep(retries.apart);
    }
    return null;
  }

  return {
    share,
    newer(profileId) {
      const there = newer(profileId);
      return there && { deviceId: there.device_id, capturedAt: there.captured_at };
    },
    async bring(profileId, profileName, onProgress) {
      const there = newer(profileId);
      if (!there) return;
      const state = await find(there, onProgress);
      if (!state) {
        const device = membership.device(there.device_id)?.name ?? there.device_id.slice(0, 8);
        throw new FailureError({ code: 'sessionElsewhere', name: profileName, device });
      }
      const kept = await blobs.write(contentOf(state), 'application/json');
      const before = session.get(profileId)?.state_blob;
      await store.commit(() => {
        blobs.note(kept);
        contents.sessions.adoptState(profileId, kept.id, there.captured_at);
        forgetElsewhere.run(profileId, there.captured_at);
        store.touch('profile', profileId);
      });
      if (before) await blobs.collect([before]);
    },
    upload,
  };
}

/** It is given the session when it is back. */
function ignoreLostRelay(error: unknown): void {
  if (error instanceof FailureError) throw error;
}
