/** The parts of a profile that exists: what it is set to, whether that goes together, what its browser keeps, what ran in it. */
import { Tabs } from '@ark-ui/solid/tabs';
import { For, type JSX } from 'solid-js';
import { t } from '../../shell/text.ts';

const profileTabs = ['profile', 'consistency', 'session', 'runs'] as const;
export type ProfileTab = (typeof profileTabs)[number];

interface ProfileTabsProps {
  readonly value: ProfileTab;
  readonly onValue: (tab: ProfileTab) => void;
  readonly profile: JSX.Element;
  readonly consistency: JSX.Element;
  readonly session: JSX.Element;
  readonly runs: JSX.Element;
}

export function ProfileTabs(props: ProfileTabsProps) {
  return (
    <Tabs.Root
      lazyMount
      value={props.value}
      onValueChange={({ value }) => {
        const tab = profileTabs.find((one) => one === value);
        if (tab) props.onValue(tab);
      }}
    >
      <Tabs.List class="mb-5 flex gap-4 border-b border-line" aria-label={t('session.tabs')}>
        <For each={profileTabs}>
          {(tab) => (
            <Tabs.Trigger
              value={tab}
              class="-mb-px h-8 border-b-2 border-transparent font-medium text-ink-2 hover:text-ink aria-selected:border-accent aria-selected:text-ink"
            >
              {t(`session.tab.${tab}`)}
            </Tabs.Trigger>
          )}
        </For>
      </Tabs.List>
      <Tabs.Content value="profile" class="flex flex-col gap-5">
        {props.profile}
      </Tabs.Content>
      <Tabs.Content value="consistency" class="flex flex-col gap-6">
        {props.consistency}
      </Tabs.Content>
      <Tabs.Content value="session" class="flex flex-col gap-6">
        {props.session}
      </Tabs.Content>
      <Tabs.Content value="runs" class="flex flex-col gap-4">
        {props.runs}
      </Tabs.Content>
    </Tabs.Root>
  );
}
