/** The head of steps inside a step: "Then", "Otherwise", "Each time". */
import { Plus } from 'lucide-solid';
import { IconButton } from '../../../parts/Button.tsx';
import { t } from '../../../shell/text.ts';
import { fieldLabel } from '../catalogue.ts';
import type { Editor } from '../editor.ts';
import type { Drag } from './drag.ts';
import { indent } from './StepLine.tsx';
import { findStep, type OutlineRow, type Place } from './stepTree.ts';

interface BranchLineProps {
  readonly editor: Editor;
  readonly row: Extract<OutlineRow, { kind: 'branch' }>;
  readonly drag: Drag;
  readonly onAdd: (place: Place) => void;
}

export function BranchLine(props: BranchLineProps) {
  const label = () => {
    const { branchesOf } = props.editor.catalogue;
    const parent = findStep(props.editor.document().steps, branchesOf, props.row.parentId);
    return fieldLabel(parent?.type ?? '', props.row.branch);
  };
  const place = (): Place => ({
    parentId: props.row.parentId,
    branch: props.row.branch,
    index: props.row.length,
  });
  const isTarget = () => props.drag.target() === `into:${props.row.parentId}.${props.row.branch}`;
  return (
    <div
      role="treeitem"
      tabIndex={-1}
      aria-level={props.row.depth + 1}
      aria-selected={false}
      style={{ 'margin-left': `${props.row.depth * indent}px` }}
      class={`flex h-7 items-center gap-1 rounded-md pl-1.5 text-xs text-ink-3 ${isTarget() ? 'bg-accent-soft' : ''}`}
      onDragOver={(event) => {
        if (!props.drag.draggedId()) return;
        event.preventDefault();
        props.drag.overBranch(props.row.parentId, props.row.branch);
      }}
      onDrop={(event) => {
        event.preventDefault();
        props.drag.drop();
      }}
    >
      <span class="font-semibold">{label()}</span>
      <span class="grow">{props.row.length === 0 ? t('outline.nothingInside') : ''}</span>
      <IconButton
        class="!size-6"
        label={t('outline.addInside', { name: label() })}
        onClick={() => props.onAdd(place())}
      >
        <Plus aria-hidden="true" />
      </IconButton>
    </div>
  );
}
