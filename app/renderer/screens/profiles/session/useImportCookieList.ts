import { confirm } from '../../../parts/confirm.tsx';
import { pickFile, textOf } from '../../../parts/files.ts';
import { useHost } from '../../../shell/connection.ts';
import { t } from '../../../shell/text.ts';
import { tellDone, tellFailure } from '../../../shell/toasts.tsx';

/** Takes a file of several profiles' cookies in, after it was told what is in it. */
export function useImportCookieList(): () => Promise<void> {
  const host = useHost();
  return async () => {
    const file = await pickFile('.json,application/json');
    if (!file) return;
    const text = await textOf(file);
    const found = await host.call('profiles.importManyCookies', { text, preview: true });
    if (!found.ok) return tellFailure(found.failure);
    const { profiles, read, refusedCount } = found.value;
    const told = [t('profiles.importCookies.text')];
    if (refusedCount > 0) told.push(t('session.import.refused', { count: refusedCount }));
    const sure = await confirm({
      title: t('profiles.importCookies.title', { count: profiles }),
      text: told.join(' '),
      action: t('session.import.do', { count: read }),
    });
    if (!sure) return;
    const answer = await host.call('profiles.importManyCookies', { text });
    if (!answer.ok) return tellFailure(answer.failure);
    tellDone(t('session.imported', { count: answer.value.read }));
  };
}
