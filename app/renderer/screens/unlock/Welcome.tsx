/** The first page a person sees: what Warren keeps, and where. */
import { HardDrive, KeyRound, WifiOff } from 'lucide-solid';
import { type ComponentProps, For } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { Button } from '../../parts/Button.tsx';
import { t } from '../../shell/text.ts';
import { GatePage } from './GatePage.tsx';

const promises = [
  { icon: HardDrive, title: 'welcome.local.title', text: 'welcome.local.text' },
  { icon: KeyRound, title: 'welcome.key.title', text: 'welcome.key.text' },
  { icon: WifiOff, title: 'welcome.offline.title', text: 'welcome.offline.text' },
] as const;

interface WelcomeProps {
  readonly dir: string;
  readonly progress: NonNullable<ComponentProps<typeof GatePage>['progress']>;
  readonly onNext: () => void;
  readonly onJoin: () => void;
  readonly onRecover: () => void;
}

export function Welcome(props: WelcomeProps) {
  return (
    <GatePage
      title={t('welcome.title')}
      text={t('welcome.text')}
      progress={props.progress}
      foot={t('unlock.vaultAt', { dir: props.dir })}
    >
      <ul class="mb-6 flex flex-col gap-4">
        <For each={promises}>
          {(one) => (
            <li class="flex gap-3">
              <span class="flex size-8 shrink-0 items-center justify-center rounded-lg bg-accent-soft text-accent-text">
                <Dynamic component={one.icon} class="size-4" aria-hidden="true" />
              </span>
              <div>
                <p class="font-semibold">{t(one.title)}</p>
                <p class="text-ink-2">{t(one.text)}</p>
              </div>
            </li>
          )}
        </For>
      </ul>
      <Button
        look="primary"
        class="h-9 w-full"
        ref={(element) => queueMicrotask(() => element.focus())}
        onClick={props.onNext}
      >
        {t('welcome.action')}
      </Button>
      <div class="mt-3 flex flex-wrap justify-center gap-1">
        <Button look="plain" small onClick={props.onJoin}>
          {t('join.link')}
        </Button>
        <Button look="plain" small onClick={props.onRecover}>
          {t('join.recoverLink')}
        </Button>
      </div>
    </GatePage>
  );
}
