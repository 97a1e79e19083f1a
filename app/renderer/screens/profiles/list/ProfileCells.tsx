/** The columns of the list of profiles, and what each says of one. */
import { TriangleAlert } from 'lucide-solid';
import { type Accessor, For, type JSX, Match, Show, Switch } from 'solid-js';
import type { ProfileRow } from '../../../../../workspace/model/profile.ts';
import type { ProfileColumn } from '../../../../../workspace/model/profileColumns.ts';
import { Cells } from '../../../parts/Cells.tsx';
import { Chip } from '../../../parts/Chip.tsx';
import { LastRun } from '../../../parts/LastRun.tsx';
import { TagChips } from '../../../parts/TagChips.tsx';
import { useOpened } from '../../../shell/opened.ts';
import { show, t, tOr } from '../../../shell/text.ts';
import type { ProxyNames } from '../../proxies/proxyNames.ts';
import { ColorDot } from '../form/ColorDot.tsx';

interface CellProps {
  readonly row: Accessor<ProfileRow>;
  readonly proxies: ProxyNames;
}

interface Column {
  /** What it takes at least, in rem, and its share of what is left. */
  readonly width: number;
  readonly share: number;
  readonly Cell: (props: CellProps) => JSX.Element;
}

const columns: Readonly<Record<ProfileColumn, Column>> = {
  group: {
    width: 5,
    share: 1,
    Cell: (props) => <Quiet text={props.row().group} />,
  },
  tags: {
    width: 6,
    share: 1.4,
    Cell: (props) => <TagChips tags={props.row().tags} />,
  },
  notes: {
    width: 8,
    share: 1.6,
    Cell: (props) => <Quiet text={props.row().notes} />,
  },
  proxy: { width: 7, share: 1.4, Cell: ProxyCell },
  place: {
    width: 6,
    share: 1.2,
    Cell: (props) => (
      <Quiet
        text={[props.row().locale, props.row().timeZone?.split('/').at(-1)?.replaceAll('_', ' ')]
          .filter(Boolean)
          .join(' · ')}
        none={t('profiles.ownPlace')}
      />
    ),
  },
  viewport: {
    width: 6,
    share: 0,
    Cell: (props) => (
      <Quiet text={`${props.row().viewport.width} × ${props.row().viewport.height}`} />
    ),
  },
  session: {
    width: 4,
    share: 0,
    Cell: (props) => (
      <Quiet
        text={props.row().hasSession ? t('profiles.sessionKept') : ''}
        none={t('profiles.sessionNone')}
      />
    ),
  },
  lastUsed: {
    width: 6,
    share: 1,
    Cell: (props) => (
      <Quiet
        text={props.row().lastUsedAt === null ? null : show.ago(props.row().lastUsedAt ?? 0)}
        none={t('common.never')}
      />
    ),
  },
  lastRun: {
    width: 6,
    share: 1,
    Cell: (props) => <LastRun at={props.row().lastRunAt} outcome={props.row().lastOutcome} />,
  },
  created: {
    width: 6,
    share: 1,
    Cell: (props) => <Quiet text={show.dateTime(props.row().createdAt)} />,
  },
  updated: {
    width: 6,
    share: 1,
    Cell: (props) => <Quiet text={show.dateTime(props.row().updatedAt)} />,
  },
};

const name = { width: 9, share: 2.2 };
/** The box to tick, the actions, the gaps and the edges, in rem. */
const box = 1;
const actions = 9;
const gap = 1;
const edges = 3;

const shownOf = (shown: readonly ProfileColumn[]) => [name, ...shown.map((one) => columns[one])];

/** The grid's tracks: the box to tick, the name, the columns, the actions. */
export const tracksOf = (shown: readonly ProfileColumn[]): string => {
  const tracks = shownOf(shown).map(({ width, share }) =>
    share > 0 ? `minmax(${width}rem,${share}fr)` : `${width}rem`,
  );
  return [`${box}rem`, ...tracks, `${actions}rem`].join(' ');
};

/** What the tracks take at least. */
export const widthOf = (shown: readonly ProfileColumn[]): string => {
  const widths = shownOf(shown).map(({ width }) => width + gap);
  return `${widths.reduce((sum, width) => sum + width, box + gap + actions + edges)}rem`;
};

interface ProfileCellsProps extends CellProps {
  readonly columns: readonly ProfileColumn[];
}

export function ProfileCells(props: ProfileCellsProps) {
  return (
    <>
      <Cells role="gridcell" class="flex min-w-0 items-center gap-2">
        <ProfileName row={props.row} />
      </Cells>
      <For each={props.columns}>
        {(name) => (
          <Cells role="gridcell" class="min-w-0 truncate">
            <ProfileFact column={name} row={props.row} proxies={props.proxies} />
          </Cells>
        )}
      </For>
    </>
  );
}

interface ProfileFactProps extends CellProps {
  readonly column: ProfileColumn;
}

/** What a column says of a profile. */
export function ProfileFact(props: ProfileFactProps) {
  const { Cell } = columns[props.column];
  return <Cell row={props.row} proxies={props.proxies} />;
}

/** Colour, number and name, and whether its browser is open. */
export function ProfileName(props: Pick<CellProps, 'row'>) {
  const opened = useOpened();
  const step = () => opened.stepOf(props.row().id);
  return (
    <>
      <Show when={props.row().color}>{(color) => <ColorDot color={color()} />}</Show>
      <Show when={props.row().number !== null}>
        <span class="shrink-0 text-ink-3 tabular-nums">{props.row().number}</span>
      </Show>
      <span class="truncate font-medium">{props.row().name}</span>
      <span class="inline-flex shrink-0" role="status">
        <Switch>
          <Match when={step()}>{(now) => <Chip>{t(`opening.${now()}`)}</Chip>}</Match>
          <Match when={props.row().open || opened.of(props.row().id)}>
            <Chip tone="accent">{t('profiles.open')}</Chip>
          </Match>
        </Switch>
      </span>
    </>
  );
}

/** What is not the point of the row; what is not there is said more quietly still. */
function Quiet(props: { readonly text: string | null; readonly none?: string }) {
  return (
    <Show when={props.text} fallback={<span class="text-ink-3">{props.none}</span>}>
      {(text) => (
        <span class="text-ink-2" title={text()}>
          {text()}
        </span>
      )}
    </Show>
  );
}

function ProxyCell(props: CellProps) {
  const opened = useOpened();
  const problem = () => {
    const one = opened.of(props.row().id);
    if (one?.isUnsealed) return t('opened.unsealed');
    return one?.proxyProblem && tOr(`upstream.${one.proxyProblem}`, one.proxyProblem);
  };
  return (
    <Show
      when={problem()}
      fallback={
        <Show
          when={props.row().proxyPool}
          fallback={<ProxyName id={props.row().proxyId} names={props.proxies} />}
        >
          {(pool) => <Quiet text={t('profiles.poolOf', { tag: pool().tag })} />}
        </Show>
      }
    >
      {(words) => <Problem words={words()} />}
    </Show>
  );
}

/** Why the pages of an opened profile reach nothing, or what became of its session; two lines fit into a row. */
function Problem(props: { readonly words: string }) {
  return (
    <span class="flex items-center gap-1.5 text-xs leading-tight text-bad" title={props.words}>
      <TriangleAlert class="size-3.5 shrink-0" aria-hidden="true" />
      <span class="line-clamp-2 whitespace-normal">{props.words}</span>
    </span>
  );
}

/** What a profile leaves by; one that is gone is said so, since the profile reaches nothing. */
function ProxyName(props: { readonly id: string | null; readonly names: ProxyNames }) {
  return (
    <Show when={props.id} fallback={<span class="text-ink-3">{t('profiles.noProxy')}</span>}>
      {(id) => (
        <Show
          when={props.names.isGone(id())}
          fallback={<Quiet text={props.names.nameOf(id()) ?? null} />}
        >
          <span class="text-bad">{t('profiles.proxyGone')}</span>
        </Show>
      )}
    </Show>
  );
}
