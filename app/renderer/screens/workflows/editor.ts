/** The state of one open workflow: its document with undo, what is selected, and what the host says to it. */
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import type { Issue } from '../../../../workspace/model/failure.ts';
import type { Step, WorkflowInput } from '../../../../workspace/model/workflow.ts';
import type { StepKind } from '../../../ipc/contract.ts';
import type { Host } from '../../shell/connection.ts';
import { type Catalogue, newStep } from './catalogue.ts';
import { newStepId } from './document.ts';
import { record, redo, startHistory, undo } from './history.ts';
import { type SortedIssues, sortIssues } from './issues.ts';
import {
  canMove,
  childrenOf,
  copyStep,
  type Direction,
  findStep,
  insertSteps,
  moveStep,
  type OutlineRow,
  outlineRows,
  type Place,
  placeOf,
  relocateStep,
  removeStep,
  updateStep,
} from './outline/stepTree.ts';

export interface Editor {
  readonly catalogue: Catalogue;
  readonly document: Accessor<WorkflowInput>;
  readonly rows: Accessor<readonly OutlineRow[]>;
  readonly selected: Accessor<Step | null>;
  readonly issues: Accessor<SortedIssues>;
  readonly issueCount: Accessor<number>;
  readonly dirty: Accessor<boolean>;
  readonly canUndo: Accessor<boolean>;
  readonly canRedo: Accessor<boolean>;
  select(id: string | null): void;
  /** Selects the step before or after in the outline. */
  selectNext(by: 1 | -1): void;
  undo(): void;
  redo(): void;
  /** `key` names the field, so that typing in it is undone as a whole. */
  change(patch: Partial<WorkflowInput>, key?: string): void;
  replace(document: WorkflowInput, key?: string): void;
  setField(id: string, field: string, value: unknown): void;
  addStep(kind: StepKind, place: Place | null): void;
  /** After the selected step, or at the end. */
  placeAfterSelected(): Place;
  duplicate(id: string): void;
  remove(id: string): void;
  move(id: string, direction: Direction): void;
  canMove(id: string, direction: Direction): boolean;
  relocate(id: string, place: Place): void;
  markSaved(): void;
}

/** Milliseconds after the last key until the host is asked. */
const checkDelay = 250;

export function createEditor(host: Host, catalogue: Catalogue, initial: WorkflowInput): Editor {
  const { branchesOf } = catalogue;
  const [history, setHistory] = createSignal(startHistory(initial));
  const [saved, setSaved] = createSignal(initial);
  const [selectedId, setSelectedId] = createSignal<string | null>(null);
  const document = createMemo(() => history().present);
  const steps = () => document().steps;
  const rows = createMemo(() => outlineRows(steps(), branchesOf));
  const found = createChecks(host, document);
  const issues = createMemo(() => sortIssues(found(), rows()));

  const replace = (next: WorkflowInput, key: string | null = null) =>
    setHistory((at) => record(at, next, key, Date.now()));
  const setSteps = (next: readonly Step[], key: string | null = null) => {
    if (next !== steps()) replace({ ...document(), steps: next }, key);
  };

  const selected = createMemo(() => {
    const id = selectedId();
    return id === null ? null : findStep(steps(), branchesOf, id);
  });

  const placeAfterSelected = (): Place => {
    const step = selected();
    const place = step && placeOf(steps(), branchesOf, step.id);
    return place
      ? { ...place, index: place.index + 1 }
      : { parentId: null, branch: '', index: steps().length };
  };

  const neighbourOf = (id: string): string | null => {
    const place = placeOf(steps(), branchesOf, id);
    if (!place) return null;
    const parent = place.parentId === null ? null : findStep(steps(), branchesOf, place.parentId);
    const list = parent ? childrenOf(parent, place.branch) : steps();
    return (list[place.index + 1] ?? list[place.index - 1])?.id ?? place.parentId;
  };

  return {
    catalogue,
    document,
    rows,
    selected,
    issues,
    issueCount: () => found().length,
    dirty: () => document() !== saved(),
    canUndo: () => history().past.length > 0,
    canRedo: () => history().future.length > 0,
    select: setSelectedId,
    selectNext(by) {
      const ids = rows().flatMap((row) => (row.kind === 'step' ? [row.step.id] : []));
      const at = ids.indexOf(selectedId() ?? '');
      const next = at < 0 ? ids[by > 0 ? 0 : ids.length - 1] : ids[at + by];
      if (next) setSelectedId(next);
    },
    undo: () => setHistory(undo),
    redo: () => setHistory(redo),
    change: (patch, key) => replace({ ...document(), ...patch }, key ?? null),
    replace: (next, key) => replace(next, key ?? null),
    setField(id, field, value) {
      const change = (step: Step): Step => {
        if (value !== undefined) return { ...step, [field]: value };
        const { [field]: _dropped, ...rest } = step;
        return rest as Step;
      };
      setSteps(updateStep(steps(), branchesOf, id, change), `${id}.${field}`);
    },
    addStep(kind, place) {
      const step = newStep(kind);
      setSteps(insertSteps(steps(), branchesOf, place ?? placeAfterSelected(), [step]));
      setSelectedId(step.id);
    },
    placeAfterSelected,
    duplicate(id) {
      const step = findStep(steps(), branchesOf, id);
      const place = placeOf(steps(), branchesOf, id);
      if (!step || !place) return;
      const copy = copyStep(step, branchesOf, newStepId);
      setSteps(insertSteps(steps(), branchesOf, { ...place, index: place.index + 1 }, [copy]));
      setSelectedId(copy.id);
    },
    remove(id) {
      const next = neighbourOf(id);
      setSteps(removeStep(steps(), branchesOf, id));
      setSelectedId(next);
    },
    move: (id, direction) => setSteps(moveStep(steps(), branchesOf, id, direction)),
    canMove: (id, direction) => canMove(steps(), branchesOf, id, direction),
    relocate: (id, place) => setSteps(relocateStep(steps(), branchesOf, id, place)),
    markSaved: () => setSaved(document()),
  };
}

/** What the host would refuse, a moment after each change. */
function createChecks(host: Host, document: Accessor<WorkflowInput>): Accessor<readonly Issue[]> {
  const [found, setFound] = createSignal<readonly Issue[]>([]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  createEffect(
    on(document, (checked) => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const answer = await host.call('workflows.check', { document: checked });
        if (answer.ok && document() === checked) setFound(answer.value.issues);
      }, checkDelay);
    }),
  );
  onCleanup(() => clearTimeout(timer));
  return found;
}
