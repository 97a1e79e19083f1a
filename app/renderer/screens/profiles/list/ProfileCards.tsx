/** The profile list as cards: more of each profile at a glance, fewer of them. */
import { For, Show } from 'solid-js';
import { t } from '../../../shell/text.ts';
import { createProxyNames } from '../../proxies/proxyNames.ts';
import { RecordCards } from '../../records/RecordCards.tsx';
import { ProfileActions } from './ProfileActions.tsx';
import { ProfileFact, ProfileName } from './ProfileCells.tsx';
import type { ProfileListProps } from './ProfileTable.tsx';

/** Pixels. */
const cardHeight = 220;
const facts = ['group', 'proxy', 'session', 'lastRun'] as const;

export function ProfileCards(props: ProfileListProps) {
  const proxies = createProxyNames(() => props.list.rows().some((row) => row.proxyId !== null));
  return (
    <RecordCards
      id="profile-grid"
      label={t('nav.profiles')}
      list={props.list}
      selection={props.selection}
      search={props.search}
      cardHeight={cardHeight}
      onOpen={props.onOpen}
      onLaunch={props.onLaunch}
      onRemove={props.onRemove}
      head={(row) => <ProfileName row={row} />}
      body={(row) => (
        <>
          <dl class="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-x-2 gap-y-1">
            <For each={facts}>
              {(fact) => (
                <>
                  <dt class="truncate text-ink-3">{t(`profiles.column.${fact}`)}</dt>
                  <dd class="truncate">
                    <Show
                      when={fact !== 'group' || row().group}
                      fallback={<span class="text-ink-3">{t('profile.group.none')}</span>}
                    >
                      <ProfileFact column={fact} row={row} proxies={proxies} />
                    </Show>
                  </dd>
                </>
              )}
            </For>
          </dl>
          <ProfileFact column="tags" row={row} proxies={proxies} />
        </>
      )}
      actions={(row, open) => <ProfileActions row={row()} work={props} onEdit={open} />}
    />
  );
}
