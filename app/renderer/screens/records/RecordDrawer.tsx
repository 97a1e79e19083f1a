/** Adds or edits one record beside its list. */
import { History, Trash2 } from 'lucide-solid';
import { createSignal, createUniqueId, type JSX, Show } from 'solid-js';
import type { RecordKindName } from '../../../../workspace/model/record.ts';
import { Button } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { Menu, type MenuAction } from '../../parts/Menu.tsx';
import { FailureNotice } from '../../parts/Notice.tsx';
import { t } from '../../shell/text.ts';
import { HistoryDialog, type Recorded } from '../history/HistoryDialog.tsx';
import type { NamedRow } from './RecordRow.tsx';
import type { Editing, RecordDraft } from './recordDraft.ts';

interface RecordDrawerProps<Stored extends NamedRow, Draft> {
  readonly kind: RecordKindName;
  readonly editing: Editing<NamedRow> | null;
  readonly form: RecordDraft<Stored, Draft>;
  readonly newTitle: string;
  /** Until the name has come. */
  readonly editTitle: string;
  /** What can be done with it besides looking at its history and removing it. */
  readonly actions?: (stored: Stored) => readonly MenuAction[];
  readonly onClose: () => void;
  readonly onRemove: (id: string, name: string) => void;
  /** The fields. */
  readonly children: JSX.Element;
}

export function RecordDrawer<Stored extends NamedRow, Draft>(
  props: RecordDrawerProps<Stored, Draft>,
) {
  const formId = createUniqueId();
  const [historyOf, setHistoryOf] = createSignal<Recorded | null>(null);
  const title = () =>
    props.editing?.id
      ? (props.form.stored()?.name ?? props.editing.row?.name ?? props.editTitle)
      : props.newTitle;
  return (
    <>
      <Dialog
        side
        open={props.editing !== null}
        onClose={props.onClose}
        title={title()}
        width="w-120"
        footer={
          <>
            <Show when={props.form.stored()}>
              {(stored) => (
                <div class="mr-auto">
                  <Menu
                    toRight
                    label={t('profiles.actionsFor', { name: stored().name })}
                    actions={[
                      ...(props.actions?.(stored()) ?? []),
                      {
                        id: 'history',
                        label: t('history.open'),
                        icon: <History aria-hidden="true" />,
                        run: () => setHistoryOf({ kind: props.kind, id: stored().id }),
                      },
                      {
                        id: 'remove',
                        label: t('common.remove'),
                        icon: <Trash2 aria-hidden="true" />,
                        danger: true,
                        run: () => props.onRemove(stored().id, stored().name),
                      },
                    ]}
                  />
                </div>
              )}
            </Show>
            <Button onClick={props.onClose}>{t('common.cancel')}</Button>
            <Button
              type="submit"
              form={formId}
              look="primary"
              busy={props.form.busy()}
              disabled={props.editing?.id !== null && !props.form.stored()}
            >
              {t('common.save')}
            </Button>
          </>
        }
      >
        <form
          id={formId}
          class="flex flex-col gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            void props.form.save();
          }}
        >
          <Show when={props.form.failure()}>{(shown) => <FailureNotice failure={shown()} />}</Show>
          {props.children}
        </form>
      </Dialog>
      <HistoryDialog
        record={historyOf()}
        onClose={() => setHistoryOf(null)}
        onRestored={props.form.reload}
      />
    </>
  );
}
