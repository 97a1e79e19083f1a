/** The steps as a nested outline, walked and rearranged by keys, buttons or dragging. */
import { ListTree, Plus, SlidersHorizontal } from 'lucide-solid';
import { createSignal, Index, Show, untrack } from 'solid-js';
import { Button } from '../../../parts/Button.tsx';
import { EmptyState } from '../../../parts/EmptyState.tsx';
import { held } from '../../../parts/held.ts';
import { onMac } from '../../../parts/Kbd.tsx';
import { provideCommands } from '../../../shell/commands.ts';
import { pressed } from '../../../shell/keys.ts';
import { t } from '../../../shell/text.ts';
import type { Editor } from '../editor.ts';
import { BranchLine } from './BranchLine.tsx';
import { createDrag, type Drag } from './drag.ts';
import { StepLine } from './StepLine.tsx';
import { StepPicker } from './StepPicker.tsx';
import { StepToolbar } from './StepToolbar.tsx';
import type { OutlineRow, Place } from './stepTree.ts';

const asStep = (row: OutlineRow) => (row.kind === 'step' ? row : null);
const asBranch = (row: OutlineRow) => (row.kind === 'branch' ? row : null);

export function Outline(props: { readonly editor: Editor }) {
  const [picking, setPicking] = createSignal<{ readonly place: Place | null } | null>(null);
  const drag = createDrag(props.editor);
  const selectedId = () => props.editor.selected()?.id ?? null;
  const addAfter = () => setPicking({ place: null });

  /** What the keys do to the selected step. */
  const actions: readonly (readonly [string, (id: string) => void])[] = [
    ['Alt+ArrowUp', (id) => props.editor.move(id, 'up')],
    ['Alt+ArrowDown', (id) => props.editor.move(id, 'down')],
    ['Alt+ArrowRight', (id) => props.editor.move(id, 'in')],
    ['Alt+ArrowLeft', (id) => props.editor.move(id, 'out')],
    ['Mod+D', (id) => props.editor.duplicate(id)],
    ['Delete', (id) => props.editor.remove(id)],
    ['Escape', () => props.editor.select(null)],
  ];

  const keyed = (event: KeyboardEvent) => {
    const id = selectedId();
    const action = actions.find(([keys]) => pressed(event, keys, onMac));
    if (action && id) action[1](id);
    else if (pressed(event, 'ArrowDown', onMac)) props.editor.selectNext(1);
    else if (pressed(event, 'ArrowUp', onMac)) props.editor.selectNext(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const listed = { group: 'here', listedOnly: true, run: () => {} } as const;
  provideCommands([
    { id: 'addStep', title: 'workflow.addStep', group: 'here', keys: 'Alt+N', run: addAfter },
    { id: 'stepUp', title: 'outline.up', keys: 'Alt+ArrowUp', ...listed },
    { id: 'stepDown', title: 'outline.down', keys: 'Alt+ArrowDown', ...listed },
    { id: 'stepIn', title: 'outline.in', keys: 'Alt+ArrowRight', ...listed },
    { id: 'stepOut', title: 'outline.out', keys: 'Alt+ArrowLeft', ...listed },
    { id: 'stepCopy', title: 'outline.duplicate', keys: 'Mod+D', ...listed },
    { id: 'stepRemove', title: 'outline.remove', keys: 'Delete', ...listed },
  ]);

  return (
    <section class="flex min-h-0 flex-col" aria-label={t('workflow.steps')}>
      <div class="flex h-12 shrink-0 items-center gap-1 border-b border-line px-4">
        <Button small onClick={addAfter}>
          <Plus class="size-3.5" aria-hidden="true" />
          {t('workflow.addStep')}
        </Button>
        <Button
          small
          look="plain"
          aria-pressed={selectedId() === null}
          class="mr-auto aria-pressed:bg-active aria-pressed:text-ink"
          onClick={() => props.editor.select(null)}
        >
          <SlidersHorizontal class="size-3.5" aria-hidden="true" />
          {t('workflow.details')}
        </Button>
        <StepToolbar editor={props.editor} />
      </div>
      <Show
        when={props.editor.rows().length > 0}
        fallback={
          <EmptyState
            title={t('workflow.empty.title')}
            text={t('workflow.empty.text')}
            picture={<ListTree aria-hidden="true" />}
          >
            <Button look="primary" onClick={addAfter}>
              {t('workflow.addFirst')}
            </Button>
          </EmptyState>
        }
      >
        <div
          class="min-h-0 grow overflow-y-auto px-3 py-3 focus-visible:outline-offset-[-2px]"
          role="tree"
          aria-label={t('workflow.steps')}
          tabIndex={0}
          aria-activedescendant={selectedId() ? `step-${selectedId()}` : undefined}
          onKeyDown={keyed}
          onClick={(event) => event.target === event.currentTarget && props.editor.select(null)}
        >
          <Index each={props.editor.rows()}>
            {(row) => (
              <Show
                when={row().kind === 'step'}
                fallback={
                  <BranchAt
                    editor={props.editor}
                    row={row()}
                    drag={drag}
                    onAdd={(place) => setPicking({ place })}
                  />
                }
              >
                <StepAt editor={props.editor} row={row()} drag={drag} selectedId={selectedId()} />
              </Show>
            )}
          </Index>
        </div>
      </Show>
      <StepPicker
        open={picking() !== null}
        kinds={props.editor.catalogue.kinds}
        onClose={() => setPicking(null)}
        onPick={(kind) => {
          const place = picking()?.place ?? null;
          setPicking(null);
          props.editor.addStep(kind, place);
        }}
      />
    </section>
  );
}

interface LineAtProps {
  readonly editor: Editor;
  readonly row: OutlineRow;
  readonly drag: Drag;
}

/** A line keeps its place when steps move through it; its row may turn into one of the other kind. */
function StepAt(props: LineAtProps & { readonly selectedId: string | null }) {
  const first = untrack(() => asStep(props.row));
  if (!first) return null;
  const row = held(() => asStep(props.row), first);
  return (
    <StepLine
      editor={props.editor}
      row={row()}
      drag={props.drag}
      selected={row().step.id === props.selectedId}
    />
  );
}

function BranchAt(props: LineAtProps & { readonly onAdd: (place: Place) => void }) {
  const first = untrack(() => asBranch(props.row));
  if (!first) return null;
  const row = held(() => asBranch(props.row), first);
  return <BranchLine editor={props.editor} row={row()} drag={props.drag} onAdd={props.onAdd} />;
}
