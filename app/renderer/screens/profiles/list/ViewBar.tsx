/** What the list of profiles is narrowed to: saved views, groups, tags and colours. */
import { BookmarkPlus, Pencil, RotateCcw, Save, Trash2 } from 'lucide-solid';
import { createSignal, For, Show } from 'solid-js';
import type { ProfileFilter } from '../../../../../workspace/model/profile.ts';
import { profileColors } from '../../../../../workspace/model/profileChoices.ts';
import { mostViews } from '../../../../../workspace/model/profileColumns.ts';
import type { Facet } from '../../../../../workspace/model/record.ts';
import { Button } from '../../../parts/Button.tsx';
import { HeadSelect } from '../../../parts/HeadSelect.tsx';
import { Menu, type MenuAction } from '../../../parts/Menu.tsx';
import { NameDialog } from '../../../parts/NameDialog.tsx';
import type { Choice } from '../../../parts/SelectField.tsx';
import { show, t } from '../../../shell/text.ts';
import { useFacets } from '../form/facets.ts';
import type { ProfileView } from './profileView.ts';

const any = 'any';
const none = 'none';
/** Before a name, so that a group called "any" is not taken for any. */
const named = 'is:';

export function ViewBar(props: { readonly view: ProfileView }) {
  const facets = useFacets();
  const [naming, setNaming] = createSignal<'new' | 'rename' | null>(null);
  const filter = () => props.view.filter();
  const chosen = () => props.view.chosen();

  const groups = (): Choice<string>[] => [
    { value: any, label: t('profiles.filter.anyGroup') },
    ...choicesOf(facets()?.groups ?? [], filter().group),
    { value: none, label: t('profiles.filter.noGroup') },
  ];
  const tags = (): Choice<string>[] => [
    { value: any, label: t('profiles.filter.anyTag') },
    ...choicesOf(facets()?.tags ?? [], filter().tag),
  ];
  const colors = (): Choice<string>[] => [
    { value: any, label: t('profiles.filter.anyColor') },
    ...profileColors.map((color) => ({ value: named + color, label: t(`profile.color.${color}`) })),
  ];

  const viewActions = (): MenuAction[] => [
    {
      id: 'update',
      label: t('profiles.view.update'),
      icon: <Save aria-hidden="true" />,
      disabled: !props.view.isChanged(),
      run: () => void props.view.update(),
    },
    {
      id: 'rename',
      label: t('profiles.view.rename'),
      icon: <Pencil aria-hidden="true" />,
      run: () => setNaming('rename'),
    },
    {
      id: 'remove',
      label: t('profiles.view.remove'),
      icon: <Trash2 aria-hidden="true" />,
      danger: true,
      run: () => void props.view.remove(),
    },
  ];

  const finishNaming = (name: string) => {
    void (naming() === 'rename' ? props.view.rename(name) : props.view.saveAs(name));
    setNaming(null);
  };

  return (
    <div class="flex min-h-11 shrink-0 flex-wrap items-center gap-1.5 border-b border-line px-6 py-1.5">
      <Show when={props.view.saved().length > 0}>
        <fieldset class="mr-1 flex flex-wrap items-center gap-1" aria-label={t('profiles.views')}>
          <ViewButton
            name={t('profiles.view.all')}
            pressed={chosen() === null}
            onPress={() => props.view.choose(null)}
          />
          <For each={props.view.saved()}>
            {(view) => (
              <ViewButton
                name={view.name}
                pressed={chosen()?.id === view.id}
                onPress={() => props.view.choose(view.id)}
              />
            )}
          </For>
        </fieldset>
        <Show when={chosen()}>
          {(view) => (
            <Menu
              label={t('profiles.view.actions', { name: view().name })}
              actions={viewActions()}
              toRight
            />
          )}
        </Show>
        <span class="mr-1 h-5 border-l border-line" />
      </Show>
      <HeadSelect
        label={t('profiles.filter.group')}
        value={choiceOf(filter().group)}
        choices={groups()}
        onValue={(value) => props.view.narrow({ group: filterOf(value) })}
      />
      <HeadSelect
        label={t('profiles.filter.tag')}
        value={choiceOf(filter().tag)}
        choices={tags()}
        onValue={(value) => props.view.narrow({ tag: filterOf(value) ?? undefined })}
      />
      <HeadSelect
        label={t('profiles.filter.color')}
        value={choiceOf(filter().color)}
        choices={colors()}
        onValue={(value) =>
          props.view.narrow({ color: filterOf(value) as ProfileFilter['color'] | undefined })
        }
      />
      <Show when={props.view.isChanged()}>
        <Button look="plain" onClick={() => props.view.choose(chosen()?.id ?? null)}>
          <RotateCcw class="size-3.5" aria-hidden="true" />
          {t('profiles.view.reset')}
        </Button>
        <Show when={props.view.saved().length < mostViews}>
          <Button look="plain" onClick={() => setNaming('new')}>
            <BookmarkPlus class="size-3.5" aria-hidden="true" />
            {t('profiles.view.save')}
          </Button>
        </Show>
      </Show>
      <Show when={naming()}>
        {(kind) => (
          <NameDialog
            title={t(kind() === 'new' ? 'profiles.view.save' : 'profiles.view.rename')}
            label={t('profiles.view.name')}
            value={kind() === 'new' ? '' : (chosen()?.name ?? '')}
            onName={finishNaming}
            onClose={() => setNaming(null)}
          />
        )}
      </Show>
    </div>
  );
}

interface ViewButtonProps {
  readonly name: string;
  readonly pressed: boolean;
  readonly onPress: () => void;
}

function ViewButton(props: ViewButtonProps) {
  return (
    <button
      type="button"
      aria-pressed={props.pressed}
      class="h-7 max-w-48 truncate rounded-md px-2.5 font-medium text-ink-2 hover:bg-hover aria-pressed:bg-accent-soft aria-pressed:text-accent-text"
      onClick={() => props.onPress()}
    >
      {props.name}
    </button>
  );
}

const choiceOf = (value: string | null | undefined): string => {
  if (value === undefined) return any;
  return value === null ? none : named + value;
};

const filterOf = (value: string): string | null | undefined => {
  if (value === any) return undefined;
  return value === none ? null : value.slice(named.length);
};

/** One that is looked for and that nobody has any more is still named. */
function choicesOf(facets: readonly Facet[], looked: string | null | undefined): Choice<string>[] {
  const isGone = looked && !facets.some(({ value }) => value === looked);
  return [...facets, ...(isGone ? [{ value: looked, count: 0 }] : [])].map(({ value, count }) => ({
    value: named + value,
    label: `${value} (${show.number(count)})`,
  }));
}
