/** The rows of the proxy list. */
import { Globe, Pencil, RefreshCw, Trash2 } from 'lucide-solid';
import type { Accessor } from 'solid-js';
import type { ProxyRow } from '../../../../workspace/model/proxy.ts';
import { proxyAddress } from '../../../../workspace/model/proxyAddress.ts';
import { Cells } from '../../parts/Cells.tsx';
import { Menu } from '../../parts/Menu.tsx';
import { TagChips } from '../../parts/TagChips.tsx';
import type { PagedRows } from '../../shell/pagedRows.ts';
import { t } from '../../shell/text.ts';
import { RecordGrid } from '../records/RecordGrid.tsx';
import type { Selection } from '../records/selection.ts';
import { ExitCell } from './ExitCell.tsx';
import { Login } from './Login.tsx';
import type { ProxyWork } from './proxyWork.ts';

const columns =
  '1rem minmax(10rem,1.6fr) minmax(13rem,2fr) minmax(7rem,1fr) minmax(6rem,1fr) minmax(12rem,1.8fr) 2rem';

interface ProxyTableProps {
  readonly list: PagedRows<ProxyRow>;
  readonly selection: Selection;
  readonly search: string;
  readonly work: ProxyWork;
  readonly onOpen: (row: ProxyRow) => void;
  readonly onRemove: (ids: readonly string[], name: string | null) => void;
}

export function ProxyTable(props: ProxyTableProps) {
  return (
    <RecordGrid
      id="proxy-grid"
      label={t('nav.proxies')}
      list={props.list}
      selection={props.selection}
      search={props.search}
      columns={columns}
      heads={(['name', 'address', 'login', 'tags', 'exit'] as const).map((name) =>
        t(`proxies.column.${name}`),
      )}
      onOpen={props.onOpen}
      onRemove={props.onRemove}
      cells={(row) => <ProxyCells row={row} checking={props.work.checking().has(row().id)} />}
      actions={(row, open) => (
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
              id: 'check',
              label: t('proxies.check'),
              icon: <Globe aria-hidden="true" />,
              disabled: props.work.checking().size > 0,
              run: () => void props.work.check([row().id]),
            },
            ...(row().changesExit
              ? [
                  {
                    id: 'changeExit',
                    label: t('proxies.changeExit'),
                    icon: <RefreshCw aria-hidden="true" />,
                    run: () => void props.work.changeExit(row().id),
                  },
                ]
              : []),
            {
              id: 'remove',
              label: t('common.remove'),
              icon: <Trash2 aria-hidden="true" />,
              danger: true,
              run: () => props.onRemove([row().id], row().name),
            },
          ]}
        />
      )}
    />
  );
}

interface ProxyCellsProps {
  readonly row: Accessor<ProxyRow>;
  readonly checking: boolean;
}

function ProxyCells(props: ProxyCellsProps) {
  return (
    <>
      <Cells role="gridcell" class="truncate font-medium">
        {props.row().name}
      </Cells>
      <Cells
        role="gridcell"
        class="truncate font-mono text-xs text-ink-2"
        title={proxyAddress(props.row())}
      >
        {proxyAddress(props.row())}
      </Cells>
      <Cells role="gridcell" class="min-w-0 text-ink-2">
        <Login username={props.row().username} hasPassword={props.row().hasPassword} />
      </Cells>
      <Cells role="gridcell" class="min-w-0">
        <TagChips tags={props.row().tags} />
      </Cells>
      <Cells role="gridcell" class="min-w-0 text-ink-2">
        <ExitCell row={props.row()} checking={props.checking} />
      </Cells>
    </>
  );
}
