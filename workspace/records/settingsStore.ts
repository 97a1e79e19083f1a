/** The settings of this vault: one record, complete with defaults. */
import { type Settings, settingsSchema } from '../model/settings.ts';
import type { Database } from '../store/database.ts';

const id = 'settings';

export interface SettingsStore {
  read(): Settings;
  /** @param patch the fields to change. @returns all of them afterwards. */
  change(patch: Partial<Settings>): Settings;
}

export function createSettingsStore(database: Database, now: () => number): SettingsStore {
  const select = database.prepare<[string], string>('select body from record where id = ?').pluck();
  const put = database.prepare(
    `insert into record values (?, 'settings', ?, ?, ?)
     on conflict (id) do update set body = excluded.body, updated_at = excluded.updated_at`,
  );
  const read = (): Settings => settingsSchema.parse(JSON.parse(select.get(id) ?? '{}'));
  return {
    read,
    change: database.transaction((patch: Partial<Settings>) => {
      const changed = settingsSchema.parse({ ...read(), ...patch });
      put.run(id, JSON.stringify(changed), now(), now());
      return changed;
    }),
  };
}
