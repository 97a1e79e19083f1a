/** The workflow as the text of its file. What can be read takes effect at once; the rest says why not. */
import { createEffect, createMemo, createSignal, For, on, onCleanup, Show } from 'solid-js';
import { Notice } from '../../parts/Notice.tsx';
import { t } from '../../shell/text.ts';
import { documentText, readDocument } from './document.ts';
import type { Editor } from './editor.ts';

interface JsonViewProps {
  readonly editor: Editor;
  readonly onProblem: (problem: boolean) => void;
}

export function JsonView(props: JsonViewProps) {
  const [text, setText] = createSignal(documentText(props.editor.document()));
  let own = props.editor.document();
  const read = createMemo(() => readDocument(text(), props.editor.catalogue.branchesOf));
  const problem = () => {
    const result = read();
    return result.ok ? null : t(`workflow.json.${result.problem}`, { detail: result.detail });
  };

  const typed = (value: string) => {
    setText(value);
    const result = read();
    props.onProblem(!result.ok);
    if (!result.ok) return;
    own = result.document;
    props.editor.replace(result.document, 'json');
  };

  // Undo changes the document from outside; the text follows.
  createEffect(
    on(
      props.editor.document,
      (document) => {
        if (document === own) return;
        own = document;
        setText(documentText(document));
        props.onProblem(false);
      },
      { defer: true },
    ),
  );
  onCleanup(() => props.onProblem(false));

  const issues = () => [
    ...props.editor.issues().general.map((issue) => `${issue.path}: ${issue.message}`),
    ...props.editor.rows().flatMap((row) => {
      if (row.kind !== 'step') return [];
      const fields = props.editor.issues().bySteps.get(row.step.id);
      return [...(fields ?? [])].flatMap(([field, messages]) =>
        messages.map((message) => `${row.path}${field && `.${field}`}: ${message}`),
      );
    }),
  ];

  return (
    <div class="flex min-h-0 grow flex-col gap-3 p-6">
      <textarea
        class="control min-h-0 grow resize-none font-mono !text-xs leading-5"
        aria-label={t('workflow.json.label')}
        spellcheck={false}
        value={text()}
        onInput={(event) => typed(event.currentTarget.value)}
      />
      <div class="max-h-40 overflow-y-auto" aria-live="polite">
        <Show
          when={problem()}
          fallback={
            <Show
              when={issues().length > 0}
              fallback={<p class="text-ink-3">{t('workflow.json.good')}</p>}
            >
              <Notice tone="bad">
                <ul>
                  <For each={issues()}>{(issue) => <li class="font-mono text-xs">{issue}</li>}</For>
                </ul>
              </Notice>
            </Show>
          }
        >
          <Notice tone="bad">{problem()}</Notice>
        </Show>
      </div>
    </div>
  );
}
