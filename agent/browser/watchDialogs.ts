/** Dialogs would hold the page, and with it the workflow, until somebody answers. */
import type { BrowserContext, Dialog } from 'playwright-core';
import type { Watcher } from './watcher.ts';

export function watchDialogs(context: BrowserContext, watcher: Watcher): void {
  context.on('dialog', (dialog) => {
    const text = dialog.message();
    watcher.note('dialogDismissed', text ? `${dialog.type()}: ${text}` : dialog.type());
    answer(dialog).catch(() => {
      // The page has gone and the dialog with it, which is what was wanted.
    });
  });
}

/** "Leave this page?" is answered with yes: the workflow has asked to leave. */
function answer(dialog: Dialog): Promise<void> {
  return dialog.type() === 'beforeunload' ? dialog.accept() : dialog.dismiss();
}
