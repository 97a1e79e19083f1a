/** Why a workflow file was not taken. */
import { Show } from 'solid-js';
import type { Failure } from '../../../../workspace/model/failure.ts';
import { Button } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { FailureNotice } from '../../parts/Notice.tsx';
import { t } from '../../shell/text.ts';

interface ImportProblemProps {
  readonly failure: Failure | null;
  readonly onClose: () => void;
}

export function ImportProblem(props: ImportProblemProps) {
  return (
    <Dialog
      open={props.failure !== null}
      onClose={props.onClose}
      title={t('workflows.importRefused')}
      footer={
        <Button look="primary" onClick={props.onClose}>
          {t('common.close')}
        </Button>
      }
    >
      <Show when={props.failure}>{(failure) => <FailureNotice failure={failure()} />}</Show>
    </Dialog>
  );
}
