/** The workflow's own fields: name, description, variables. */
import { TextField } from '../../parts/TextField.tsx';
import { t } from '../../shell/text.ts';
import type { Editor } from './editor.ts';
import { VariablesField } from './VariablesField.tsx';

export function WorkflowForm(props: { readonly editor: Editor }) {
  /** An empty name is refused on saving; while one is still typing the first steps it is no news. */
  const problems = (field: string) =>
    props.editor
      .issues()
      .general.filter((issue) => issue.path.startsWith(field) && props.editor.canUndo())
      .map((issue) => issue.message);
  return (
    <div class="flex max-w-176 flex-col gap-5 p-6">
      <h2 class="text-base font-semibold">{t('workflow.about')}</h2>
      <TextField
        label={t('workflow.name')}
        value={props.editor.document().name}
        onValue={(name) => props.editor.change({ name }, 'name')}
        problems={problems('name')}
        input={{ maxlength: 200, placeholder: t('workflow.name.placeholder') }}
      />
      <TextField
        label={t('workflow.description')}
        lines={3}
        value={props.editor.document().description}
        onValue={(description) => props.editor.change({ description }, 'description')}
        problems={problems('description')}
      />
      <VariablesField editor={props.editor} />
    </div>
  );
}
