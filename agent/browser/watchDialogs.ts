/** Dialogs would hold the page, and with it the workflow, until somebody answers. */
import type { BrowserContext, Dialog } from 'playwright-core';
import type { DialogAnswer } from '../steps/definition.ts';
import type { Watcher } from './watcher.ts';

export interface Dialogs {
  /** Of the next one; without it, and after it, they are dismissed. */
  answerNext(answer: DialogAnswer): void;
}

export function watchDialogs(context: BrowserContext, watcher: Watcher): Dialogs {
  let next: DialogAnswer | null = null;
  context.on('dialog', (dialog) => {
    // Leaving a page is not what was said to be coming.
    const planned = dialog.type() === 'beforeunload' ? null : next;
    if (planned) next = null;
    const text = dialog.message();
    const note = planned?.accept ? 'dialogAccepted' : 'dialogDismissed';
    watcher.note(note, text ? `${dialog.type()}: ${text}` : dialog.type());
    answer(dialog, planned).catch(() => {
      // The page has gone and the dialog with it, which is what was wanted.
    });
  });
  return {
    answerNext(answer) {
      next = answer;
    },
  };
}

/** "Leave this page?" is answered with yes: the workflow has asked to leave. */
function answer(dialog: Dialog, planned: DialogAnswer | null): Promise<void> {
  if (planned?.accept) return dialog.accept(planned.promptText);
  return dialog.type() === 'beforeunload' ? dialog.accept() : dialog.dismiss();
}
