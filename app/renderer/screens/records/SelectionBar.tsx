/** What can be done with the selected rows; there while any are. */
import { Trash2, X } from 'lucide-solid';
import { type JSX, Show } from 'solid-js';
import { Button, IconButton } from '../../parts/Button.tsx';
import { t } from '../../shell/text.ts';

interface SelectionBarProps {
  /** What is selected: "Selected profiles". */
  readonly label: string;
  readonly count: number;
  /** The count in words. */
  readonly text: string;
  readonly onRemove: () => void;
  readonly onClear: () => void;
  /** What else can be done with them. */
  readonly children?: JSX.Element;
}

export function SelectionBar(props: SelectionBarProps) {
  return (
    <Show when={props.count > 0}>
      <div
        role="toolbar"
        aria-label={props.label}
        class="enter flex h-13 shrink-0 items-center gap-2 border-t border-line bg-surface px-6"
      >
        <IconButton label={t('profiles.clearSelection')} keys="Esc" onClick={props.onClear}>
          <X aria-hidden="true" />
        </IconButton>
        <span class="mr-auto font-medium" role="status">
          {props.text}
        </span>
        <Button look="plain" class="!text-bad" onClick={props.onRemove}>
          <Trash2 class="size-3.5" aria-hidden="true" />
          {t('common.remove')}
        </Button>
        {props.children}
      </div>
    </Show>
  );
}
