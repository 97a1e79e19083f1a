/** The settings of this vault on this device, complete with defaults. */
import { type Settings, settingsSchema } from '../model/settings.ts';
import type { Store } from '../store/store.ts';

export interface SettingsStore {
  read(): Settings;
  /** @param patch the fields to change. @returns all of them afterwards. */
  change(patch: Partial<Settings>): Settings;
}

export function createSettingsStore(store: Store): SettingsStore {
  const select = store.database
    .prepare<[], string>("select value from meta where name = 'settings'")
    .pluck();
  const put = store.database.prepare(
    `insert into meta values ('settings', ?)
     on conflict (name) do update set value = excluded.value`,
  );
  const read = (): Settings => settingsSchema.parse(JSON.parse(select.get() ?? '{}'));
  return {
    read,
    change: (patch) =>
      store.write(() => {
        const changed = settingsSchema.parse({ ...read(), ...patch });
        put.run(JSON.stringify(changed));
        store.touch('settings', 'settings');
        return changed;
      }),
  };
}
