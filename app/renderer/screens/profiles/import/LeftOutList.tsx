/** How many of what, and what is not taken and why: beforehand and afterwards. */
import { For, Show } from 'solid-js';
import type {
  ImportColumn,
  ImportCounts,
  LeftOut,
} from '../../../../../workspace/model/migration.ts';
import { countsText, leftOutText } from '../../../../text/importReport.ts';
import { locale, t } from '../../../shell/text.ts';

export function Counts(props: { readonly counts: ImportCounts }) {
  return (
    <p class="flex flex-wrap gap-x-4 gap-y-1 font-medium" role="status">
      <For each={countsText(locale(), props.counts)}>{(text) => <span>{text}</span>}</For>
    </p>
  );
}

interface LeftOutListProps {
  readonly leftOut: readonly LeftOut[];
  readonly columns: readonly ImportColumn[];
}

export function LeftOutList(props: LeftOutListProps) {
  const lines = () => leftOutText(locale(), props.leftOut, props.columns);
  return (
    <section aria-labelledby="import-left-out">
      <h3 id="import-left-out" class="mb-1 font-semibold">
        {t('import.leftOut')}
      </h3>
      <Show
        when={lines().length > 0}
        fallback={<p class="text-ink-2">{t('import.leftOut.none')}</p>}
      >
        <ul class="flex list-disc flex-col gap-1 pl-4 text-ink-2">
          <For each={lines()}>{(line) => <li class="break-words">{line}</li>}</For>
        </ul>
      </Show>
    </section>
  );
}
