/** A labelled control with its hint and its problem, tied together for screen readers. */
import { createUniqueId, For, type JSX, Show } from 'solid-js';

/** What the control inside has to carry. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': 'true' | undefined;
}

interface FieldProps {
  readonly label: string;
  readonly hint?: JSX.Element;
  readonly problems?: readonly string[] | undefined;
  /** Marked only where most of the neighbours are required. */
  readonly optional?: string | undefined;
  readonly class?: string;
  readonly children: (control: ControlProps) => JSX.Element;
}

export function Field(props: FieldProps) {
  const id = createUniqueId();
  const hintId = `${id}-hint`;
  const problemId = `${id}-problem`;
  const hasProblem = () => (props.problems?.length ?? 0) > 0;
  const describedBy = () =>
    [props.hint ? hintId : '', hasProblem() ? problemId : ''].filter(Boolean).join(' ') ||
    undefined;
  const control: ControlProps = {
    id,
    get 'aria-describedby'() {
      return describedBy();
    },
    get 'aria-invalid'(): 'true' | undefined {
      return hasProblem() ? 'true' : undefined;
    },
  };
  return (
    <div class={`flex min-w-0 flex-col gap-1 ${props.class ?? ''}`}>
      <div class="flex items-baseline justify-between gap-2">
        <label for={id} class="font-medium text-ink-2">
          {props.label}
        </label>
        <Show when={props.optional}>
          <span class="text-xs text-ink-3">{props.optional}</span>
        </Show>
      </div>
      {props.children(control)}
      <Show when={props.hint}>
        <p id={hintId} class="text-xs text-ink-3">
          {props.hint}
        </p>
      </Show>
      <Show when={hasProblem()}>
        <ul id={problemId} class="text-xs text-bad" aria-live="polite">
          <For each={props.problems}>{(problem) => <li>{problem}</li>}</For>
        </ul>
      </Show>
    </div>
  );
}
