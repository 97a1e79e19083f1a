/**
 * What an export holds, whatever it is written into: named parts of known length. A part that can not
 * be read because the vault is damaged is named and left out; everything else is there.
 *
 *   manifest.json                    format, version, when, from which vault
 *   devices.json                     whose signatures the journals bear: names and public keys
 *   settings.json
 *   documents/<kind>/<id>.automerge  each record with its history
 *   blobs/<id>                       opened content
 *   blobs.json                       media types and sizes
 *   journals/<name>/<number>.ndjson  signed entries, some hundred a part
 *   sessions.json                    which blobs are a profile's session
 */
import type { Contents } from '../contents.ts';
import type { JournalName } from '../journal/journal.ts';
import { base64Of } from '../vault/bytesJson.ts';
import { pause } from '../views/slices.ts';

export interface ExportPart {
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
}

export const exportFormat = { format: 'warren-export', version: 1 } as const;

export interface ExportProgress {
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
  /** Called with the name of what could not be read. */
  readonly onDamaged: (part: string) => void;
}

const entriesAPart = 500;
const journals: readonly JournalName[] = ['run', 'activity'];

export async function* exportParts(
  contents: Contents,
  { signal, onProgress, onDamaged }: ExportProgress,
): AsyncGenerator<ExportPart> {
  const { vault, documents, blobs } = contents;
  const { database } = vault;
  const ids = documents.ids();
  const stats = contents.stats();
  const total =
    ids.length + stats.blobs + Object.values(stats.journalEntries).reduce((a, b) => a + b, 0);
  let done = 0;
  const advance = async (count: number) => {
    signal.throwIfAborted();
    done += count;
    onProgress(done, total);
    await pause();
  };
  /** @returns what `read` gives, or null when that part of the vault is damaged. */
  const unlessDamaged = <T>(part: string, read: () => T): T | null => {
    try {
      return read();
    } catch {
      onDamaged(part);
      return null;
    }
  };

  yield json('manifest.json', {
    ...exportFormat,
    vaultId: base64Of(vault.id),
    createdAt: vault.store.clock.tick(),
    records: stats.records,
    journalEntries: stats.journalEntries,
    blobs: stats.blobs,
  });
  const devices = unlessDamaged('devices', () => devicesOf(contents));
  if (devices) yield json('devices.json', devices);
  const settings = unlessDamaged('settings', () => contents.settings.read());
  if (settings) yield json('settings.json', settings);

  const kindOf = database
    .prepare<[string], string>('select kind from document where id = ?')
    .pluck();
  for (const [n, id] of ids.entries()) {
    const part = unlessDamaged(`document ${id}`, () => ({
      name: `documents/${kindOf.get(id)}/${id}.automerge`,
      bytes: documents.save(id),
    }));
    if (part) yield { name: part.name, size: part.bytes.length, content: part.bytes };
    if (n % 20 === 19) await advance(20);
  }
  const infos: object[] = [];
  for (const id of unlessDamaged('list of blobs', () => blobs.allIds()) ?? []) {
    const info = blobs.info(id);
    if (!info || !(await blobs.isWhole(id))) {
      onDamaged(`blobs/${id.slice(0, 2)}/${id}`);
      continue;
    }
    infos.push(info);
    yield { name: `blobs/${id}`, size: info.size, content: blobs.read(id) };
    await advance(1);
  }
  yield json('blobs.json', infos);
  for (const journal of journals) {
    let number = 0;
    for (let after = 0; ; ) {
      const rows = unlessDamaged(`journal ${journal}`, () => signedRows(contents, journal, after));
      if (!rows || rows.length === 0) break;
      after = rows.at(-1)?.position ?? after;
      const lines = rows.map(({ position: _, ...row }) => JSON.stringify(row)).join('\n');
      yield text(`journals/${journal}/${String(++number).padStart(9, '0')}.ndjson`, `${lines}\n`);
      await advance(rows.length);
    }
  }
  const sessions = unlessDamaged('sessions', () => contents.sessions.all());
  if (sessions) yield json('sessions.json', sessions);
  onProgress(total, total);
}

const devicesOf = ({ vault }: Contents) =>
  vault.database
    .prepare<[], { id: string; name: string; signing_key: Buffer; box_key: Buffer }>(
      'select id, name, signing_key, box_key from device',
    )
    .all()
    .map(({ id, name, signing_key, box_key }) => ({
      id,
      name,
      signingKey: base64Of(signing_key),
      boxKey: base64Of(box_key),
    }));

interface SignedRow {
  readonly position: number;
  readonly subject: string;
  readonly sequence: number;
  readonly at: number;
  readonly deviceId: string;
  readonly body: string;
  readonly previous: string;
  readonly signature: string;
}

function signedRows({ vault }: Contents, journal: JournalName, after: number): SignedRow[] {
  return vault.database
    .prepare<
      [JournalName, number, number],
      {
        position: number;
        subject: string;
        sequence: number;
        at: number;
        device_id: string;
        body: string;
        previous: Buffer;
        signature: Buffer;
      }
    >(
      `select position, subject, sequence, at, device_id, body, previous, signature
       from entry where journal = ? and position > ? order by position limit ?`,
    )
    .all(journal, after, entriesAPart)
    .map(({ device_id, previous, signature, ...row }) => ({
      ...row,
      deviceId: device_id,
      previous: base64Of(previous),
      signature: base64Of(signature),
    }));
}

const text = (name: string, content: string): ExportPart => {
  const bytes = Buffer.from(content);
  return { name, size: bytes.length, content: bytes };
};

const json = (name: string, value: unknown): ExportPart => text(name, JSON.stringify(value));
