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
  const isDisabled = () => props.editor.selected()?.disabled === true;
  return (
    <Show keyed when={props.editor.selected()?.id}>
      {(id) => (
        <div role="toolbar" aria-label={t('outline.actions')} class="flex items-center">
          <For each={moves}>
            {(move) => (
              <IconButton
                label={t(`outline.${move.direction}`)}
                keys={move.keys}
                disabled={!props.editor.canMove(id, move.direction)}
                onClick={() => props.editor.move(id, move.direction)}
              >
                <Dynamic component={move.icon} aria-hidden="true" />
              </IconButton>
            )}
          </For>
          <span class="mx-1 h-4 w-px bg-line" />
          <IconButton
            label={isDisabled() ? t('outline.enable') : t('outline.disable')}
            onClick={() => props.editor.setField(id, 'disabled', isDisabled() ? undefined : true)}
          >
            <Show when={isDisabled()} fallback={<ToggleRight aria-hidden="true" />}>
              <ToggleLeft aria-hidden="true" />
            </Show>
          </IconButton>
          <IconButton
            label={t('outline.duplicate')}
            keys="Mod+D"
            onClick={() => props.editor.duplicate(id)}
          >
            <Copy aria-hidden="true" />
          </IconButton>
          <IconButton
            label={t('outline.remove')}
            keys="Delete"
            onClick={() => props.editor.remove(id)}
          >
            <Trash2 aria-hidden="true" />
          </IconButton>
        </div>
      )}
    </Show>
  );
}
