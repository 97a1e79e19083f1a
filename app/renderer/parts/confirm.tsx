/** Asks before something that can not be taken back. One question at a time, for the whole window. */
import { createSignal } from 'solid-js';
import { t } from '../shell/text.ts';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';

interface Question {
  readonly title: string;
  readonly text: string;
  /** What the button does: "Remove", "Leave". */
  readonly action: string;
}

const [question, setQuestion] = createSignal<Question | null>(null);
let answer: ((yes: boolean) => void) | null = null;

export function confirm(asked: Question): Promise<boolean> {
  answer?.(false);
  setQuestion(asked);
  return new Promise((resolve) => {
    answer = resolve;
  });
}

function close(yes: boolean): void {
  setQuestion(null);
  answer?.(yes);
  answer = null;
}

/** Answers a question that is still open with no. */
export const closeConfirm = (): void => close(false);

export function ConfirmDialog() {
  return (
    <Dialog
      open={question() !== null}
      onClose={() => close(false)}
      role="alertdialog"
      title={question()?.title ?? ''}
      description={question()?.text ?? ''}
      footer={
        <>
          <Button onClick={() => close(false)}>{t('common.cancel')}</Button>
          <Button look="danger" onClick={() => close(true)}>
            {question()?.action}
          </Button>
        </>
      }
    />
  );
}
