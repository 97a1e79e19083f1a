/** What is missing, waits or was refused, in plain words, and what to do; nothing while all is well. */
import { For, Show } from 'solid-js';
import type { SyncStatus } from '../../../../workspace/model/sync.ts';
import { Notice } from '../../parts/Notice.tsx';
import { t } from '../../shell/text.ts';

const saidReasons = ['fork', 'removed'] as const;

/** Refusals of one kind from one device, as one line. */
function refusals(refused: SyncStatus['refused']): string[] {
  const counts = new Map<string, { reason: string; device: string | null; count: number }>();
  for (const { reason, device } of refused) {
    const key = `${reason} ${device}`;
    counts.set(key, { reason, device, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].map(({ reason, device, count }) => {
    const known = saidReasons.find((one) => one === reason) ?? 'other';
    return t(`sync.refused.${known}`, { count, device: device ?? t('sync.unknownDevice') });
  });
}

export function Trouble(props: { readonly status: SyncStatus }) {
  const lines = () => {
    const { missing, parked, refused } = props.status;
    return [
      ...missing.map(({ name, count }) => t('sync.missing', { name, count })),
      ...(parked > 0 ? [t('sync.parked', { count: parked })] : []),
      ...refusals(refused),
    ];
  };
  return (
    <Show when={lines().length > 0}>
      <Notice tone="warn" title={t('sync.trouble')}>
        <ul class="mt-1 flex list-disc flex-col gap-1.5 pl-4">
          <For each={lines()}>{(line) => <li>{line}</li>}</For>
        </ul>
      </Notice>
    </Show>
  );
}
