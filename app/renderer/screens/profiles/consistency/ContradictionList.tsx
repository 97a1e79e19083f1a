/** What does not go together, each with a sentence and, where one click ends it, that click. */
import { CircleCheck } from 'lucide-solid';
import { For, Show } from 'solid-js';
import type {
  Contradiction,
  Fix,
} from '../../../../../workspace/model/consistency/contradiction.ts';
import { contradictionText } from '../../../../text/contradictions.ts';
import { Button } from '../../../parts/Button.tsx';
import { Chip } from '../../../parts/Chip.tsx';
import { locale, t, tOr } from '../../../shell/text.ts';

interface ContradictionListProps {
  readonly found: readonly Contradiction[];
  readonly canFix: (fix: Fix) => boolean;
  readonly onFix: (fix: Fix) => void;
}

const tones = { severe: 'bad', odd: 'warn', plain: 'plain' } as const;

export function ContradictionList(props: ContradictionListProps) {
  return (
    <Show
      when={props.found.length > 0}
      fallback={
        <p class="flex items-center gap-1.5 text-ink-2">
          <CircleCheck class="size-4 text-good" aria-hidden="true" />
          {t('consistency.none')}
        </p>
      }
    >
      <ul class="flex flex-col" aria-label={t('consistency.found')}>
        <For each={props.found}>
          {(one) => (
            <li class="flex flex-col items-start gap-1 border-b border-line py-2 first:border-t">
              <span class="flex items-center gap-2">
                <Chip tone={tones[one.severity]}>{t(`severity.${one.severity}`)}</Chip>
                <span class="text-xs text-ink-3">
                  {tOr(`history.field.${one.field}`, one.field)}
                </span>
              </span>
              <p class="break-words">{contradictionText(locale(), one)}</p>
              <Show when={one.fix && props.canFix(one.fix) ? one.fix : null}>
                {(fix) => (
                  <Button small onClick={() => props.onFix(fix())}>
                    {t(`fix.${fix()}`)}
                  </Button>
                )}
              </Show>
            </li>
          )}
        </For>
      </ul>
    </Show>
  );
}
