/** The second step of a table: what each of its columns is taken as. */
import { For, Show } from 'solid-js';
import {
  type ImportColumn,
  type ImportField,
  importFields,
  secretFields,
} from '../../../../../workspace/model/migration.ts';
import { Notice } from '../../../parts/Notice.tsx';
import { t } from '../../../shell/text.ts';

interface MappingStepProps {
  readonly columns: readonly ImportColumn[];
  readonly mapping: readonly ImportField[];
  readonly onField: (column: number, field: ImportField) => void;
}

export function MappingStep(props: MappingStepProps) {
  return (
    <div class="flex flex-col gap-3">
      <Show when={!props.mapping.includes('name')}>
        <Notice tone="warn">{t('import.noName')}</Notice>
      </Show>
      <div class="overflow-hidden rounded-lg border border-line-strong">
        <table class="w-full table-fixed text-left">
          <thead class="bg-sunken text-xs text-ink-3">
            <tr>
              <th scope="col" class="px-3 py-1.5 font-medium">
                {t('import.column')}
              </th>
              <th scope="col" class="px-3 py-1.5 font-medium">
                {t('import.sample')}
              </th>
              <th scope="col" class="w-60 px-3 py-1.5 font-medium">
                {t('import.field')}
              </th>
            </tr>
          </thead>
          <tbody>
            <For each={props.columns}>
              {(column, index) => {
                const field = () => props.mapping[index()] ?? 'ignore';
                return (
                  <tr class="border-t border-line">
                    <th scope="row" class="truncate px-3 py-1 font-medium" title={column.name}>
                      {column.name}
                    </th>
                    <td class="truncate px-3 py-1 text-ink-2">
                      <Show
                        when={column.sample !== null && !secretFields.has(field())}
                        fallback={<span class="text-ink-3">{t('import.sample.hidden')}</span>}
                      >
                        {column.sample}
                      </Show>
                    </td>
                    <td class="px-3 py-1">
                      <FieldChoice
                        column={column.name}
                        value={field()}
                        onValue={(next) => props.onField(index(), next)}
                      />
                    </td>
                  </tr>
                );
              }}
            </For>
          </tbody>
        </table>
      </div>
    </div>
  );
}

interface FieldChoiceProps {
  readonly column: string;
  readonly value: ImportField;
  readonly onValue: (field: ImportField) => void;
}

function FieldChoice(props: FieldChoiceProps) {
  const choose = (value: string) => {
    const field = importFields.find((one) => one === value);
    if (field) props.onValue(field);
  };
  return (
    <select
      class={`control ${props.value === 'ignore' ? '!text-ink-3' : ''}`}
      aria-label={t('import.fieldOf', { column: props.column })}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <For each={importFields}>
        {(field) => (
          <option value={field} selected={field === props.value}>
            {t(`import.field.${field}`)}
          </option>
        )}
      </For>
    </select>
  );
}
