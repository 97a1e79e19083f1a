/** The form of what is selected: a step, or the workflow itself. */
import { Show } from 'solid-js';
import type { Editor } from './editor.ts';
import { StepForm } from './StepForm.tsx';
import { WorkflowForm } from './WorkflowForm.tsx';

export function Inspector(props: { readonly editor: Editor }) {
  return (
    <section class="min-h-0 overflow-y-auto border-l border-line bg-surface">
      <Show
        keyed
        when={props.editor.selected()?.id}
        fallback={<WorkflowForm editor={props.editor} />}
      >
        {(id) => <StepForm editor={props.editor} id={id} />}
      </Show>
    </section>
  );
}
