/** The editor's top: name, state, undo, views, save and run. */
import { ArrowLeft, FileUp, Play, Redo2, Trash2, Undo2 } from 'lucide-solid';
import { Match, Show, Switch } from 'solid-js';
import { Button, IconButton } from '../../parts/Button.tsx';
import { Chip } from '../../parts/Chip.tsx';
import { Menu } from '../../parts/Menu.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { routeHash } from '../../shell/route.ts';
import { t } from '../../shell/text.ts';
import type { Editor } from './editor.ts';

export type EditorView = 'form' | 'json';

interface EditorHeadProps {
  readonly editor: Editor;
  readonly stored: boolean;
  readonly view: EditorView;
  readonly onView: (view: EditorView) => void;
  readonly busy: boolean;
  /** The JSON text can not be read; nothing can be saved until it can. */
  readonly blocked: boolean;
  readonly onSave: () => void;
  readonly onRun: () => void;
  readonly onExport: () => void;
  readonly onRemove: () => void;
}

export function EditorHead(props: EditorHeadProps) {
  return (
    <header class="flex min-h-14 shrink-0 items-center gap-2 border-b border-line px-4 py-3">
      <a
        href={routeHash({ screen: 'workflows' })}
        aria-label={t('workflow.backToList')}
        title={t('workflow.backToList')}
        class="inline-flex size-7 shrink-0 items-center justify-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
      >
        <ArrowLeft class="size-4" aria-hidden="true" />
      </a>
      <h1 class="min-w-0 truncate text-lg font-semibold tracking-tight">
        {props.editor.document().name || t('workflow.unnamed')}
      </h1>
      <State editor={props.editor} stored={props.stored} />
      <div class="mr-auto" />
      <IconButton
        label={t('common.undo')}
        keys="Mod+Z"
        disabled={!props.editor.canUndo()}
        onClick={props.editor.undo}
      >
        <Undo2 aria-hidden="true" />
      </IconButton>
      <IconButton
        label={t('common.redo')}
        keys="Mod+Shift+Z"
        disabled={!props.editor.canRedo()}
        onClick={props.editor.redo}
      >
        <Redo2 aria-hidden="true" />
      </IconButton>
      <Segments
        label={t('workflow.view')}
        value={props.view}
        choices={[
          { value: 'form', label: t('workflow.view.form') },
          { value: 'json', label: t('workflow.view.json') },
        ]}
        onValue={(view) => (props.blocked ? undefined : props.onView(view))}
      />
      <Menu
        label={t('workflow.more')}
        actions={[
          {
            id: 'export',
            label: t('common.export'),
            icon: <FileUp aria-hidden="true" />,
            run: props.onExport,
          },
          {
            id: 'remove',
            label: t('common.remove'),
            icon: <Trash2 aria-hidden="true" />,
            danger: true,
            disabled: !props.stored,
            run: props.onRemove,
          },
        ]}
      />
      <Button
        busy={props.busy}
        disabled={props.blocked || (props.stored && !props.editor.dirty())}
        onClick={props.onSave}
      >
        {t('common.save')}
      </Button>
      <Button look="primary" disabled={props.blocked || props.busy} onClick={props.onRun}>
        <Play class="size-3.5" aria-hidden="true" />
        {t('common.run')}
      </Button>
    </header>
  );
}

function State(props: { readonly editor: Editor; readonly stored: boolean }) {
  return (
    <span class="flex shrink-0 items-center gap-1.5" role="status">
      <Switch>
        <Match when={!props.stored}>
          <Chip>{t('workflow.new')}</Chip>
        </Match>
        <Match when={props.editor.dirty()}>
          <Chip tone="accent">{t('workflow.unsaved')}</Chip>
        </Match>
      </Switch>
      {/* A workflow that was only just begun lacks a name; that is no news yet. */}
      <Show when={(props.stored || props.editor.canUndo()) && props.editor.issueCount()}>
        {(count) => <Chip tone="bad">{t('workflow.problems', { count: count() })}</Chip>}
      </Show>
    </span>
  );
}
