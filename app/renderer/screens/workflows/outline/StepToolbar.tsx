/** What can be done with the selected step. */
import {
  ArrowDown,
  ArrowUp,
  Copy,
  IndentDecrease,
  IndentIncrease,
  ToggleLeft,
  ToggleRight,
  Trash2,
} from 'lucide-solid';
import { type Component, For, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { IconButton } from '../../../parts/Button.tsx';
import { t } from '../../../shell/text.ts';
import type { Editor } from '../editor.ts';
import type { Direction } from './stepTree.ts';

const moves: readonly { direction: Direction; icon: Component; keys: string }[] = [
  { direction: 'up', icon: ArrowUp, keys: 'Alt+↑' },
  { direction: 'down', icon: ArrowDown, keys: 'Alt+↓' },
  { direction: 'out', icon: IndentDecrease, keys: 'Alt+←' },
  { direction: 'in', icon: IndentIncrease, keys: 'Alt+→' },
];

export function StepToolbar(props: { readonly editor: Editor }) {
  return (
    <Show when={props.editor.selected()}>
      {(step) => (
        <div role="toolbar" aria-label={t('outline.actions')} class="flex items-center">
          <For each={moves}>
            {(move) => (
              <IconButton
                label={t(`outline.${move.direction}`)}
                keys={move.keys}
                disabled={!props.editor.canMove(step().id, move.direction)}
                onClick={() => props.editor.move(step().id, move.direction)}
              >
                <Dynamic component={move.icon} aria-hidden="true" />
              </IconButton>
            )}
          </For>
          <span class="mx-1 h-4 w-px bg-line" />
          <IconButton
            label={step().disabled ? t('outline.enable') : t('outline.disable')}
            onClick={() =>
              props.editor.setField(step().id, 'disabled', step().disabled ? undefined : true)
            }
          >
            <Show when={step().disabled} fallback={<ToggleRight aria-hidden="true" />}>
              <ToggleLeft aria-hidden="true" />
            </Show>
          </IconButton>
          <IconButton
            label={t('outline.duplicate')}
            keys="Mod+D"
            onClick={() => props.editor.duplicate(step().id)}
          >
            <Copy aria-hidden="true" />
          </IconButton>
          <IconButton
            label={t('outline.remove')}
            keys="Delete"
            onClick={() => props.editor.remove(step().id)}
          >
            <Trash2 aria-hidden="true" />
          </IconButton>
        </div>
      )}
    </Show>
  );
}
