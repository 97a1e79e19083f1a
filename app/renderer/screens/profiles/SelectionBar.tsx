/** What can be done with the selected profiles; there while any are. */
import { FileUp, Play, Trash2, X } from 'lucide-solid';
import { Show } from 'solid-js';
import { Button, IconButton } from '../../parts/Button.tsx';
import { t } from '../../shell/text.ts';

interface SelectionBarProps {
  readonly count: number;
  readonly onRun: () => void;
  readonly onExport: () => void;
  readonly onRemove: () => void;
  readonly onClear: () => void;
}

export function SelectionBar(props: SelectionBarProps) {
  return (
    <Show when={props.count > 0}>
      <div
        role="toolbar"
        aria-label={t('profiles.selectionActions')}
        class="enter flex h-13 shrink-0 items-center gap-2 border-t border-line bg-surface px-6"
      >
        <IconButton label={t('profiles.clearSelection')} keys="Esc" onClick={props.onClear}>
          <X aria-hidden="true" />
        </IconButton>
        <span class="mr-auto font-medium" role="status">
          {t('profiles.selected', { count: props.count })}
        </span>
        <Button look="plain" class="!text-bad" onClick={props.onRemove}>
          <Trash2 class="size-3.5" aria-hidden="true" />
          {t('common.remove')}
        </Button>
        <Button onClick={props.onExport}>
          <FileUp class="size-3.5" aria-hidden="true" />
          {t('common.export')}
        </Button>
        <Button look="primary" onClick={props.onRun}>
          <Play class="size-3.5" aria-hidden="true" />
          {t('profiles.runWorkflow')}
        </Button>
      </div>
    </Show>
  );
}
