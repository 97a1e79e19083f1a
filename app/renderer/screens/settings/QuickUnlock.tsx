/** Unlocking by the system's keychain; shown only where the shell has one. */
import { createResource, Show } from 'solid-js';
import { Toggle } from '../../parts/Toggle.tsx';
import { useHost } from '../../shell/connection.ts';
import { withProof } from '../../shell/stepUp.tsx';
import { t } from '../../shell/text.ts';
import { tellFailure } from '../../shell/toasts.tsx';

export function QuickUnlock() {
  const host = useHost();
  const [status, { refetch }] = createResource(async () => {
    const answer = await host.call('quickUnlock.status', {});
    return answer.ok ? answer.value : null;
  });
  const change = async (on: boolean) => {
    const answer = on
      ? await withProof(() => host.call('quickUnlock.enable', {}))
      : await host.call('quickUnlock.disable', {});
    if (!answer.ok && answer.failure.code !== 'cancelled') tellFailure(answer.failure);
    void refetch();
  };
  return (
    <Show when={status.latest?.available}>
      <Toggle
        label={t('quickUnlock.title')}
        hint={t('quickUnlock.text')}
        checked={status.latest?.on ?? false}
        onChecked={(on) => void change(on)}
      />
    </Show>
  );
}
