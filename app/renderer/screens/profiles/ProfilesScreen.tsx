/** All profiles: find, select, open, run. */
import {
  AppWindow,
  BookTemplate,
  Columns3,
  Cookie,
  FileDown,
  FileUp,
  LayoutGrid,
  Pencil,
  Play,
  Plus,
  UsersRound,
} from 'lucide-solid';
import { createEffect, createMemo, createSignal, Show } from 'solid-js';
import type { ProfileRow } from '../../../../workspace/model/profile.ts';
import { profileColumns } from '../../../../workspace/model/profileColumns.ts';
import { listOrders } from '../../../../workspace/model/record.ts';
import { Button, IconButton } from '../../parts/Button.tsx';
import { CheckMenu } from '../../parts/CheckMenu.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { HeadSelect } from '../../parts/HeadSelect.tsx';
import { Menu } from '../../parts/Menu.tsx';
import { ListFailure } from '../../parts/Notice.tsx';
import { ScreenHead } from '../../parts/ScreenHead.tsx';
import { SearchInput } from '../../parts/SearchInput.tsx';
import { provideCommands } from '../../shell/commands.ts';
import { useHost } from '../../shell/connection.ts';
import { openRunDialog, profileOpening } from '../../shell/intents.ts';
import { createLiveRows } from '../../shell/liveRows.ts';
import { useOpened } from '../../shell/opened.ts';
import { t } from '../../shell/text.ts';
import type { Editing } from '../records/recordDraft.ts';
import { SelectionBar } from '../records/SelectionBar.tsx';
import { createSelection } from '../records/selection.ts';
import { useTrash } from '../records/useTrash.ts';
import { type Attachable, AttachDialog } from './AttachDialog.tsx';
import { ImportProfiles } from './ImportProfiles.tsx';
import { BulkEdit } from './list/BulkEdit.tsx';
import { ProfileCards } from './list/ProfileCards.tsx';
import { type ProfileListProps, ProfileTable } from './list/ProfileTable.tsx';
import { createProfileView } from './list/profileView.ts';
import { ViewBar } from './list/ViewBar.tsx';
import { ProfileDrawer } from './ProfileDrawer.tsx';
import { ExportCookies } from './session/ExportCookies.tsx';
import { useImportCookieList } from './session/useImportCookieList.ts';
import { TemplatesDialog } from './templates/TemplatesDialog.tsx';
import { useExportProfiles } from './useExportProfiles.ts';

export function ProfilesScreen() {
  const host = useHost();
  const view = createProfileView();
  const [bulk, setBulk] = createSignal<readonly string[] | null>(null);
  const [editing, setEditing] = createSignal<Editing<ProfileRow> | null>(null);
  const [cookiesOf, setCookiesOf] = createSignal<readonly string[] | null>(null);
  const [importing, setImporting] = createSignal(false);
  const [showsTemplates, setShowsTemplates] = createSignal(false);
  const [attaching, setAttaching] = createSignal<Attachable | null>(null);
  const opened = useOpened();
  const list = createLiveRows<ProfileRow>('profiles', () => ({
    search: view.search(),
    sort: view.sort(),
    filter: view.filter(),
  }));
  const selection = createSelection(() => list.rows().map((row) => row.id));
  const exportProfiles = useExportProfiles();
  const importCookies = useImportCookieList();
  let searchField: HTMLInputElement | undefined;

  createEffect(() => {
    const wanted = profileOpening.wanted();
    if (!wanted) return;
    setEditing({ id: wanted });
    profileOpening.done();
  });

  const selectedOpen = () => [...selection.ids()].filter((id) => opened.of(id));
  /** Without those that a run has open. */
  const selectedClosed = () => {
    const taken = new Set(list.rows().flatMap((row) => (row.open ? [row.id] : [])));
    return [...selection.ids()].filter(
      (id) => !taken.has(id) && !opened.of(id) && !opened.stepOf(id),
    );
  };
  /** What is closed is opened; where all of them are open, they are closed. */
  const toggleSelected = () => {
    if (selectedClosed().length > 0) void opened.open(selectedClosed());
    else if (selectedOpen().length > 0) void opened.close(selectedOpen());
  };
  const launch = (row: ProfileRow) => {
    if (selection.ids().size > 0) toggleSelected();
    else if (opened.stepOf(row.id)) return;
    else if (opened.of(row.id)) void opened.close([row.id]);
    else if (!row.open) void opened.open([row.id]);
  };

  const openNew = () => setEditing({ id: null });
  provideCommands([
    { id: 'newProfile', title: 'profiles.new', group: 'here', keys: 'Alt+N', run: openNew },
    {
      id: 'findProfile',
      title: 'profiles.find',
      group: 'here',
      keys: 'Mod+F',
      run: () => searchField?.select(),
    },
    {
      id: 'openProfile',
      title: 'opening.openRow',
      group: 'here',
      keys: 'Mod+Enter',
      listedOnly: true,
      run: () => {},
    },
    {
      id: 'importProfiles',
      title: 'profiles.import',
      group: 'here',
      keys: 'Mod+O',
      run: () => setImporting(true),
    },
  ]);

  const hasSelection = createMemo(() => selection.ids().size > 0);
  createEffect(() => {
    if (!hasSelection()) return;
    provideCommands([
      {
        id: 'openProfiles',
        title: 'opening.openSelected',
        group: 'here',
        keys: 'Mod+Enter',
        run: toggleSelected,
      },
    ]);
  });
  // Once it is closed, its address leads nowhere.
  createEffect(() => {
    const profile = attaching();
    if (profile && !opened.of(profile.id)) setAttaching(null);
  });

  const trash = useTrash({
    kind: 'profile',
    list,
    text: () => t('profiles.remove.text'),
    send: async (ids) => {
      const answer = await host.call('profiles.removeMany', { profiles: [...ids] });
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
          ? t('profiles.removeMany.title', { count: ids.length })
          : t('profiles.removeOne.title', { name }),
      done: (count) => t('profiles.removed', { count }),
    });

  const isCards = () => view.look() === 'cards';
  const rows: Omit<ProfileListProps, 'search'> = {
    list,
    selection,
    onOpen: (row) => setEditing({ id: row.id, row }),
    onLaunch: launch,
    onAttach: setAttaching,
    onRun: (ids) => openRunDialog({ workflowId: null, profileIds: ids }),
    onExport: (ids) => void exportProfiles(ids),
    onRemove: remove,
  };
  const isEmpty = () => list.total() === 0 && !view.isNarrowed();
  return (
    <div class="flex h-full flex-col">
      <ScreenHead title={t('nav.profiles')} count={list.total()}>
        <SearchInput
          label={t('profiles.search')}
          value={view.search()}
          onValue={view.setSearch}
          ref={(element) => {
            searchField = element;
          }}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            document.getElementById('profile-grid')?.focus();
          }}
        />
        <HeadSelect
          label={t('profiles.sort')}
          value={view.sort()}
          choices={listOrders.map((value) => ({ value, label: t(`profiles.sort.${value}`) }))}
          onValue={view.setSort}
        />
        <IconButton
          label={t('profiles.cards')}
          aria-pressed={isCards()}
          class="aria-pressed:bg-accent-soft aria-pressed:text-accent-text"
          onClick={() => view.setLook(isCards() ? 'table' : 'cards')}
        >
          <LayoutGrid aria-hidden="true" />
        </IconButton>
        <Show when={!isCards()}>
          <CheckMenu
            label={t('profiles.columns')}
            icon={<Columns3 aria-hidden="true" />}
            items={profileColumns.map((id) => ({
              id,
              label: t(`profiles.column.${id}`),
              checked: view.columns().includes(id),
            }))}
            onToggle={(id) => {
              const column = profileColumns.find((one) => one === id);
              if (column) view.toggleColumn(column);
            }}
          />
        </Show>
        <Menu
          label={t('profiles.more')}
          actions={[
            {
              id: 'import',
              label: t('profiles.import'),
              icon: <FileDown aria-hidden="true" />,
              run: () => setImporting(true),
            },
            {
              id: 'importCookies',
              label: t('profiles.importCookies'),
              icon: <Cookie aria-hidden="true" />,
              disabled: !list.total(),
              run: () => void importCookies(),
            },
            {
              id: 'templates',
              label: t('templates.manage'),
              icon: <BookTemplate aria-hidden="true" />,
              run: () => setShowsTemplates(true),
            },
            {
              id: 'export',
              label: t('profiles.exportAll'),
              icon: <FileUp aria-hidden="true" />,
              disabled: !list.total(),
              run: () => void exportProfiles(null),
            },
          ]}
        />
        <Button look="primary" onClick={openNew}>
          <Plus class="size-4" aria-hidden="true" />
          {t('profiles.new')}
        </Button>
      </ScreenHead>
      <ListFailure failure={list.failure()} />
      <Show
        when={!isEmpty()}
        fallback={
          <EmptyState
            title={t('profiles.empty.title')}
            text={t('profiles.empty.text')}
            picture={<UsersRound aria-hidden="true" />}
          >
            <Button onClick={() => setImporting(true)}>{t('profiles.import')}</Button>
            <Button look="primary" onClick={openNew}>
              {t('profiles.addFirst')}
            </Button>
          </EmptyState>
        }
      >
        <ViewBar view={view} />
        <Show
          when={isCards()}
          fallback={<ProfileTable {...rows} search={view.search()} columns={view.columns()} />}
        >
          <ProfileCards {...rows} search={view.search()} />
        </Show>
      </Show>
      <SelectionBar
        label={t('profiles.selectionActions')}
        count={selection.ids().size}
        text={t('profiles.selected', { count: selection.ids().size })}
        onRemove={() => remove([...selection.ids()], null)}
        onClear={selection.clear}
      >
        <Show when={selectedOpen().length > 0}>
          <Button onClick={() => void opened.close(selectedOpen())}>
            {t('opening.closeCount', { count: selectedOpen().length })}
          </Button>
        </Show>
        <Show when={selectedClosed().length > 0}>
          <Button onClick={() => void opened.open(selectedClosed())}>
            <AppWindow class="size-3.5" aria-hidden="true" />
            {t('opening.openCount', { count: selectedClosed().length })}
          </Button>
        </Show>
        <Button onClick={() => setBulk([...selection.ids()])}>
          <Pencil class="size-3.5" aria-hidden="true" />
          {t('common.edit')}
        </Button>
        <Button onClick={() => void exportProfiles([...selection.ids()])}>
          <FileUp class="size-3.5" aria-hidden="true" />
          {t('common.export')}
        </Button>
        <Menu
          label={t('profiles.selectionMore')}
          actions={[
            {
              id: 'exportCookies',
              label: t('session.export'),
              icon: <Cookie aria-hidden="true" />,
              run: () => setCookiesOf([...selection.ids()]),
            },
          ]}
        />
        <Button
          look="primary"
          onClick={() => openRunDialog({ workflowId: null, profileIds: [...selection.ids()] })}
        >
          <Play class="size-3.5" aria-hidden="true" />
          {t('profiles.runWorkflow')}
        </Button>
      </SelectionBar>
      <ProfileDrawer
        editing={editing()}
        list={list}
        onClose={() => setEditing(null)}
        onRemove={(id, name) => remove([id], name)}
        onExport={(id) => void exportProfiles([id])}
      />
      <Show when={attaching()}>
        {(profile) => <AttachDialog profile={profile()} onClose={() => setAttaching(null)} />}
      </Show>
      <Show when={bulk()}>{(ids) => <BulkEdit ids={ids()} onClose={() => setBulk(null)} />}</Show>
      <Show when={cookiesOf()}>
        {(ids) => <ExportCookies profiles={ids()} onClose={() => setCookiesOf(null)} />}
      </Show>
      <Show when={showsTemplates()}>
        <TemplatesDialog onClose={() => setShowsTemplates(false)} />
      </Show>
      <ImportProfiles open={importing()} onClose={() => setImporting(false)} />
    </div>
  );
}
