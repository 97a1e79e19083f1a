/** The rows of the profile list. */
import { AppWindow, FileUp, Pencil, Play, Plug, Trash2 } from 'lucide-solid';
import type { ProfileRow } from '../../../../../workspace/model/profile.ts';
import type { ProfileColumn } from '../../../../../workspace/model/profileColumns.ts';
import { IconButton } from '../../../parts/Button.tsx';
import { Menu, type MenuAction } from '../../../parts/Menu.tsx';
import { useOpened } from '../../../shell/opened.ts';
import type { PagedRows } from '../../../shell/pagedRows.ts';
import { t } from '../../../shell/text.ts';
import { createProxyNames } from '../../proxies/proxyNames.ts';
import { RecordGrid } from '../../records/RecordGrid.tsx';
import type { Selection } from '../../records/selection.ts';
import { OpenButton } from './OpenButton.tsx';
import { ProfileCells, tracksOf, widthOf } from './ProfileCells.tsx';

interface ProfileTableProps {
  readonly list: PagedRows<ProfileRow>;
  readonly selection: Selection;
  readonly search: string;
  readonly columns: readonly ProfileColumn[];
  readonly onOpen: (row: ProfileRow) => void;
  /** Opens or closes browsers: of the selected ones, or of this one where none is selected. */
  readonly onLaunch: (row: ProfileRow) => void;
  readonly onAttach: (row: ProfileRow) => void;
  readonly onRun: (ids: readonly string[]) => void;
  readonly onExport: (ids: readonly string[]) => void;
  readonly onRemove: (ids: readonly string[], name: string | null) => void;
}

export function ProfileTable(props: ProfileTableProps) {
  const opened = useOpened();
  /** What there is to do with one that a person has open. */
  const openActions = (row: ProfileRow): readonly MenuAction[] => {
    const one = opened.of(row.id);
    if (!one) return [];
    return [
      {
        id: 'show',
        label: t('opening.show'),
        icon: <AppWindow aria-hidden="true" />,
        disabled: one.headless,
        run: () => void opened.show(row.id),
      },
      {
        id: 'attach',
        label: t('attach.open'),
        icon: <Plug aria-hidden="true" />,
        run: () => props.onAttach(row),
      },
    ];
  };
  const proxies = createProxyNames(() => props.list.rows().some((row) => row.proxyId !== null));
  return (
    <RecordGrid
      id="profile-grid"
      label={t('nav.profiles')}
      list={props.list}
      selection={props.selection}
      search={props.search}
      columns={tracksOf(props.columns)}
      minWidth={widthOf(props.columns)}
      heads={(['name', ...props.columns] as const).map((name) => t(`profiles.column.${name}`))}
      onOpen={props.onOpen}
      onLaunch={props.onLaunch}
      onRemove={props.onRemove}
      cells={(row) => <ProfileCells row={row} proxies={proxies} columns={props.columns} />}
      actions={(row, open) => (
        <>
          <OpenButton row={row()} tabIndex={-1} />
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
              ...openActions(row()),
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
