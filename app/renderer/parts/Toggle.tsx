/** On or off, in effect at once. */
import { Switch } from '@ark-ui/solid/switch';
import { type JSX, Show } from 'solid-js';

interface ToggleProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChecked: (checked: boolean) => void;
  readonly hint?: JSX.Element;
}

export function Toggle(props: ToggleProps) {
  return (
    <Switch.Root
      class="flex items-start gap-2.5"
      checked={props.checked}
      onCheckedChange={(details) => props.onChecked(details.checked)}
    >
      <Switch.Control class="mt-0.5 flex h-4 w-7 shrink-0 items-center rounded-full bg-idle-fill p-0.5 transition-colors duration-100 data-[focus-visible]:outline-2 data-[focus-visible]:outline-offset-2 data-[focus-visible]:outline-accent data-[state=checked]:bg-accent">
        <Switch.Thumb class="size-3 rounded-full bg-surface transition-transform duration-100 data-[state=checked]:translate-x-3" />
      </Switch.Control>
      <span class="min-w-0">
        <Switch.Label class="block font-medium text-ink-2">{props.label}</Switch.Label>
        <Show when={props.hint}>
          <span class="block text-xs text-ink-3">{props.hint}</span>
        </Show>
      </span>
      <Switch.HiddenInput />
    </Switch.Root>
  );
}
