/** The variables of a workflow, each with its kind and default. */
import { Plus, Trash2 } from 'lucide-solid';
import { Index, Show } from 'solid-js';
import type { Variable } from '../../../../workspace/model/workflow.ts';
import { Button, IconButton } from '../../parts/Button.tsx';
import { SelectField } from '../../parts/SelectField.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { t } from '../../shell/text.ts';
import type { Editor } from './editor.ts';
import { ValueField } from './ValueField.tsx';
import { kindOfValue, type VariableKind, valueOfKind, variableKinds } from './variableKinds.ts';

export function VariablesField(props: { readonly editor: Editor }) {
  const variables = () => props.editor.document().variables;
  const set = (index: number, variable: Variable, key: string) =>
    props.editor.change(
      { variables: variables().map((one, at) => (at === index ? variable : one)) },
      `variables.${index}.${key}`,
    );
  const add = () =>
    props.editor.change({
      variables: [...variables(), { name: freeName(variables()), description: '', default: '' }],
    });
  const remove = (index: number) =>
    props.editor.change({ variables: variables().filter((_, at) => at !== index) });
  const problems = (index: number) =>
    props.editor
      .issues()
      .general.filter((issue) => issue.path.startsWith(`variables[${index}]`))
      .map((issue) => issue.message);

  return (
    <div class="flex flex-col gap-3">
      <div class="flex items-center justify-between">
        <h3 class="font-medium text-ink-2">{t('workflow.variables')}</h3>
        <Button small onClick={add}>
          <Plus class="size-3.5" aria-hidden="true" />
          {t('workflow.addVariable')}
        </Button>
      </div>
      <Show
        when={variables().length > 0}
        fallback={<p class="text-ink-3">{t('workflow.variables.hint')}</p>}
      >
        <Index each={variables()}>
          {(variable, index) => (
            <VariableCard
              variable={variable()}
              problems={problems(index)}
              onVariable={(next, key) => set(index, next, key)}
              onRemove={() => remove(index)}
            />
          )}
        </Index>
      </Show>
    </div>
  );
}

interface VariableCardProps {
  readonly variable: Variable;
  readonly problems: readonly string[];
  readonly onVariable: (variable: Variable, key: string) => void;
  readonly onRemove: () => void;
}

function VariableCard(props: VariableCardProps) {
  const kind = () => kindOfValue(props.variable.default);
  const setDefault = (value: Variable['default']) => {
    const { default: _before, ...rest } = props.variable;
    props.onVariable(value === undefined ? rest : { ...rest, default: value }, 'default');
  };
  return (
    <fieldset class="grid grid-cols-2 gap-3 rounded-lg border border-line p-3">
      <legend class="sr-only">{props.variable.name}</legend>
      <TextField
        label={t('variable.name')}
        mono
        value={props.variable.name}
        onValue={(name) => props.onVariable({ ...props.variable, name }, 'name')}
        problems={props.problems}
      />
      <div class="flex items-end gap-2">
        <SelectField<VariableKind>
          label={t('variable.kind')}
          class="grow"
          value={kind()}
          choices={variableKinds.map((value) => ({ value, label: t(`variable.kind.${value}`) }))}
          onValue={(value) => setDefault(valueOfKind(value, props.variable.default))}
        />
        <IconButton
          label={t('common.removeNamed', { name: props.variable.name })}
          onClick={props.onRemove}
        >
          <Trash2 aria-hidden="true" />
        </IconButton>
      </div>
      <Show when={kind() !== 'none'}>
        <div class="col-span-2">
          <ValueField
            label={t('variable.default')}
            kind={kind()}
            value={props.variable.default}
            onValue={setDefault}
          />
        </div>
      </Show>
      <TextField
        class="col-span-2"
        label={t('variable.description')}
        value={props.variable.description}
        onValue={(description) => props.onVariable({ ...props.variable, description }, 'text')}
      />
    </fieldset>
  );
}

function freeName(variables: readonly Variable[]): string {
  const taken = new Set(variables.map((variable) => variable.name));
  let number = variables.length + 1;
  while (taken.has(`variable${number}`)) number += 1;
  return `variable${number}`;
}
