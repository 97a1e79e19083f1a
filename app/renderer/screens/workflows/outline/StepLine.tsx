/** One step of the outline. */
import { CircleAlert, GripVertical } from 'lucide-solid';
import { createEffect, Show } from 'solid-js';
import { t } from '../../../shell/text.ts';
import { stepDetail, stepTitle } from '../catalogue.ts';
import type { Editor } from '../editor.ts';
import { KindIcon } from '../KindIcon.tsx';
import type { Drag } from './drag.ts';
import type { OutlineRow } from './stepTree.ts';

/** Pixels a level is indented by. */
export const indent = 24;

interface StepLineProps {
  readonly editor: Editor;
  readonly row: Extract<OutlineRow, { kind: 'step' }>;
  readonly drag: Drag;
  readonly selected: boolean;
}

export function StepLine(props: StepLineProps) {
  let line: HTMLDivElement | undefined;
  const step = () => props.row.step;
  const title = () => stepTitle(step(), props.editor.catalogue.kindOf(step().type));
  const problems = () => props.editor.issues().bySteps.get(step().id);
  createEffect(() => props.selected && line?.scrollIntoView({ block: 'nearest' }));

  const over = (event: DragEvent) => {
    if (!props.drag.draggedId() || !line) return;
    event.preventDefault();
    const box = line.getBoundingClientRect();
    props.drag.overStep(step().id, event.clientY > box.top + box.height / 2);
  };
  const dropMark = () => {
    const target = props.drag.target();
    if (target === `before:${step().id}`) return 'shadow-[0_-2px_0_var(--accent)]';
    if (target === `after:${step().id}`) return 'shadow-[0_2px_0_var(--accent)]';
    return '';
  };

  return (
    <div
      ref={line}
      id={`step-${step().id}`}
      role="treeitem"
      tabIndex={-1}
      aria-level={props.row.depth + 1}
      aria-selected={props.selected}
      draggable="true"
      style={{ 'margin-left': `${props.row.depth * indent}px` }}
      class={`group my-px flex h-9 items-center gap-2.5 rounded-lg border border-transparent pr-2 pl-1 transition-colors duration-75 select-none hover:bg-hover aria-selected:border-accent-line aria-selected:bg-accent-soft ${dropMark()} ${props.drag.draggedId() === step().id ? 'opacity-50' : ''}`}
      onClick={() => props.editor.select(step().id)}
      onKeyDown={(event) => event.key === 'Enter' && props.editor.select(step().id)}
      onDragStart={(event) => {
        event.dataTransfer?.setData('text/plain', step().id);
        props.drag.start(step().id);
      }}
      onDragOver={over}
      onDrop={(event) => {
        event.preventDefault();
        props.drag.drop();
      }}
      onDragEnd={() => props.drag.end()}
    >
      <GripVertical class="size-3.5 shrink-0 text-ink-3 opacity-50" aria-hidden="true" />
      <KindIcon type={step().type} />
      <span
        class={`min-w-0 shrink-0 truncate font-medium ${step().disabled ? 'text-ink-3 line-through' : ''}`}
      >
        {title()}
      </span>
      <span class="min-w-0 grow truncate font-mono text-xs text-ink-3">{stepDetail(step())}</span>
      <Show when={problems()}>
        <CircleAlert class="size-3.5 shrink-0 text-bad" aria-hidden="true" />
        <span class="sr-only">{t('outline.hasProblem')}</span>
      </Show>
    </div>
  );
}
