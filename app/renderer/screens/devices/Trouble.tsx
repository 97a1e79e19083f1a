/** What is missing, waits or was refused, in plain words; nothing while all is well. */
import { For, Show } from 'solid-js';
import type { SyncStatus } from '../../../../workspace/model/sync.ts';
import { t } from '../../shell/text.ts';
import { Part } from '../settings/Part.tsx';

const saidReasons = ['fork', 'removed'] as const;

export function Trouble(props: { readonly status: SyncStatus }) {
  const reasons = () =>
    [
      ...new Set(
        props.status.refused.map(({ reason }) => {
          const known = saidReasons.find((one) => one === reason);
          return t(`sync.refused.${known ?? 'other'}`);
        }),
      ),
    ].join(', ');
  const lines = () => [
    ...props.status.missing.map(({ name, count }) => t('sync.missing', { name, count })),
    ...(props.status.parked > 0 ? [t('sync.parked', { count: props.status.parked })] : []),
    ...(props.status.refused.length > 0
      ? [t('sync.refused', { count: props.status.refused.length, reasons: reasons() })]
      : []),
  ];
  return (
    <Show when={lines().length > 0}>
      <Part title={t('sync.trouble')}>
        <ul class="flex list-disc flex-col gap-2 pl-4">
          <For each={lines()}>{(line) => <li>{line}</li>}</For>
        </ul>
      </Part>
    </Show>
  );
}
