/** The rows of the profile list. */
import type { ProfileRow } from '../../../../../workspace/model/profile.ts';
import type { ProfileColumn } from '../../../../../workspace/model/profileColumns.ts';
import type { PagedRows } from '../../../shell/pagedRows.ts';
import { t } from '../../../shell/text.ts';
import { createProxyNames } from '../../proxies/proxyNames.ts';
import { RecordGrid } from '../../records/RecordGrid.tsx';
import type { Selection } from '../../records/selection.ts';
import { ProfileActions, type ProfileWork } from './ProfileActions.tsx';
import { ProfileCells, tracksOf, widthOf } from './ProfileCells.tsx';

export interface ProfileListProps extends ProfileWork {
  readonly list: PagedRows<ProfileRow>;
  readonly selection: Selection;
  readonly search: string;
  readonly onOpen: (row: ProfileRow) => void;
  /** Opens or closes browsers: of the selected ones, or of this one where none is selected. */
  readonly onLaunch: (row: ProfileRow) => void;
}

interface ProfileTableProps extends ProfileListProps {
  readonly columns: readonly ProfileColumn[];
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
      columns={tracksOf(props.columns)}
      minWidth={widthOf(props.columns)}
      heads={(['name', ...props.columns] as const).map((name) => t(`profiles.column.${name}`))}
      onOpen={props.onOpen}
      onLaunch={props.onLaunch}
      onRemove={props.onRemove}
      cells={(row) => <ProfileCells row={row} proxies={proxies} columns={props.columns} />}
      actions={(row, open) => <ProfileActions row={row()} work={props} onEdit={open} />}
    />
  );
}
