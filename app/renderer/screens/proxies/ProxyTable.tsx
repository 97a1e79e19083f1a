/** The rows of the proxy list. */
import { Pencil, RefreshCw, Trash2 } from 'lucide-solid';
import { type Accessor, Show } from 'solid-js';
import type { ProxyRow } from '../../../../workspace/model/proxy.ts';
import { proxyAddress } from '../../../../workspace/model/proxyAddress.ts';
import { Cells } from '../../parts/Cells.tsx';
import { Menu } from '../../parts/Menu.tsx';
import { TagChips } from '../../parts/TagChips.tsx';
import type { PagedRows } from '../../shell/pagedRows.ts';
import { t } from '../../shell/text.ts';
import { RecordGrid } from '../records/RecordGrid.tsx';
import type { Selection } from '../records/selection.ts';
import { Login } from './Login.tsx';

const columns =
  'grid grid-cols-[1rem_minmax(10rem,1.6fr)_minmax(13rem,2fr)_minmax(8rem,1.2fr)_minmax(8rem,1.4fr)_8rem_2rem] items-center gap-4 px-6';

interface ProxyTableProps {
  readonly list: PagedRows<ProxyRow>;
  readonly selection: Selection;
  readonly search: string;
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
      cells={(row) => <ProxyCells row={row} />}
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

function ProxyCells(props: { readonly row: Accessor<ProxyRow> }) {
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
      <Cells role="gridcell" class="flex items-center truncate">
        <Show
          when={props.row().changesExit}
          fallback={<span class="text-ink-3">{t('proxies.exit.fixed')}</span>}
        >
          <span class="inline-flex items-center gap-1.5 text-ink-2">
            <RefreshCw class="size-3.5 text-accent-text" aria-hidden="true" />
            {t('proxies.exit.changes')}
          </span>
        </Show>
      </Cells>
    </>
  );
}
