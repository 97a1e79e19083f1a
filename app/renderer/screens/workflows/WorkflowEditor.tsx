/** The workflow editor: outline on the left, the selected step's form on the right, or the whole as JSON. */
import { createSignal, onCleanup, onMount, Show } from 'solid-js';
import type { Failure } from '../../../../workspace/model/failure.ts';
import type { WorkflowInput } from '../../../../workspace/model/workflow.ts';
import { confirm } from '../../parts/confirm.tsx';
import { saveText } from '../../parts/files.ts';
import { FailureNotice } from '../../parts/Notice.tsx';
import { provideCommands } from '../../shell/commands.ts';
import { useHost } from '../../shell/connection.ts';
import { openRunDialog } from '../../shell/intents.ts';
import { guardLeaving, navigate, replaceRoute } from '../../shell/router.ts';
import { t } from '../../shell/text.ts';
import { tellDone, tellFailure } from '../../shell/toasts.tsx';
import type { Catalogue } from './catalogue.ts';
import { documentText } from './document.ts';
import { EditorHead, type EditorView } from './EditorHead.tsx';
import { createEditor } from './editor.ts';
import { Inspector } from './Inspector.tsx';
import { JsonView } from './JsonView.tsx';
import { Outline } from './outline/Outline.tsx';
import { fileNameOf } from './workflowFile.ts';

interface WorkflowEditorProps {
  /** Null while it has never been saved. */
  readonly id: string | null;
  readonly catalogue: Catalogue;
  readonly document: WorkflowInput;
}

export function WorkflowEditor(props: WorkflowEditorProps) {
  const host = useHost();
  const editor = createEditor(host, props.catalogue, props.document);
  const [view, setView] = createSignal<EditorView>('form');
  const [textProblem, setTextProblem] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);

  /** @returns the stored workflow's id, or null when it was refused. */
  const save = async (): Promise<string | null> => {
    if (busy() || textProblem()) return null;
    const document = editor.document();
    setBusy(true);
    const answer = props.id
      ? await host.call('workflows.replace', { workflow: props.id, document })
      : await host.call('workflows.add', { document });
    setBusy(false);
    setFailure(answer.ok ? null : answer.failure);
    if (!answer.ok) return null;
    if (editor.document() === document) editor.markSaved();
    tellDone(t('workflow.saved', { name: answer.value.name }));
    return answer.value.id;
  };

  const saveAndStay = async () => {
    const id = await save();
    if (id && !props.id) replaceRoute({ screen: 'workflow', id });
  };

  const run = async () => {
    const id = editor.dirty() || !props.id ? await save() : props.id;
    if (!id) return;
    openRunDialog({ workflowId: id, profileIds: [] });
    if (!props.id) replaceRoute({ screen: 'workflow', id });
  };

  const remove = async () => {
    const { id } = props;
    if (!id) return;
    const sure = await confirm({
      title: t('workflow.remove.title', { name: editor.document().name }),
      text: t('workflow.remove.text'),
      action: t('common.remove'),
    });
    if (!sure) return;
    const answer = await host.call('workflows.remove', { workflow: id });
    if (!answer.ok) return tellFailure(answer.failure);
    editor.markSaved();
    navigate({ screen: 'workflows' });
  };

  const exportFile = () => {
    const document = editor.document();
    saveText(fileNameOf(document.name), 'application/json', documentText(document));
  };

  guardLeaving(async () => {
    if (!editor.dirty()) return true;
    return confirm({
      title: t('workflow.leave.title'),
      text: t('workflow.leave.text'),
      action: t('workflow.leave.action'),
    });
  });
  const beforeClose = (event: BeforeUnloadEvent) => editor.dirty() && event.preventDefault();
  onMount(() => window.addEventListener('beforeunload', beforeClose));
  onCleanup(() => window.removeEventListener('beforeunload', beforeClose));

  provideCommands([
    {
      id: 'save',
      title: 'common.save',
      group: 'here',
      keys: 'Mod+S',
      run: () => void saveAndStay(),
    },
    {
      id: 'run',
      title: 'workflow.runThis',
      group: 'here',
      keys: 'Mod+Enter',
      run: () => void run(),
    },
    { id: 'undo', title: 'common.undo', group: 'here', keys: 'Mod+Z', run: editor.undo },
    { id: 'redo', title: 'common.redo', group: 'here', keys: 'Mod+Shift+Z', run: editor.redo },
  ]);

  return (
    <div class="flex h-full flex-col">
      <EditorHead
        editor={editor}
        stored={props.id !== null}
        view={view()}
        onView={setView}
        busy={busy()}
        blocked={textProblem()}
        onSave={() => void saveAndStay()}
        onRun={() => void run()}
        onExport={exportFile}
        onRemove={() => void remove()}
      />
      <Show when={failure()}>
        {(shown) => (
          <div class="border-b border-line px-6 py-3">
            <FailureNotice failure={shown()} />
          </div>
        )}
      </Show>
      <Show
        when={view() === 'form'}
        fallback={<JsonView editor={editor} onProblem={setTextProblem} />}
      >
        <div class="grid min-h-0 grow grid-cols-[minmax(22rem,1fr)_minmax(24rem,1.1fr)]">
          <Outline editor={editor} />
          <Inspector editor={editor} />
        </div>
      </Show>
    </div>
  );
}
