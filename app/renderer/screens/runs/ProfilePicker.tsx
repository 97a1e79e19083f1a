/** Chooses the profiles of a run, by search and tick. */
import { createSignal, Show } from 'solid-js';
import { Checkbox } from '../../parts/Checkbox.tsx';
import { Chip } from '../../parts/Chip.tsx';
import { SearchInput } from '../../parts/SearchInput.tsx';
import { VirtualList } from '../../parts/VirtualList.tsx';
import { useHost } from '../../shell/connection.ts';
import { createPagedRows } from '../../shell/pagedRows.ts';
import { t } from '../../shell/text.ts';

interface ProfilePickerProps {
  readonly chosen: ReadonlySet<string>;
  readonly onChosen: (chosen: ReadonlySet<string>) => void;
}

const rowHeight = 34;

export function ProfilePicker(props: ProfilePickerProps) {
  const host = useHost();
  const [search, setSearch] = createSignal('');
  const list = createPagedRows(
    () => ({ search: search() }),
    ['profiles'],
    (query, page) => host.call('profiles.list', { ...query, ...page }),
  );
  const toggle = (id: string) => {
    const next = new Set(props.chosen);
    if (!next.delete(id)) next.add(id);
    props.onChosen(next);
  };
  const allChosen = () =>
    list.rows().length > 0 && list.rows().every((row) => props.chosen.has(row.id));
  const toggleAll = async () => {
    const wasAll = allChosen();
    await list.reach(list.total() ?? 0);
    const next = new Set(props.chosen);
    for (const row of list.rows()) {
      if (wasAll) next.delete(row.id);
      else next.add(row.id);
    }
    props.onChosen(next);
  };
  return (
    <fieldset>
      <legend class="mb-1 font-medium text-ink-2">{t('nav.profiles')}</legend>
      <div class="overflow-hidden rounded-lg border border-line-strong">
        <div class="flex items-center gap-3 border-b border-line bg-sunken p-2 pl-3">
          <Checkbox
            label={t('runDialog.chooseAll')}
            checked={allChosen()}
            indeterminate={props.chosen.size > 0 && !allChosen()}
            onChecked={() => void toggleAll()}
          />
          <SearchInput
            class="grow"
            label={t('profiles.search')}
            value={search()}
            onValue={setSearch}
          />
        </div>
        <VirtualList
          class="h-44"
          role="group"
          aria-label={t('nav.profiles')}
          count={list.total() ?? 0}
          rowHeight={rowHeight}
          onReach={(index) => void list.reach(index)}
          head={
            <Show when={list.total() === 0}>
              <p class="p-4 text-center text-ink-3">
                {search()
                  ? t('profiles.noneFound', { search: search() })
                  : t('runDialog.noProfiles')}
              </p>
            </Show>
          }
        >
          {(index) => (
            <Show when={list.rows()[index]}>
              {(row) => (
                <label class="flex h-full items-center gap-3 border-b border-line px-3 hover:bg-hover">
                  <input
                    type="checkbox"
                    class="size-4 shrink-0 accent-(--accent)"
                    checked={props.chosen.has(row().id)}
                    onChange={() => toggle(row().id)}
                  />
                  <span class="min-w-0 grow truncate">{row().name}</span>
                  <Show when={row().open}>
                    <Chip tone="warn">{t('profiles.open')}</Chip>
                  </Show>
                </label>
              )}
            </Show>
          )}
        </VirtualList>
      </div>
    </fieldset>
  );
}
