/** A window over the screen: in the middle for one question, at the side for a form beside its list. */
import { Dialog as Ark } from '@ark-ui/solid/dialog';
import { X } from 'lucide-solid';
import { createSignal, type JSX, Show } from 'solid-js';
import { Portal } from 'solid-js/web';
import { t } from '../shell/text.ts';
import { IconButton } from './Button.tsx';
import { PopupMount } from './PopupPortal.tsx';

interface DialogProps {
  readonly open: boolean;
  /** Called for Escape, the close button and a click outside. */
  readonly onClose: () => void;
  readonly title: string;
  readonly description?: JSX.Element;
  readonly side?: boolean;
  /** A Tailwind width class. */
  readonly width?: string;
  readonly role?: 'dialog' | 'alertdialog';
  readonly footer?: JSX.Element;
  readonly children?: JSX.Element;
}

const places = {
  middle: {
    positioner: 'items-start justify-center p-4 pt-[10vh]',
    content: 'max-h-[80vh] max-w-full rounded-xl border',
  },
  side: {
    positioner: 'items-stretch justify-end',
    content: 'enter-side h-full max-w-full border-l',
  },
};

/** What a person came for: the first field, not the close button. A dialog without one decides itself. */
const firstField = (content: HTMLElement | undefined): HTMLElement | null =>
  content?.querySelector<HTMLElement>('input:not([type=checkbox]), textarea, select') ?? null;

/** Made anew each time it opens: what is there already is hidden by a dialog that opened before it. */
export function Dialog(props: DialogProps) {
  return (
    <Show when={props.open}>
      <OpenDialog {...props} />
    </Show>
  );
}

function OpenDialog(props: DialogProps) {
  const [content, setContent] = createSignal<HTMLElement>();
  const place = () => places[props.side ? 'side' : 'middle'];
  return (
    <Ark.Root
      open
      onOpenChange={(details) => !details.open && props.onClose()}
      role={props.role ?? 'dialog'}
      initialFocusEl={() => firstField(content())}
    >
      <Portal>
        <Ark.Backdrop class="fixed inset-0 z-40 bg-scrim" />
        <Ark.Positioner class={`fixed inset-0 z-50 flex ${place().positioner}`}>
          <Ark.Content
            ref={setContent}
            class={`flex flex-col border-line bg-surface shadow-lift outline-none ${props.width ?? 'w-112'} ${place().content}`}
          >
            <PopupMount.Provider value={content}>
              <header class="flex items-start gap-3 px-5 pt-4 pb-3">
                <div class="min-w-0 grow">
                  <Ark.Title class="text-lg font-semibold break-words">{props.title}</Ark.Title>
                  <Show when={props.description}>
                    <Ark.Description class="mt-1 text-ink-2">{props.description}</Ark.Description>
                  </Show>
                </div>
                <Ark.CloseTrigger
                  asChild={(trigger) => (
                    <IconButton {...trigger()} label={t('common.close')}>
                      <X aria-hidden="true" />
                    </IconButton>
                  )}
                />
              </header>
              <Show when={props.children}>
                <div class="min-h-0 grow overflow-y-auto px-5 pt-1 pb-5">{props.children}</div>
              </Show>
              <Show when={props.footer}>
                <footer class="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
                  {props.footer}
                </footer>
              </Show>
            </PopupMount.Provider>
          </Ark.Content>
        </Ark.Positioner>
      </Portal>
    </Ark.Root>
  );
}
