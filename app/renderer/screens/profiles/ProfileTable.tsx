/** The rows of the profile list. */
import { FileUp, Pencil, Play, Trash2 } from 'lucide-solid';
import { type Accessor, Show } from 'solid-js';
import type { ProfileRow } from '../../../../workspace/model/profile.ts';
import { IconButton } from '../../parts/Button.tsx';
import { Cells } from '../../parts/Cells.tsx';
import { Chip } from '../../parts/Chip.tsx';
import { LastRun } from '../../parts/LastRun.tsx';
import { Menu } from '../../parts/Menu.tsx';
import { TagChips } from '../../parts/TagChips.tsx';
import type { PagedRows } from '../../shell/pagedRows.ts';
import { t } from '../../shell/text.ts';
import { createProxyNames, type ProxyNames } from '../proxies/proxyNames.ts';
import { RecordGrid } from '../records/RecordGrid.tsx';
import type { Selection } from '../records/selection.ts';

const columns =
  'grid grid-cols-[1rem_minmax(9rem,2.2fr)_minmax(7rem,1.5fr)_minmax(7rem,1.3fr)_minmax(7rem,1.3fr)_4.5rem_minmax(7rem,1fr)_4rem] items-center gap-4 px-6';

interface ProfileTableProps {
  readonly list: PagedRows<ProfileRow>;
  readonly selection: Selection;
  readonly search: string;
  readonly onOpen: (row: ProfileRow) => void;
  readonly onRun: (ids: readonly string[]) => void;
  readonly onExport: (ids: readonly string[]) => void;
  readonly onRemove: (ids: readonly string[], name: string | null) => void;
}

export function ProfileTable(props: ProfileTableProps) {
  const proxies = createProxyNames(() => props.list.rows().some((row) => row.proxyId !== null));
  return (
    <RecordGrid
      id="profile-grid"
      label={t('nav.profiles')}
      list={props.list}
      selection={props.selection}
      search={props.search}
      columns={columns}
      heads={(['name', 'tags', 'proxy', 'place', 'session', 'lastRun'] as const).map((name) =>
        t(`profiles.column.${name}`),
      )}
      onOpen={props.onOpen}
      onRemove={props.onRemove}
      cells={(row) => <ProfileCells row={row} proxies={proxies} />}
      actions={(row, open) => (
        <>
          <IconButton
            label={t('profiles.runNamed', { name: row().name })}
            tabIndex={-1}
            onClick={() => props.onRun([row().id])}
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
                run: open,
              },
              {
                id: 'export',
                label: t('common.export'),
                icon: <FileUp aria-hidden="true" />,
                run: () => props.onExport([row().id]),
              },
              {
                id: 'remove',
                label: t('common.remove'),
                icon: <Trash2 aria-hidden="true" />,
                danger: true,
                run: () => props.onRemove([row().id], row().name),
              },
            ]}
          />
        </>
      )}
    />
  );
}

function ProfileCells(props: { readonly row: Accessor<ProfileRow>; readonly proxies: ProxyNames }) {
  return (
    <>
      <Cells role="gridcell" class="flex min-w-0 items-center gap-2">
        <span class="truncate font-medium">{props.row().name}</span>
        <Show when={props.row().open}>
          <Chip tone="accent">{t('profiles.open')}</Chip>
        </Show>
      </Cells>
      <Cells role="gridcell" class="min-w-0">
        <TagChips tags={props.row().tags} />
      </Cells>
      <Cells role="gridcell" class="truncate text-ink-2">
        <ProxyName id={props.row().proxyId} names={props.proxies} />
      </Cells>
      <Cells role="gridcell" class="truncate text-ink-2">
        {[props.row().locale, props.row().timeZone?.split('/').at(-1)?.replaceAll('_', ' ')]
          .filter(Boolean)
          .join(' · ') || <span class="text-ink-3">{t('profiles.ownPlace')}</span>}
      </Cells>
      <Cells role="gridcell" class="truncate text-ink-2">
        {props.row().hasSession ? (
          t('profiles.sessionKept')
        ) : (
          <span class="text-ink-3">{t('profiles.sessionNone')}</span>
        )}
      </Cells>
      <Cells role="gridcell" class="truncate">
        <LastRun at={props.row().lastRunAt} outcome={props.row().lastOutcome} />
      </Cells>
    </>
  );
}

/** What a profile leaves by; one that is gone is said so, since the profile reaches nothing. */
function ProxyName(props: { readonly id: string | null; readonly names: ProxyNames }) {
  return (
    <Show when={props.id} fallback={<span class="text-ink-3">{t('profiles.noProxy')}</span>}>
      {(id) => (
        <Show
          when={props.names.isGone(id())}
          fallback={<span title={props.names.nameOf(id())}>{props.names.nameOf(id())}</span>}
        >
          <span class="text-bad">{t('profiles.proxyGone')}</span>
        </Show>
      )}
    </Show>
  );
}
