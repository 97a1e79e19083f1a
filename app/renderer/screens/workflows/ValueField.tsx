/** A value of a known kind, typed the way that kind is typed. */
import { Match, Switch } from 'solid-js';
import type { JsonValue } from '../../../../workspace/model/workflow.ts';
import { NumberField } from '../../parts/NumberField.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { Toggle } from '../../parts/Toggle.tsx';
import { JsonField } from './fields/JsonField.tsx';
import type { VariableKind } from './variableKinds.ts';

interface ValueFieldProps {
  readonly label: string;
  readonly kind: VariableKind;
  readonly value: JsonValue | undefined;
  readonly onValue: (value: JsonValue) => void;
  readonly hint?: string;
  readonly problems?: readonly string[] | undefined;
}

export function ValueField(props: ValueFieldProps) {
  return (
    <Switch
      fallback={
        <TextField
          label={props.label}
          value={typeof props.value === 'string' ? props.value : ''}
          onValue={props.onValue}
          hint={props.hint}
          problems={props.problems}
        />
      }
    >
      <Match when={props.kind === 'number'}>
        <NumberField
          label={props.label}
          value={typeof props.value === 'number' ? props.value : null}
          onValue={(value) => props.onValue(value ?? 0)}
          hint={props.hint}
          problems={props.problems}
        />
      </Match>
      <Match when={props.kind === 'boolean'}>
        <Toggle
          label={props.label}
          checked={props.value === true}
          onChecked={props.onValue}
          hint={props.hint}
        />
      </Match>
      <Match when={props.kind === 'json'}>
        <JsonField
          label={props.label}
          value={props.value}
          onValue={(value) => props.onValue(value as JsonValue)}
          hint={props.hint}
          problems={props.problems}
        />
      </Match>
    </Switch>
  );
}
