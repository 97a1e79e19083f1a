/** A box to tick, with a label that only screen readers meet when the row says the rest. */
import { createEffect } from 'solid-js';

interface CheckboxProps {
  readonly label: string;
  readonly checked: boolean;
  readonly indeterminate?: boolean;
  readonly onChecked: (checked: boolean, event: MouseEvent) => void;
  readonly tabIndex?: number;
}

export function Checkbox(props: CheckboxProps) {
  return (
    <input
      type="checkbox"
      class="size-4 shrink-0 rounded accent-(--accent)"
      aria-label={props.label}
      tabIndex={props.tabIndex}
      checked={props.checked}
      ref={(element) =>
        createEffect(() => {
          element.indeterminate = props.indeterminate ?? false;
        })
      }
      onClick={(event) => {
        event.stopPropagation();
        props.onChecked(event.currentTarget.checked, event);
      }}
    />
  );
}
