/** Short messages about things that are done, and about refusals that have no better place. */
import { createToaster, Toast, Toaster } from '@ark-ui/solid/toast';
import { CircleAlert, CircleCheck, X } from 'lucide-solid';
import { Show } from 'solid-js';
import type { Failure } from '../../../workspace/model/failure.ts';
import { explain, t } from './text.ts';

const toaster = createToaster({ placement: 'bottom', gap: 8, offsets: '16px' });

interface DoneMore {
  /** What else there is to know. */
  readonly detail?: string;
  /** A way back, say. */
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** What has more to read or to press stays longer. */
export function tellDone(title: string, { detail, action }: DoneMore = {}): void {
  toaster.create({
    title,
    type: 'success',
    duration: detail || action ? 10_000 : 3_500,
    ...(detail ? { description: detail } : {}),
    ...(action ? { action: { label: action.label, onClick: action.run } } : {}),
  });
}

export function tellFailure(failure: Failure): void {
  const text = explain(failure);
  tellProblem(text.title, [...text.details.slice(0, 3), text.advice].join('\n'));
}

/** Something that did not work although nobody refused it. */
export function tellProblem(title: string, description: string): void {
  toaster.create({ title, description, type: 'error', duration: 10_000 });
}

/** Nothing that names what is in the vault may outlast its locking. */
export const clearToasts = (): void => toaster.remove();

export function Toasts() {
  return (
    <Toaster toaster={toaster}>
      {(toast) => (
        <Toast.Root class="popup flex w-88 max-w-[calc(100vw-2rem)] items-start gap-2.5 p-3 [translate:var(--x)_var(--y)] transition-[translate,opacity] duration-150 data-[state=closed]:opacity-0">
          <Show
            when={toast().type === 'error'}
            fallback={<CircleCheck class="mt-0.5 size-4 shrink-0 text-good" aria-hidden="true" />}
          >
            <CircleAlert class="mt-0.5 size-4 shrink-0 text-bad" aria-hidden="true" />
          </Show>
          <div class="min-w-0 grow">
            <Toast.Title class="font-medium">{toast().title}</Toast.Title>
            <Show when={toast().description}>
              <Toast.Description class="mt-0.5 break-words whitespace-pre-line text-ink-2">
                {toast().description}
              </Toast.Description>
            </Show>
          </div>
          <Show when={toast().action}>
            {(action) => (
              <Toast.ActionTrigger class="-my-0.5 rounded px-1.5 py-0.5 font-medium text-accent-text hover:bg-hover">
                {action().label}
              </Toast.ActionTrigger>
            )}
          </Show>
          <Toast.CloseTrigger
            class="rounded p-0.5 text-ink-3 hover:bg-hover hover:text-ink"
            aria-label={t('common.close')}
          >
            <X class="size-3.5" aria-hidden="true" />
          </Toast.CloseTrigger>
        </Toast.Root>
      )}
    </Toaster>
  );
}
