import { saveText } from '../../parts/files.ts';
import { useHost } from '../../shell/connection.ts';
import { t } from '../../shell/text.ts';
import { tellDone, tellFailure } from '../../shell/toasts.tsx';
import { profileFile } from './profileFile.ts';

/** Saves the named profiles, or all for null, as a file. */
export function useExportProfiles(): (ids: readonly string[] | null) => Promise<void> {
  const host = useHost();
  return async (ids) => {
    const answer = await host.call('profiles.export', ids === null ? {} : { profiles: [...ids] });
    if (!answer.ok) return tellFailure(answer.failure);
    const { profiles } = answer.value;
    saveText('warren-profiles.json', 'application/json', profileFile(profiles));
    tellDone(t('profiles.exported', { count: profiles.length }));
  };
}
