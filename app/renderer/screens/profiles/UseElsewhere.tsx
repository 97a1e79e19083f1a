/** Who uses a profile on another device, and what may be done meanwhile; nothing while it is free. */
import { createResource, Match, Switch } from 'solid-js';
import { Notice } from '../../parts/Notice.tsx';
import { useHost } from '../../shell/connection.ts';
import { show, t } from '../../shell/text.ts';

export function UseElsewhere(props: { readonly profile: string }) {
  const host = useHost();
  const [use] = createResource(
    () => props.profile,
    async (profile) => {
      const answer = await host.call('profiles.lease', { profile });
      return answer.ok ? answer.value : null;
    },
  );
  const holder = () => {
    const found = use()?.holder;
    return found && !found.self ? found : null;
  };
  return (
    <Switch>
      <Match when={holder()}>
        {(found) => (
          <Notice
            tone="warn"
            title={t('profiles.inUse', {
              device: found().device,
              since: show.dateTime(found().since),
            })}
          >
            {t('profiles.inUse.advice')}
          </Notice>
        )}
      </Match>
      <Match when={use()?.known === false}>
        <Notice tone="plain">{t('profiles.useUnknown')}</Notice>
      </Match>
      <Match when={use()?.newerOn}>
        {(device) => <Notice tone="plain">{t('profiles.newerOn', { device: device() })}</Notice>}
      </Match>
    </Switch>
  );
}
