/** The form of one step, made from what the host says about its kind. */
import { createMemo, For, Show } from 'solid-js';
import type { Step } from '../../../../workspace/model/workflow.ts';
import type { StepField } from '../../../ipc/contract.ts';
import { Chip } from '../../parts/Chip.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { t } from '../../shell/text.ts';
import { CommonOptions } from './CommonOptions.tsx';
import { kindSummary, kindTitle } from './catalogue.ts';
import type { Editor } from './editor.ts';
import { StepFieldEditor } from './fields/StepFieldEditor.tsx';
import { KindIcon } from './KindIcon.tsx';

/** Fields that most steps of any kind do without; they wait below. */
const rareFields = new Set(['frame', 'nth', 'position', 'modifiers', 'referer', 'mask']);
const isRare = (field: StepField) => rareFields.has(field.name) && !field.required;

export function StepForm(props: { readonly editor: Editor; readonly id: string }) {
  const gone: Step = { id: props.id, type: '' };
  const step = createMemo<Step>((before) => props.editor.selected() ?? before, gone);
  const kind = createMemo(() => props.editor.catalogue.kindOf(step().type));
  const problems = (field: string) => props.editor.issues().bySteps.get(props.id)?.get(field) ?? [];
  const set = (field: string, value: unknown) => props.editor.setField(props.id, field, value);
  // Steps inside are edited in the outline, where they can be seen.
  const fields = () => kind()?.fields.filter((field) => field.editor !== 'steps') ?? [];
  const editorOf = (field: StepField) => (
    <StepFieldEditor
      type={step().type}
      field={field}
      schema={kind()?.schema ?? {}}
      value={step()[field.name]}
      onValue={(value) => set(field.name, value)}
      problems={problems(field.name)}
    />
  );
  return (
    <div class="flex max-w-176 flex-col gap-5 p-6">
      <header class="flex items-start gap-3">
        <KindIcon type={step().type} large />
        <div class="min-w-0 grow">
          <h2 class="flex items-center gap-2 text-base font-semibold">
            {kindTitle(step().type)}
            <Show when={step().disabled === true}>
              <Chip tone="warn">{t('step.disabled')}</Chip>
            </Show>
          </h2>
          <p class="text-ink-3">{kindSummary(step().type)}</p>
        </div>
      </header>
      <Show when={problems('').length > 0}>
        <Notice tone="bad">{problems('').join(' ')}</Notice>
      </Show>
      <Show when={!kind()}>
        <Notice tone="bad" title={t('step.unknown.title')}>
          {t('step.unknown.text', { type: step().type })}
        </Notice>
      </Show>
      <For each={fields().filter((field) => !isRare(field))}>{editorOf}</For>
      <div class="flex flex-col gap-5 border-t border-line pt-5">
        {/* A kind may have a field `name` of its own; then the step takes its label from that. */}
        <Show when={!fields().some((field) => field.name === 'name')}>
          <TextField
            label={t('step.common.name')}
            optional={t('common.optional')}
            value={step().name ?? ''}
            onValue={(value) => set('name', value || undefined)}
            problems={problems('name')}
            input={{ placeholder: kindTitle(step().type) }}
          />
        </Show>
        <CommonOptions step={step()} onValue={set} problems={problems}>
          <For each={fields().filter(isRare)}>{editorOf}</For>
        </CommonOptions>
      </div>
    </div>
  );
}
