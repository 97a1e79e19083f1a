/** What of the profiles is looked at, and how; kept under a name when somebody wants it again. */
import { type Accessor, batch, createMemo, createSignal } from 'solid-js';
import type { ProfileFilter } from '../../../../../workspace/model/profile.ts';
import {
  type ProfileColumn,
  type ProfileLook,
  profileColumns,
  usualColumns,
} from '../../../../../workspace/model/profileColumns.ts';
import type { SavedView } from '../../../../../workspace/model/profileList.ts';
import type { ListOrder } from '../../../../../workspace/model/record.ts';
import { useSettings } from '../../../shell/settings.ts';
import { tellFailure } from '../../../shell/toasts.tsx';

export interface ProfileView {
  readonly search: Accessor<string>;
  setSearch(search: string): void;
  readonly sort: Accessor<ListOrder>;
  setSort(sort: ListOrder): void;
  readonly filter: Accessor<ProfileFilter>;
  /** What is undefined in it does not matter any more. */
  narrow(
    patch: { readonly [Field in keyof ProfileFilter]?: ProfileFilter[Field] | undefined },
  ): void;
  readonly columns: Accessor<readonly ProfileColumn[]>;
  toggleColumn(column: ProfileColumn): void;
  readonly look: Accessor<ProfileLook>;
  setLook(look: ProfileLook): void;
  readonly saved: Accessor<readonly SavedView[]>;
  /** The saved one that was chosen last. */
  readonly chosen: Accessor<SavedView | null>;
  /** Null for all profiles, in the usual way. */
  choose(id: string | null): void;
  /** Whether it is another than what was chosen. */
  readonly isChanged: Accessor<boolean>;
  /** Whether anything narrows the list. */
  readonly isNarrowed: Accessor<boolean>;
  saveAs(name: string): Promise<void>;
  /** Keeps what is looked at now under the chosen one's name. */
  update(): Promise<void>;
  rename(name: string): Promise<void>;
  remove(): Promise<void>;
}

export function createProfileView(): ProfileView {
  const settings = useSettings();
  const [search, setSearch] = createSignal('');
  const [sort, setSort] = createSignal<ListOrder>('name');
  const [filter, setFilter] = createSignal<ProfileFilter>({});
  const [chosenId, setChosenId] = createSignal<string | null>(null);
  /** Of a saved view; the others' are a setting. */
  const [ownColumns, setOwnColumns] = createSignal<readonly ProfileColumn[] | null>(null);
  const usual = () => settings.current()?.profileColumns ?? usualColumns;
  const columns = createMemo(() => ownColumns() ?? usual());
  const [ownLook, setOwnLook] = createSignal<ProfileLook | null>(null);
  const usualLook = () => settings.current()?.profileLook ?? 'table';
  const look = createMemo(() => ownLook() ?? usualLook());
  const saved = () => settings.current()?.profileViews ?? [];
  const chosen = () => saved().find(({ id }) => id === chosenId()) ?? null;

  const looked = () => ({
    search: search(),
    sort: sort(),
    filter: filter(),
    columns: [...columns()],
    look: look(),
  });
  const before = (): Looked =>
    chosen() ?? {
      search: '',
      sort: 'name',
      filter: {},
      columns: [...usual()],
      look: usualLook(),
    };
  const isChanged = createMemo(() => {
    const { search: words, sort: order, filter: narrowed, columns: shown, look: drawn } = before();
    const was = { search: words, sort: order, filter: narrowed, columns: shown, look: drawn };
    return JSON.stringify(sorted(looked())) !== JSON.stringify(sorted(was));
  });

  async function keep(profileViews: SavedView[]): Promise<void> {
    const answer = await settings.change({ profileViews });
    if (!answer.ok) tellFailure(answer.failure);
  }

  const replace = (change: (view: SavedView) => SavedView) =>
    keep(saved().map((view) => (view.id === chosenId() ? change(view) : view)));

  function choose(id: string | null): void {
    const view = saved().find((one) => one.id === id);
    batch(() => {
      setChosenId(view?.id ?? null);
      setSearch(view?.search ?? '');
      setSort(view?.sort ?? 'name');
      setFilter(view?.filter ?? {});
      setOwnColumns(view?.columns ?? null);
      setOwnLook(view?.look ?? null);
    });
  }

  return {
    search,
    setSearch,
    sort,
    setSort,
    filter,
    narrow: (patch) =>
      setFilter((now) => {
        const next = Object.entries({ ...now, ...patch });
        return Object.fromEntries(next.filter(([, value]) => value !== undefined));
      }),
    columns,
    toggleColumn(column) {
      const shown = new Set(columns());
      if (!shown.delete(column)) shown.add(column);
      const next = profileColumns.filter((one) => shown.has(one));
      if (chosen()) setOwnColumns(next);
      else void settings.change({ profileColumns: next });
    },
    look,
    setLook(next) {
      if (chosen()) setOwnLook(next);
      else void settings.change({ profileLook: next });
    },
    saved,
    chosen,
    choose,
    isChanged,
    isNarrowed: () => search() !== '' || Object.keys(filter()).length > 0,
    async saveAs(name) {
      const view: SavedView = { id: crypto.randomUUID(), name, ...looked() };
      await keep([...saved(), view]);
      choose(view.id);
    },
    update: () => replace((view) => ({ ...view, ...looked() })),
    rename: (name) => replace((view) => ({ ...view, name })),
    async remove() {
      const id = chosenId();
      choose(null);
      await keep(saved().filter((view) => view.id !== id));
    },
  };
}

type Looked = Pick<SavedView, 'search' | 'sort' | 'filter' | 'columns' | 'look'>;

/** The same whatever order its parts were set in. */
const sorted = ({ filter, columns, ...rest }: Looked) => ({
  ...rest,
  filter: Object.entries(filter).sort(([a], [b]) => (a < b ? -1 : 1)),
  columns: [...columns].sort(),
});
