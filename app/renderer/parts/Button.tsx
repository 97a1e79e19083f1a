/** Buttons: one primary a view, secondary for the rest, plain inside bars, danger for what can not be undone. */
import { LoaderCircle } from 'lucide-solid';
import { type ComponentProps, Show, splitProps } from 'solid-js';

export type ButtonLook = 'primary' | 'secondary' | 'plain' | 'danger';

const looks: Record<ButtonLook, string> = {
  primary: 'bg-accent text-on-accent border-transparent hover:bg-accent-hover',
  secondary: 'bg-surface text-ink border-line-strong hover:bg-hover',
  plain: 'bg-transparent text-ink-2 border-transparent hover:bg-hover hover:text-ink',
  danger: 'bg-bad text-on-bad border-transparent hover:bg-bad-hover',
};

const base =
  'inline-flex items-center justify-center gap-1.5 rounded-md border font-medium whitespace-nowrap select-none transition-colors duration-100 disabled:opacity-50 disabled:pointer-events-none';

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: ButtonLook;
  readonly small?: boolean;
  /** Shows that the work has begun and takes no further click. */
  readonly busy?: boolean;
}

export function Button(props: ButtonProps) {
  const [own, rest] = splitProps(props, ['look', 'small', 'busy', 'class', 'disabled', 'children']);
  return (
    <button
      type="button"
      {...rest}
      disabled={own.disabled || own.busy}
      aria-busy={own.busy || undefined}
      class={`${base} ${looks[own.look ?? 'secondary']} ${own.small ? 'h-7 px-2.5' : 'h-8 px-3'} ${own.class ?? ''}`}
    >
      <Show when={own.busy}>
        <LoaderCircle class="size-3.5 animate-spin" aria-hidden="true" />
      </Show>
      {own.children}
    </button>
  );
}

interface IconButtonProps extends ComponentProps<'button'> {
  /** What it does, for screen readers and as a tooltip. */
  readonly label: string;
  /** The key that does the same, shown in the tooltip. */
  readonly keys?: string;
}

export function IconButton(props: IconButtonProps) {
  const [own, rest] = splitProps(props, ['label', 'keys', 'class']);
  return (
    <button
      type="button"
      {...rest}
      aria-label={own.label}
      title={own.keys ? `${own.label} (${own.keys})` : own.label}
      class={`inline-flex size-7 shrink-0 items-center justify-center rounded-md text-ink-3 transition-colors duration-100 hover:bg-hover hover:text-ink disabled:pointer-events-none disabled:opacity-40 [&_svg]:size-4 ${own.class ?? ''}`}
    />
  );
}
