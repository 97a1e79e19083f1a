/** One field of a step, edited the way its kind asks for. */
import { type Component, For, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { StepField } from '../../../../ipc/contract.ts';
import { SelectField } from '../../../parts/SelectField.tsx';
import { TextField } from '../../../parts/TextField.tsx';
import { Toggle } from '../../../parts/Toggle.tsx';
import { t, tOr } from '../../../shell/text.ts';
import { fieldHint, fieldLabel } from '../catalogue.ts';
import { ConditionsField } from './ConditionsField.tsx';
import { fieldDefault, holdsAnyJson, type SchemaNode } from './fieldSchema.ts';
import { JsonField } from './JsonField.tsx';
import { SelectorsField } from './SelectorsField.tsx';
import { textOfValue, valueOfNumberText, valueOfText } from './typedText.ts';

export interface StepFieldProps {
  readonly type: string;
  readonly field: StepField;
  readonly schema: SchemaNode;
  readonly value: unknown;
  /** Undefined takes the field away. */
  readonly onValue: (value: unknown) => void;
  readonly problems: readonly string[];
}

const editors: Record<StepField['editor'], Component<StepFieldProps>> = {
  text: TextEditor,
  template: TextEditor,
  expression: TextEditor,
  code: TextEditor,
  number: NumberEditor,
  boolean: BooleanEditor,
  choice: ChoiceEditor,
  selectors: SelectorsEditor,
  conditions: ConditionsEditor,
  json: JsonEditor,
  steps: JsonEditor,
};

export function StepFieldEditor(props: StepFieldProps) {
  return <Dynamic component={editors[props.field.editor]} {...props} />;
}

const labelOf = (props: StepFieldProps) => fieldLabel(props.type, props.field.name);
const hintOf = (props: StepFieldProps) => fieldHint(props.type, props.field.name) || undefined;
const defaultOf = (props: StepFieldProps) => fieldDefault(props.schema, props.field.name);
const optional = (props: StepFieldProps) =>
  props.field.required || defaultOf(props) !== undefined ? undefined : t('common.optional');

function TextEditor(props: StepFieldProps) {
  const isCode = () => props.field.editor === 'code';
  const long = () =>
    props.field.editor === 'template' && ['value', 'text'].includes(props.field.name);
  return (
    <TextField
      label={labelOf(props)}
      optional={optional(props)}
      mono={isCode() || props.field.editor === 'expression'}
      {...(isCode() ? { lines: 4 } : long() ? { lines: 1 } : {})}
      value={textOfValue(props.value)}
      onValue={(value) => props.onValue(value === '' && !props.field.required ? undefined : value)}
      hint={hintOf(props)}
      problems={props.problems}
      input={{ spellcheck: false, placeholder: textOfValue(defaultOf(props)) }}
    />
  );
}

/** A number, or a template that gives one. */
function NumberEditor(props: StepFieldProps) {
  return (
    <TextField
      label={labelOf(props)}
      optional={optional(props)}
      value={textOfValue(props.value)}
      onValue={(text) => props.onValue(valueOfNumberText(text))}
      hint={hintOf(props)}
      problems={props.problems}
      input={{ inputmode: 'numeric', placeholder: textOfValue(defaultOf(props)) }}
    />
  );
}

/** With a default it is on or off; without one it may also be left open. */
function BooleanEditor(props: StepFieldProps) {
  const isOpen = () => !props.field.required && defaultOf(props) === undefined;
  return (
    <Show
      when={isOpen()}
      fallback={
        <div>
          <Toggle
            label={labelOf(props)}
            checked={(props.value ?? defaultOf(props)) === true}
            onChecked={props.onValue}
            hint={hintOf(props)}
          />
          <Show when={props.problems.length > 0}>
            <p class="mt-1 text-xs text-bad">{props.problems.join(' ')}</p>
          </Show>
        </div>
      }
    >
      <SelectField
        label={labelOf(props)}
        value={props.value === true ? 'yes' : props.value === false ? 'no' : 'open'}
        choices={[
          { value: 'open', label: t('step.choice.open') },
          { value: 'yes', label: t('common.yes') },
          { value: 'no', label: t('common.no') },
        ]}
        onValue={(value) => props.onValue(value === 'open' ? undefined : value === 'yes')}
        hint={hintOf(props)}
        problems={props.problems}
      />
    </Show>
  );
}

function ChoiceEditor(props: StepFieldProps) {
  const choices = () => [
    ...(props.field.required || defaultOf(props) !== undefined
      ? []
      : [{ value: '', label: t('step.choice.open') }]),
    ...(props.field.choices ?? []).map((value) => ({
      value,
      label: tOr(`step.choice.${value}`, value),
    })),
  ];
  return (
    <SelectField
      label={labelOf(props)}
      value={textOfValue(props.value ?? defaultOf(props))}
      choices={choices()}
      onValue={(value) => props.onValue(value || undefined)}
      hint={hintOf(props)}
      problems={props.problems}
    />
  );
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function SelectorsEditor(props: StepFieldProps) {
  return (
    <SelectorsField
      label={labelOf(props)}
      optional={optional(props)}
      hint={hintOf(props)}
      value={listOf(props.value)}
      onValue={(list) =>
        props.onValue(list.length === 0 && !props.field.required ? undefined : list)
      }
      problems={props.problems}
    />
  );
}

function ConditionsEditor(props: StepFieldProps) {
  return (
    <ConditionsField
      label={labelOf(props)}
      hint={hintOf(props)}
      value={listOf(props.value)}
      onValue={props.onValue}
      problems={props.problems}
    />
  );
}

/** Several of a few, any value typed as text, or JSON of a certain shape. */
function JsonEditor(props: StepFieldProps) {
  return (
    <Show when={props.field.choices} fallback={<FreeJsonEditor {...props} />}>
      {(choices) => <ChecksEditor {...props} choices={choices()} />}
    </Show>
  );
}

function FreeJsonEditor(props: StepFieldProps) {
  return (
    <Show
      when={holdsAnyJson(props.schema, props.field.name)}
      fallback={
        <JsonField
          label={labelOf(props)}
          optional={optional(props)}
          value={props.value}
          onValue={props.onValue}
          hint={hintOf(props)}
          problems={props.problems}
        />
      }
    >
      <TextField
        label={labelOf(props)}
        optional={optional(props)}
        lines={1}
        mono
        value={textOfValue(props.value)}
        onValue={(text) =>
          props.onValue(text === '' && !props.field.required ? undefined : valueOfText(text))
        }
        hint={hintOf(props)}
        problems={props.problems}
      />
    </Show>
  );
}

function ChecksEditor(props: StepFieldProps & { readonly choices: readonly string[] }) {
  const chosen = () => listOf(props.value);
  const toggle = (choice: string, on: boolean) => {
    const next = props.choices.filter((one) => (one === choice ? on : chosen().includes(one)));
    props.onValue(next.length === 0 ? undefined : next);
  };
  return (
    <fieldset>
      <legend class="mb-1 font-medium text-ink-2">{labelOf(props)}</legend>
      <div class="flex flex-wrap gap-x-4 gap-y-1">
        <For each={props.choices}>
          {(choice) => (
            <label class="flex items-center gap-1.5">
              <input
                type="checkbox"
                class="size-4 accent-(--accent)"
                checked={chosen().includes(choice)}
                onChange={(event) => toggle(choice, event.currentTarget.checked)}
              />
              {tOr(`step.choice.${choice}`, choice)}
            </label>
          )}
        </For>
      </div>
      <For each={props.problems}>{(problem) => <p class="text-xs text-bad">{problem}</p>}</For>
    </fieldset>
  );
}
