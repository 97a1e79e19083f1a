/** Asks for a name. */
import { createSignal } from 'solid-js';
import { t } from '../shell/text.ts';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { TextField } from './TextField.tsx';

interface NameDialogProps {
  readonly title: string;
  readonly label: string;
  readonly value: string;
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}

export function NameDialog(props: NameDialogProps) {
  // The name as it was when the dialog opened; typing goes on from there.
  const [name, setName] = createSignal(props.value);
  return (
    <Dialog
      open
      title={props.title}
      onClose={props.onClose}
      footer={
        <>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
          <Button look="primary" type="submit" form="name-form" disabled={name().trim() === ''}>
            {t('common.save')}
          </Button>
        </>
      }
    >
      <form
        id="name-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (name().trim() !== '') props.onName(name().trim());
        }}
      >
        <TextField
          label={props.label}
          value={name()}
          onValue={setName}
          input={{ maxlength: 60, required: true }}
        />
      </form>
    </Dialog>
  );
}
