/** What the list says of one profile. */
import { TriangleAlert } from 'lucide-solid';
import { type Accessor, Match, Show, Switch } from 'solid-js';
import type { ProfileRow } from '../../../../workspace/model/profile.ts';
import { Cells } from '../../parts/Cells.tsx';
import { Chip } from '../../parts/Chip.tsx';
import { LastRun } from '../../parts/LastRun.tsx';
import { TagChips } from '../../parts/TagChips.tsx';
import { useOpened } from '../../shell/opened.ts';
import { t, tOr } from '../../shell/text.ts';
import type { ProxyNames } from '../proxies/proxyNames.ts';

interface ProfileCellsProps {
  readonly row: Accessor<ProfileRow>;
  readonly proxies: ProxyNames;
}

export function ProfileCells(props: ProfileCellsProps) {
  const opened = useOpened();
  const step = () => opened.stepOf(props.row().id);
  const person = () => opened.of(props.row().id);
  return (
    <>
      <Cells role="gridcell" class="flex min-w-0 items-center gap-2">
        <span class="truncate font-medium">{props.row().name}</span>
        <span class="inline-flex shrink-0" role="status">
          <Switch>
            <Match when={step()}>{(now) => <Chip>{t(`opening.${now()}`)}</Chip>}</Match>
            <Match when={props.row().open || person()}>
              <Chip tone="accent">{t('profiles.open')}</Chip>
            </Match>
          </Switch>
        </span>
      </Cells>
      <Cells role="gridcell" class="min-w-0">
        <TagChips tags={props.row().tags} />
      </Cells>
      <Cells role="gridcell" class="truncate text-ink-2">
        <Show
          when={person()?.proxyProblem}
          fallback={<ProxyName id={props.row().proxyId} names={props.proxies} />}
        >
          {(problem) => <ProxyProblem problem={problem()} />}
        </Show>
      </Cells>
      <Cells role="gridcell" class="truncate text-ink-2">
        {[props.row().locale, props.row().timeZone?.split('/').at(-1)?.replaceAll('_', ' ')]
          .filter(Boolean)
          .join(' · ') || <span class="text-ink-3">{t('profiles.ownPlace')}</span>}
      </Cells>
      <Cells role="gridcell" class="truncate text-ink-2">
        {props.row().hasSession ? (
          t('profiles.sessionKept')
        ) : (
          <span class="text-ink-3">{t('profiles.sessionNone')}</span>
        )}
      </Cells>
      <Cells role="gridcell" class="truncate">
        <LastRun at={props.row().lastRunAt} outcome={props.row().lastOutcome} />
      </Cells>
    </>
  );
}

/** Why the pages of an opened profile reach nothing; two lines fit into a row. */
function ProxyProblem(props: { readonly problem: string }) {
  const words = () => tOr(`upstream.${props.problem}`, props.problem);
  return (
    <span class="flex items-center gap-1.5 text-xs leading-tight text-bad" title={words()}>
      <TriangleAlert class="size-3.5 shrink-0" aria-hidden="true" />
      <span class="line-clamp-2 whitespace-normal">{words()}</span>
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
          fallback={<span title={props.names.nameOf(id())}>{props.names.nameOf(id())}</span>}
        >
          <span class="text-bad">{t('profiles.proxyGone')}</span>
        </Show>
      )}
    </Show>
  );
}
