/** All proxies: find, select, open, paste in. */
import { ClipboardPaste, Globe, Plus } from 'lucide-solid';
import { createEffect, createMemo, createSignal, Show } from 'solid-js';
import type { ProxyRow } from '../../../../workspace/model/proxy.ts';
import { Button } from '../../parts/Button.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { HeadSelect } from '../../parts/HeadSelect.tsx';
import { ListFailure } from '../../parts/Notice.tsx';
import { ScreenHead } from '../../parts/ScreenHead.tsx';
import { SearchInput } from '../../parts/SearchInput.tsx';
import { provideCommands } from '../../shell/commands.ts';
import { useHost } from '../../shell/connection.ts';
import { proxyOpening } from '../../shell/intents.ts';
import { createLiveRows } from '../../shell/liveRows.ts';
import { t } from '../../shell/text.ts';
import type { Editing } from '../records/recordDraft.ts';
import { SelectionBar } from '../records/SelectionBar.tsx';
import { createSelection } from '../records/selection.ts';
import { useTrash } from '../records/useTrash.ts';
import { PasteProxies } from './PasteProxies.tsx';
import { ProxyDrawer } from './ProxyDrawer.tsx';
import { ProxyTable } from './ProxyTable.tsx';
import { createProxyWork } from './proxyWork.ts';

const sorts = ['name', 'created'] as const;

export default function ProxiesScreen() {
  const host = useHost();
  const [search, setSearch] = createSignal('');
  const [sort, setSort] = createSignal<(typeof sorts)[number]>('name');
  const [editing, setEditing] = createSignal<Editing<ProxyRow> | null>(null);
  const [pasting, setPasting] = createSignal(false);
  const list = createLiveRows<ProxyRow>('proxies', () => ({ search: search(), sort: sort() }));
  const selection = createSelection(() => list.rows().map((row) => row.id));
  const work = createProxyWork();
  let searchField: HTMLInputElement | undefined;

  createEffect(() => {
    const wanted = proxyOpening.wanted();
    if (!wanted) return;
    setEditing({ id: wanted });
    proxyOpening.done();
  });

  const openNew = () => setEditing({ id: null });
  provideCommands([
    { id: 'newProxy', title: 'proxies.new', group: 'here', keys: 'Alt+N', run: openNew },
    {
      id: 'findProxy',
      title: 'profiles.find',
      group: 'here',
      keys: 'Mod+F',
      run: () => searchField?.select(),
    },
    {
      id: 'pasteProxies',
      title: 'proxies.paste',
      group: 'here',
      keys: 'Mod+O',
      run: () => setPasting(true),
    },
  ]);

  const checkSelected = () => void work.check([...selection.ids()]);
  const canCheck = createMemo(() => selection.ids().size > 0 && work.checking().size === 0);
  createEffect(() => {
    if (!canCheck()) return;
    provideCommands([
      { id: 'checkProxies', title: 'proxies.checkSelected', group: 'here', run: checkSelected },
    ]);
  });

  const trash = useTrash({
    kind: 'proxy',
    list,
    text: () => t('proxies.remove.text'),
    send: async (ids) => {
      const answer = await host.call('proxies.remove', { proxies: [...ids] });
      return answer.ok ? { removed: ids, failure: null } : { removed: [], failure: answer.failure };
    },
    onGone: () => {
      setEditing(null);
      selection.clear();
    },
  });
  const remove = (ids: readonly string[], name: string | null) =>
    void trash(ids, {
      question:
        name === null
          ? t('proxies.removeMany.title', { count: ids.length })
          : t('profiles.removeOne.title', { name }),
      done: (count) => t('proxies.removed', { count }),
    });

  const isEmpty = () => list.total() === 0 && search() === '';
  return (
    <div class="flex h-full flex-col">
      <ScreenHead title={t('nav.proxies')} count={list.total()}>
        <SearchInput
          label={t('proxies.search')}
          value={search()}
          onValue={setSearch}
          ref={(element) => {
            searchField = element;
          }}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            document.getElementById('proxy-grid')?.focus();
          }}
        />
        <HeadSelect
          label={t('profiles.sort')}
          value={sort()}
          choices={sorts.map((value) => ({ value, label: t(`profiles.sort.${value}`) }))}
          onValue={setSort}
        />
        <Button onClick={() => setPasting(true)}>
          <ClipboardPaste class="size-3.5" aria-hidden="true" />
          {t('proxies.paste')}
        </Button>
        <Button look="primary" onClick={openNew}>
          <Plus class="size-4" aria-hidden="true" />
          {t('proxies.new')}
        </Button>
      </ScreenHead>
      <ListFailure failure={list.failure()} />
      <Show
        when={!isEmpty()}
        fallback={
          <EmptyState
            title={t('proxies.empty.title')}
            text={t('proxies.empty.text')}
            picture={<Globe aria-hidden="true" />}
          >
            <Button onClick={openNew}>{t('proxies.addFirst')}</Button>
            <Button look="primary" onClick={() => setPasting(true)}>
              {t('proxies.paste')}
            </Button>
          </EmptyState>
        }
      >
        <ProxyTable
          list={list}
          selection={selection}
          search={search()}
          work={work}
          onOpen={(row) => setEditing({ id: row.id, row })}
          onRemove={remove}
        />
      </Show>
      <SelectionBar
        label={t('proxies.selectionActions')}
        count={selection.ids().size}
        text={t('proxies.selected', { count: selection.ids().size })}
        onRemove={() => remove([...selection.ids()], null)}
        onClear={selection.clear}
      >
        <Show when={work.checking().size > 0}>
          <Button onClick={work.stopChecking}>{t('proxies.checkStop')}</Button>
        </Show>
        <Button look="primary" busy={work.checking().size > 0} onClick={checkSelected}>
          {t('proxies.check')}
        </Button>
      </SelectionBar>
      <ProxyDrawer
        editing={editing()}
        list={list}
        work={work}
        onClose={() => setEditing(null)}
        onRemove={(id, name) => remove([id], name)}
      />
      <Show when={pasting()}>
        <PasteProxies onClose={() => setPasting(false)} />
      </Show>
    </div>
  );
}
