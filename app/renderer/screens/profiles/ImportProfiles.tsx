/** Where profiles come in from files: made anew each time, so that nothing of the last file is left. */
import { Show } from 'solid-js';
import { ImportWizard } from './import/ImportWizard.tsx';

export function ImportProfiles(props: { readonly open: boolean; readonly onClose: () => void }) {
  return (
    <Show when={props.open}>
      <ImportWizard onClose={props.onClose} />
    </Show>
  );
}
