/**
 * Where menus and lists of choices are put: at the end of the dialog they belong to, since everything
 * outside of an open dialog is hidden from screen readers, else at the end of the page.
 */
import { type Accessor, createContext, type JSX, Show, useContext } from 'solid-js';
import { Portal } from 'solid-js/web';

export const PopupMount = createContext<Accessor<HTMLElement | undefined>>();

export function PopupPortal(props: { readonly children: JSX.Element }) {
  const inDialog = useContext(PopupMount);
  return (
    <Show when={inDialog?.()} fallback={<Portal>{props.children}</Portal>}>
      {(mount) => <Portal mount={mount()}>{props.children}</Portal>}
    </Show>
  );
}
