/** What would become of the rows, and the questions that this file leaves open. */
import { Show } from 'solid-js';
import { type ImportPreview, nameClashes } from '../../../../../workspace/model/migration.ts';
import { SelectField } from '../../../parts/SelectField.tsx';
import { Toggle } from '../../../parts/Toggle.tsx';
import { t } from '../../../shell/text.ts';
import { typeChoices } from '../../proxies/ProxyForm.tsx';
import type { Import } from './createImport.ts';
import { ImportRows } from './ImportRows.tsx';
import { Counts, LeftOutList } from './LeftOutList.tsx';

interface PreviewStepProps {
  readonly work: Import;
  readonly preview: ImportPreview;
}

const orders = ['ask', 'hostFirst', 'userFirst'] as const;

export function PreviewStep(props: PreviewStepProps) {
  const choices = () => props.work.choices();
  const has = (...fields: readonly string[]) =>
    props.preview.columns.some(({ field }) => fields.includes(field));
  const isOpen = () =>
    choices().proxyOrder !== 'ask' ||
    props.preview.leftOut.some(({ problem }) => problem === 'ambiguousProxy');
  return (
    <div class="flex flex-col gap-4" aria-busy={props.work.reading()}>
      <Counts counts={props.preview.counts} />
      <div class="grid grid-cols-2 items-start gap-4 empty:hidden">
        <Show when={props.preview.duplicates > 0}>
          <SelectField
            label={t('import.onDuplicate')}
            hint={t('import.duplicates', { count: props.preview.duplicates })}
            value={choices().onDuplicate}
            choices={nameClashes.map((value) => ({
              value,
              label: t(`import.onDuplicate.${value}`),
            }))}
            onValue={(onDuplicate) => props.work.choose({ onDuplicate })}
          />
        </Show>
        <Show when={has('proxy', 'proxyHost')}>
          <SelectField
            label={t('import.proxyType')}
            value={choices().proxyType}
            choices={typeChoices()}
            onValue={(proxyType) => props.work.choose({ proxyType })}
          />
        </Show>
        <Show when={isOpen()}>
          <SelectField
            label={t('import.proxyOrder')}
            value={choices().proxyOrder}
            choices={orders.map((value) => ({ value, label: t(`import.proxyOrder.${value}`) }))}
            onValue={(proxyOrder) => props.work.choose({ proxyOrder })}
          />
        </Show>
        <Show when={has('userAgent')}>
          <Toggle
            label={t('import.keepUserAgents')}
            hint={t('import.keepUserAgents.hint')}
            checked={choices().keepUserAgents}
            onChecked={(keepUserAgents) => props.work.choose({ keepUserAgents })}
          />
        </Show>
      </div>
      <ImportRows preview={props.preview} />
      <LeftOutList leftOut={props.preview.leftOut} columns={props.preview.columns} />
    </div>
  );
}
