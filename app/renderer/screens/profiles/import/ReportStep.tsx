/** The last step: what is in the vault now, what was not taken, and why. */
import { Show } from 'solid-js';
import type { ImportColumn, MigrationReport } from '../../../../../workspace/model/migration.ts';
import { Notice } from '../../../parts/Notice.tsx';
import { t } from '../../../shell/text.ts';
import { Counts, LeftOutList } from './LeftOutList.tsx';

export function titleOf({ counts }: MigrationReport): string {
  const count = counts.add + counts.update;
  return count === 0 ? t('import.nothing') : t('import.done', { count });
}

interface ReportStepProps {
  readonly report: MigrationReport;
  readonly columns: readonly ImportColumn[];
}

export function ReportStep(props: ReportStepProps) {
  return (
    <div class="flex flex-col gap-4">
      <h3 class="text-lg font-semibold">{titleOf(props.report)}</h3>
      <Show when={props.report.cancelled}>
        <Notice tone="warn">{t('import.cancelled')}</Notice>
      </Show>
      <Counts counts={props.report.counts} />
      <LeftOutList leftOut={props.report.leftOut} columns={props.columns} />
    </div>
  );
}
