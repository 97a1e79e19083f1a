/** One profile of the list; a row that is still on its way is drawn as bars. */

import { FileUp, Pencil, Play, Trash2 } from 'lucide-solid';
import { For, Show } from 'solid-js';
import type { ProfileRow as Row } from '../../../../workspace/model/profile.ts';
import { IconButton } from '../../parts/Button.tsx';
import { Cells } from '../../parts/Cells.tsx';
import { Checkbox } from '../../parts/Checkbox.tsx';
import { Chip } from '../../parts/Chip.tsx';
import { LastRun } from '../../parts/LastRun.tsx';
import { Menu } from '../../parts/Menu.tsx';
import { t } from '../../shell/text.ts';

/** The grid's columns, shared with its head. */
export const columns =
  'grid grid-cols-[1rem_minmax(10rem,2.2fr)_minmax(8rem,1.6fr)_minmax(8rem,1.3fr)_5.5rem_minmax(8rem,1.1fr)_4rem] items-center gap-4 px-6';

interface ProfileRowProps {
  readonly index: number;
  readonly row: Row | undefined;
  readonly active: boolean;
  readonly selected: boolean;
  readonly onOpen: (row: Row) => void;
  readonly onSelect: (row: Row, extend: boolean) => void;
  readonly onRun: (row: Row) => void;
  readonly onExport: (row: Row) => void;
  readonly onRemove: (row: Row) => void;
}

export function ProfileRow(props: ProfileRowProps) {
  return (
    <Show when={props.row} fallback={<Skeleton />}>
      {(row) => (
        <Cells
          id={`profile-row-${props.index}`}
          role="row"
          tabIndex={-1}
          aria-rowindex={props.index + 2}
          aria-selected={props.selected}
          class={`${columns} h-full border-b border-line transition-colors duration-75 hover:bg-hover aria-selected:bg-accent-soft ${props.active ? 'shadow-[inset_0_0_0_2px_var(--accent)]' : ''}`}
          onClick={() => props.onOpen(row())}
          onKeyDown={(event) => event.key === 'Enter' && props.onOpen(row())}
        >
          <Cells role="gridcell" class="flex items-center">
            <Checkbox
              label={t('profiles.select', { name: row().name })}
              tabIndex={-1}
              checked={props.selected}
              onChecked={(_, event) => props.onSelect(row(), event.shiftKey)}
            />
          </Cells>
          <Cells role="gridcell" class="flex min-w-0 items-center gap-2">
            <span class="truncate font-medium">{row().name}</span>
            <Show when={row().open}>
              <Chip tone="accent">{t('profiles.open')}</Chip>
            </Show>
          </Cells>
          <Cells role="gridcell" class="flex min-w-0 gap-1 overflow-hidden">
            <For each={row().tags.slice(0, 3)}>{(tag) => <Chip>{tag}</Chip>}</For>
            <Show when={row().tags.length > 3}>
              <span class="text-xs leading-5 text-ink-3">+{row().tags.length - 3}</span>
            </Show>
          </Cells>
          <Cells role="gridcell" class="truncate text-ink-2">
            {[row().locale, row().timeZone?.split('/').at(-1)?.replaceAll('_', ' ')]
              .filter(Boolean)
              .join(' · ') || <span class="text-ink-3">{t('profiles.ownPlace')}</span>}
          </Cells>
          <Cells role="gridcell" class="text-ink-2">
            {row().hasSession ? (
              t('profiles.sessionKept')
            ) : (
              <span class="text-ink-3">{t('profiles.sessionNone')}</span>
            )}
          </Cells>
          <Cells role="gridcell" class="truncate">
            <LastRun at={row().lastRunAt} outcome={row().lastOutcome} />
          </Cells>
          {/* The row opens the profile; what is clicked in here does not. */}
          <Cells
            role="gridcell"
            class="flex justify-end"
            onClick={(event) => event.stopPropagation()}
            onKeyDown={(event) => event.stopPropagation()}
          >
            <IconButton
              label={t('profiles.runNamed', { name: row().name })}
              tabIndex={-1}
              onClick={() => props.onRun(row())}
            >
              <Play aria-hidden="true" />
            </IconButton>
            <Menu
              label={t('profiles.actionsFor', { name: row().name })}
              tabIndex={-1}
              actions={[
                {
                  id: 'edit',
                  label: t('common.edit'),
                  icon: <Pencil aria-hidden="true" />,
                  run: () => props.onOpen(row()),
                },
                {
                  id: 'export',
                  label: t('common.export'),
                  icon: <FileUp aria-hidden="true" />,
                  run: () => props.onExport(row()),
                },
                {
                  id: 'remove',
                  label: t('common.remove'),
                  icon: <Trash2 aria-hidden="true" />,
                  danger: true,
                  run: () => props.onRemove(row()),
                },
              ]}
            />
          </Cells>
        </Cells>
      )}
    </Show>
  );
}

function Skeleton() {
  return (
    <div class={`${columns} h-full border-b border-line`} aria-hidden="true">
      <span />
      <span class="skeleton h-3 w-40" />
      <span class="skeleton h-3 w-20" />
      <span class="skeleton h-3 w-24" />
    </div>
  );
}
