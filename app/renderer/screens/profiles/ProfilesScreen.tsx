/** All profiles: find, select, open, run. */
import { FileDown, FileUp, Plus, UsersRound } from 'lucide-solid';
import { createEffect, createSignal, Show } from 'solid-js';
import type { ProfileRow } from '../../../../workspace/model/profile.ts';
import { Button } from '../../parts/Button.tsx';
import { confirm } from '../../parts/confirm.tsx';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { Menu } from '../../parts/Menu.tsx';
import { ListFailure } from '../../parts/Notice.tsx';
import { ScreenHead } from '../../parts/ScreenHead.tsx';
import { SearchInput } from '../../parts/SearchInput.tsx';
import { provideCommands } from '../../shell/commands.ts';
import { useHost } from '../../shell/connection.ts';
import { openRunDialog, profileOpened, profileToOpen } from '../../shell/intents.ts';
import { createLiveRows } from '../../shell/liveRows.ts';
import { t } from '../../shell/text.ts';
import { tellDone, tellFailure } from '../../shell/toasts.tsx';
import { ImportProfiles } from './ImportProfiles.tsx';
import { type Editing, ProfileDrawer } from './ProfileDrawer.tsx';
import { ProfileTable } from './ProfileTable.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { type ProfileSort, SortPicker } from './SortPicker.tsx';
import { createSelection } from './selection.ts';
import { useExportProfiles } from './useExportProfiles.ts';

export function ProfilesScreen() {
  const host = useHost();
  const [search, setSearch] = createSignal('');
  const [sort, setSort] = createSignal<ProfileSort>('name');
  const [editing, setEditing] = createSignal<Editing | null>(null);
  const [importing, setImporting] = createSignal(false);
  const list = createLiveRows<ProfileRow>('profiles', () => ({ search: search(), sort: sort() }));
  const selection = createSelection(() => list.rows().map((row) => row.id));
  const exportProfiles = useExportProfiles();
  let searchField: HTMLInputElement | undefined;

  createEffect(() => {
    const wanted = profileToOpen();
    if (!wanted) return;
    setEditing({ id: wanted });
    profileOpened();
  });

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
      id: 'importProfiles',
      title: 'profiles.import',
      group: 'here',
      keys: 'Mod+O',
      run: () => setImporting(true),
    },
  ]);

  const remove = async (ids: readonly string[], name: string | null) => {
    const count = ids.length;
    const sure = await confirm({
      title:
        name === null
          ? t('profiles.removeMany.title', { count })
          : t('profiles.removeOne.title', { name }),
      text: t('profiles.remove.text'),
      action: t('common.remove'),
    });
    if (!sure) return;
    const undo = list.assume((rows) => rows.filter((row) => !ids.includes(row.id)));
    setEditing(null);
    selection.clear();
    let removed = 0;
    for (const profile of ids) {
      const answer = await host.call('profiles.remove', { profile });
      if (!answer.ok) {
        undo();
        tellFailure(answer.failure);
        break;
      }
      removed += 1;
    }
    if (removed > 0) tellDone(t('profiles.removed', { count: removed }));
  };

  const selectAll = async () => {
    await list.reach(list.total() ?? 0);
    selection.all();
  };

  const isEmpty = () => list.total() === 0 && search() === '';
  return (
    <div class="flex h-full flex-col">
      <ScreenHead title={t('nav.profiles')} count={list.total()}>
        <SearchInput
          label={t('profiles.search')}
          value={search()}
          onValue={setSearch}
          ref={(element) => {
            searchField = element;
          }}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            document.getElementById('profile-grid')?.focus();
          }}
        />
        <SortPicker value={sort()} onValue={setSort} />
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
        <ProfileTable
          list={list}
          selection={selection}
          search={search()}
          onOpen={(row) => setEditing({ id: row.id, row })}
          onRun={(ids) => openRunDialog({ workflowId: null, profileIds: ids })}
          onExport={(ids) => void exportProfiles(ids)}
          onRemove={(ids, name) => void remove(ids, name)}
          onSelectAll={() => void selectAll()}
        />
      </Show>
      <SelectionBar
        count={selection.ids().size}
        onRun={() => openRunDialog({ workflowId: null, profileIds: [...selection.ids()] })}
        onExport={() => void exportProfiles([...selection.ids()])}
        onRemove={() => void remove([...selection.ids()], null)}
        onClear={selection.clear}
      />
      <ProfileDrawer
        editing={editing()}
        list={list}
        onClose={() => setEditing(null)}
        onRemove={(id, name) => void remove([id], name)}
        onExport={(id) => void exportProfiles([id])}
      />
      <ImportProfiles open={importing()} onClose={() => setImporting(false)} />
    </div>
  );
}
