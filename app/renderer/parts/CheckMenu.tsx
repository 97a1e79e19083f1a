/** Things to have or not, behind a button; it stays open while they are ticked. */
import { Menu as Ark } from '@ark-ui/solid/menu';
import { Check } from 'lucide-solid';
import { For, type JSX } from 'solid-js';
import { IconButton } from './Button.tsx';
import { PopupPortal } from './PopupPortal.tsx';

interface CheckMenuProps {
  readonly label: string;
  readonly icon: JSX.Element;
  readonly items: readonly {
    readonly id: string;
    readonly label: string;
    readonly checked: boolean;
  }[];
  readonly onToggle: (id: string) => void;
}

export function CheckMenu(props: CheckMenuProps) {
  return (
    <Ark.Root
      lazyMount
      unmountOnExit
      closeOnSelect={false}
      positioning={{ placement: 'bottom-end', strategy: 'fixed' }}
    >
      <Ark.Trigger
        asChild={(trigger) => (
          <IconButton {...trigger()} label={props.label}>
            {props.icon}
          </IconButton>
        )}
      />
      <PopupPortal>
        <Ark.Positioner>
          <Ark.Content class="popup enter min-w-48 p-1">
            <For each={props.items}>
              {(item) => (
                <Ark.CheckboxItem
                  value={item.id}
                  checked={item.checked}
                  onCheckedChange={() => props.onToggle(item.id)}
                  class="popup-item"
                >
                  <Ark.ItemText class="grow">{item.label}</Ark.ItemText>
                  <Ark.ItemIndicator>
                    <Check class="size-3.5 text-accent-text" aria-hidden="true" />
                  </Ark.ItemIndicator>
                </Ark.CheckboxItem>
              )}
            </For>
          </Ark.Content>
        </Ark.Positioner>
      </PopupPortal>
    </Ark.Root>
  );
}
