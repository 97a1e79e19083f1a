/** A list of actions behind a button. */
import { Menu as Ark, useMenu } from '@ark-ui/solid/menu';
import { EllipsisVertical } from 'lucide-solid';
import { createSignal, For, type JSX, onMount, Show } from 'solid-js';
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

/**
 * Only the button until it is asked for: a long list has one in each row that comes into view, and what
 * opens behind it takes longer to make than the row.
 */
export function Menu(props: MenuProps) {
  const [asked, setAsked] = createSignal(false);
  return (
    <Show
      when={asked()}
      fallback={
        <IconButton
          label={props.label}
          tabIndex={props.tabIndex}
          aria-haspopup="menu"
          aria-expanded={false}
          onClick={() => setAsked(true)}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            setAsked(true);
          }}
        >
          <EllipsisVertical aria-hidden="true" />
        </IconButton>
      }
    >
      <OpenedMenu {...props} />
    </Show>
  );
}

function OpenedMenu(props: MenuProps) {
  let trigger: HTMLButtonElement | undefined;
  const menu = useMenu({
    positioning: { placement: props.toRight ? 'bottom-start' : 'bottom-end', strategy: 'fixed' },
    onOpenChange: ({ open }) => {
      // A menu that closes as soon as it has opened leaves the focus nowhere.
      const giveBack = () => document.activeElement === document.body && trigger?.focus();
      if (!open) setTimeout(giveBack, 50);
    },
    onSelect: ({ value }) => props.actions.find((action) => action.id === value)?.run(),
  });
  // Opened once it is there: one that begins open is not taken away when it closes. Later than the click that
  // asked for it, which would count as one beside it.
  onMount(() => {
    // It stands where the button was that had the focus, and is given it back when the menu closes.
    trigger?.focus();
    requestAnimationFrame(() => menu.api().setOpen(true));
  });
  return (
    <Ark.RootProvider value={menu} lazyMount unmountOnExit>
      <Ark.Trigger
        asChild={(part) => (
          <IconButton
            {...part()}
            ref={(element: HTMLButtonElement) => {
              trigger = element;
            }}
            label={props.label}
            tabIndex={props.tabIndex}
          >
            <EllipsisVertical aria-hidden="true" />
          </IconButton>
        )}
      />
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
    </Ark.RootProvider>
  );
}
