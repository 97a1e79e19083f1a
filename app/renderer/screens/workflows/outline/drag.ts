/** Dragging a step to another place of the outline. The same moves are there by key and by button. */
import { type Accessor, createSignal } from 'solid-js';
import type { Editor } from '../editor.ts';
import { type Place, placeOf } from './stepTree.ts';

export interface Drag {
  readonly draggedId: Accessor<string | null>;
  /** The line the step would be dropped at: `before:ID`, `after:ID`, `into:ID.branch`. */
  readonly target: Accessor<string | null>;
  start(id: string): void;
  overStep(id: string, lowerHalf: boolean): void;
  overBranch(parentId: string, branch: string): void;
  drop(): void;
  end(): void;
}

export function createDrag(editor: Editor): Drag {
  const [draggedId, setDraggedId] = createSignal<string | null>(null);
  const [target, setTarget] = createSignal<string | null>(null);
  let place: Place | null = null;
  const end = () => {
    setDraggedId(null);
    setTarget(null);
    place = null;
  };
  return {
    draggedId,
    target,
    start: setDraggedId,
    overStep(id, lowerHalf) {
      const at = placeOf(editor.document().steps, editor.catalogue.branchesOf, id);
      place = at && { ...at, index: at.index + (lowerHalf ? 1 : 0) };
      setTarget(`${lowerHalf ? 'after' : 'before'}:${id}`);
    },
    overBranch(parentId, branch) {
      place = { parentId, branch, index: 0 };
      setTarget(`into:${parentId}.${branch}`);
    },
    drop() {
      const id = draggedId();
      if (id && place) editor.relocate(id, place);
      end();
    },
    end,
  };
}
