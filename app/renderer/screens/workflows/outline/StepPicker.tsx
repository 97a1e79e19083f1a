/** The kinds of steps to add, by group, found by typing. */
import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import type { StepKind } from '../../../../ipc/contract.ts';
import { Dialog } from '../../../parts/Dialog.tsx';
import { matchesWords } from '../../../shell/match.ts';
import { t } from '../../../shell/text.ts';
import { kindSummary, kindTitle } from '../catalogue.ts';
import { KindIcon } from '../KindIcon.tsx';

interface StepPickerProps {
  readonly open: boolean;
  readonly kinds: readonly StepKind[];
  readonly onClose: () => void;
  readonly onPick: (kind: StepKind) => void;
}

const groups = ['page', 'input', 'wait', 'data', 'flow', 'outside'] as const;

export function StepPicker(props: StepPickerProps) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t('workflow.addStep')} width="w-160">
      <PickerBody kinds={props.kinds} onPick={props.onPick} />
    </Dialog>
  );
}

function PickerBody(props: Pick<StepPickerProps, 'kinds' | 'onPick'>) {
  const [typed, setTyped] = createSignal('');
  const [active, setActive] = createSignal(0);
  const found = createMemo(() =>
    groups.flatMap((group) =>
      props.kinds.filter(
        (kind) =>
          kind.group === group &&
          matchesWords(`${kindTitle(kind.type)} ${kind.type} ${kindSummary(kind.type)}`, typed()),
      ),
    ),
  );
  createEffect(on(typed, () => setActive(0), { defer: true }));
  const keyed = (event: KeyboardEvent) => {
    const count = found().length;
    const picked = found()[active()];
    if (event.key === 'ArrowDown') setActive((at) => Math.min(count - 1, at + 1));
    else if (event.key === 'ArrowUp') setActive((at) => Math.max(0, at - 1));
    else if (event.key === 'Enter' && picked) props.onPick(picked);
    else return;
    event.preventDefault();
  };
  return (
    <div class="flex flex-col gap-4">
      <input
        ref={(element) => queueMicrotask(() => element.focus())}
        type="search"
        class="control"
        aria-label={t('picker.find')}
        placeholder={t('picker.find')}
        value={typed()}
        onInput={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={keyed}
      />
      <Show when={found().length === 0}>
        <p class="text-ink-3">{t('common.nothingFound')}</p>
      </Show>
      <For each={groups}>
        {(group) => {
          const kinds = () => found().filter((kind) => kind.group === group);
          return (
            <Show when={kinds().length > 0}>
              <section>
                <h3 class="mb-1.5 text-xs font-semibold text-ink-3">
                  {t(`picker.group.${group}`)}
                </h3>
                <ul class="grid grid-cols-2 gap-1.5">
                  <For each={kinds()}>
                    {(kind) => (
                      <li>
                        <KindButton
                          kind={kind}
                          active={found()[active()] === kind}
                          onPick={() => props.onPick(kind)}
                        />
                      </li>
                    )}
                  </For>
                </ul>
              </section>
            </Show>
          );
        }}
      </For>
    </div>
  );
}

interface KindButtonProps {
  readonly kind: StepKind;
  readonly active: boolean;
  readonly onPick: () => void;
}

function KindButton(props: KindButtonProps) {
  return (
    <button
      type="button"
      aria-label={kindTitle(props.kind.type)}
      class={`flex h-full w-full items-start gap-2.5 rounded-lg border p-2.5 text-left transition-colors duration-75 hover:border-line-strong hover:bg-hover ${props.active ? 'border-accent-line bg-accent-soft' : 'border-line'}`}
      onClick={props.onPick}
    >
      <KindIcon type={props.kind.type} />
      <span class="min-w-0">
        <span class="block font-medium">{kindTitle(props.kind.type)}</span>
        <span class="block text-xs text-ink-3">{kindSummary(props.kind.type)}</span>
      </span>
    </button>
  );
}
