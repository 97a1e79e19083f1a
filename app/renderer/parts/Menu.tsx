/** A list of actions behind a button. */
import { Menu as Ark } from '@ark-ui/solid/menu';
import { EllipsisVertical } from 'lucide-solid';
import { createSignal, createUniqueId, For, type JSX, Show } from 'solid-js';
import { IconButton } from './Button.tsx';
import { PopupPortal } from './PopupPortal.tsx';

export interface MenuAction {
  readonly id: string;
  readonly label: string;
  readonly icon?: JSX.Element;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly run: () => void;
}

interface MenuProps {
  /** What the actions are about. */
  readonly label: string;
  readonly actions: readonly MenuAction[];
  readonly tabIndex?: number;
  /** Opens towards the right; the left is where menus at a row's end open. */
  readonly toRight?: boolean;
}

/** Only the button until it is asked for: a long list has one in each row that comes into view. */
export function Menu(props: MenuProps) {
  const id = createUniqueId();
  const [isOpen, setOpen] = createSignal(false);
  const [byKey, setByKey] = createSignal(false);
  let button: HTMLButtonElement | undefined;
  const open = (withKey: boolean) => {
    setByKey(withKey);
    setOpen(true);
  };
  const close = () => {
    setOpen(false);
    // Whoever closed it by looking elsewhere stays there.
    queueMicrotask(() => document.activeElement === document.body && button?.focus());
  };
  return (
    <>
      <IconButton
        id={id}
        ref={(element: HTMLButtonElement) => {
          button = element;
        }}
        label={props.label}
        tabIndex={props.tabIndex}
        aria-haspopup="menu"
        aria-expanded={isOpen()}
        // A press of Enter or Space is a click without a place.
        onClick={({ detail }) => (isOpen() ? close() : open(detail === 0))}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          open(true);
        }}
      >
        <EllipsisVertical aria-hidden="true" />
      </IconButton>
      <Show when={isOpen()}>
        <OpenMenu {...props} trigger={id} byKey={byKey()} onClose={close} />
      </Show>
    </>
  );
}

interface OpenMenuProps extends MenuProps {
  /** The id of the button that it belongs to. */
  readonly trigger: string;
  /** Opened from the keyboard: the first action is where the arrows begin. */
  readonly byKey: boolean;
  readonly onClose: () => void;
}

/** There from when it opens until it closes; it is put away here, not when an animation of it has ended. */
function OpenMenu(props: OpenMenuProps) {
  const first = props.byKey ? props.actions.find((action) => !action.disabled)?.id : undefined;
  return (
    <Ark.Root
      defaultOpen
      ids={{ trigger: props.trigger }}
      {...(first === undefined ? {} : { defaultHighlightedValue: first })}
      positioning={{ placement: props.toRight ? 'bottom-start' : 'bottom-end', strategy: 'fixed' }}
      onOpenChange={({ open }) => !open && props.onClose()}
      onSelect={({ value }) => props.actions.find((action) => action.id === value)?.run()}
    >
      <PopupPortal>
        <Ark.Positioner>
          <Ark.Content class="popup enter min-w-48 p-1">
            <For each={props.actions}>
              {(action) => (
                <Ark.Item
                  value={action.id}
                  disabled={action.disabled ?? false}
                  class={`popup-item [&_svg]:size-3.5 ${action.danger ? 'text-bad' : ''}`}
                >
                  <Show when={action.icon}>{action.icon}</Show>
                  {action.label}
                </Ark.Item>
              )}
            </For>
          </Ark.Content>
        </Ark.Positioner>
      </PopupPortal>
    </Ark.Root>
  );
}
