/** How many profiles people have open here, seen from every screen, with a way to each and to their end. */
import { AppWindow, CircleX } from 'lucide-solid';
import { Show } from 'solid-js';
import { Menu } from '../parts/Menu.tsx';
import { useOpened } from './opened.ts';
import { t } from './text.ts';

/** Windows that the menu names; more are found in the list of profiles. */
const mostNamed = 8;

export function OpenedState() {
  const opened = useOpened();
  return (
    <Show when={opened.list().length > 0}>
      <div class="mx-3 mb-2 flex items-center gap-2 rounded-md bg-accent-soft pl-2.5 text-xs font-medium text-accent-text">
        <AppWindow class="size-3.5" aria-hidden="true" />
        <span class="grow tabular-nums" role="status">
          {t('opening.count', { count: opened.list().length })}
        </span>
        <Menu
          toRight
          label={t('opening.actions')}
          actions={[
            ...opened
              .list()
              .filter(({ headless }) => !headless)
              .slice(0, mostNamed)
              .map(({ profileId, name }) => ({
                id: profileId,
                label: t('opening.showNamed', { name }),
                icon: <AppWindow aria-hidden="true" />,
                run: () => void opened.show(profileId),
              })),
            {
              id: 'closeAll',
              label: t('opening.closeAll'),
              icon: <CircleX aria-hidden="true" />,
              run: () => void opened.closeAll(),
            },
          ]}
        />
      </div>
    </Show>
  );
}
