/** Adds or edits one profile beside the list. */
import { Cookie, FileUp, History, Trash2 } from 'lucide-solid';
import { createEffect, createSignal, on, Show } from 'solid-js';
import { createStore, reconcile, unwrap } from 'solid-js/store';
import type { Failure } from '../../../../workspace/model/failure.ts';
import type { Profile, ProfileInput, ProfileRow } from '../../../../workspace/model/profile.ts';
import { Button } from '../../parts/Button.tsx';
import { confirm } from '../../parts/confirm.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { Menu } from '../../parts/Menu.tsx';
import { FailureNotice } from '../../parts/Notice.tsx';
import { useHost } from '../../shell/connection.ts';
import type { PagedRows } from '../../shell/pagedRows.ts';
import { t } from '../../shell/text.ts';
import { tellDone, tellFailure } from '../../shell/toasts.tsx';
import { HistoryDialog, type Recorded } from '../history/HistoryDialog.tsx';
import { ProfileForm } from './ProfileForm.tsx';
import { changedFields, emptyProfile, fieldProblems } from './profileDraft.ts';
import { UseElsewhere } from './UseElsewhere.tsx';

export interface Editing {
  /** Null for a new profile. */
  readonly id: string | null;
  /** Its row, where the list has it; shown until the whole profile has come. */
  readonly row?: ProfileRow;
}

interface ProfileDrawerProps {
  readonly editing: Editing | null;
  readonly list: PagedRows<ProfileRow>;
  readonly onClose: () => void;
  readonly onRemove: (id: string, name: string) => void;
  readonly onExport: (id: string) => void;
}

export function ProfileDrawer(props: ProfileDrawerProps) {
  const host = useHost();
  const [draft, setDraft] = createStore<ProfileInput>(emptyProfile());
  const [stored, setStored] = createSignal<Profile | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [busy, setBusy] = createSignal(false);
  const [historyOf, setHistoryOf] = createSignal<Recorded | null>(null);

  createEffect(
    on(
      () => props.editing,
      async (editing) => {
        if (!editing) return;
        setFailure(null);
        setStored(null);
        setDraft(reconcile(emptyProfile()));
        await load(editing);
      },
    ),
  );

  async function load(editing: Editing): Promise<void> {
    if (!editing.id) return;
    const answer = await host.call('profiles.get', { profile: editing.id });
    if (props.editing !== editing) return;
    if (!answer.ok) return void setFailure(answer.failure);
    const { id: _id, createdAt: _createdAt, updatedAt: _updatedAt, ...input } = answer.value;
    setStored(answer.value);
    setDraft(reconcile(input));
  }

  const save = async (event: SubmitEvent) => {
    event.preventDefault();
    const before = stored();
    setBusy(true);
    const refused = before ? await saveEdit(before) : await saveNew();
    setBusy(false);
    setFailure(refused);
    if (!refused) props.onClose();
  };

  const saveNew = async (): Promise<Failure | null> => {
    const answer = await host.call('profiles.add', { input: structuredClone(unwrap(draft)) });
    if (!answer.ok) return answer.failure;
    tellDone(t('profiles.added', { name: answer.value.name }));
    return null;
  };

  const saveEdit = async (before: Profile): Promise<Failure | null> => {
    const patch = changedFields(before, unwrap(draft));
    if (Object.keys(patch).length === 0) return null;
    const undo = props.list.assume((rows) =>
      rows.map((row) =>
        row.id === before.id
          ? {
              ...row,
              name: draft.name,
              tags: draft.tags,
              locale: draft.locale,
              timeZone: draft.timeZone,
            }
          : row,
      ),
    );
    const answer = await host.call('profiles.edit', { profile: before.id, patch });
    if (answer.ok) return null;
    undo();
    return answer.failure;
  };

  const clearSession = async (profile: Profile) => {
    const sure = await confirm({
      title: t('profiles.clearSession.title', { name: profile.name }),
      text: t('profiles.clearSession.text'),
      action: t('profiles.clearSession'),
    });
    if (!sure) return;
    const answer = await host.call('profiles.clearSession', { profile: profile.id });
    if (answer.ok) tellDone(t('profiles.sessionCleared'));
    else tellFailure(answer.failure);
  };

  const title = () =>
    props.editing?.id
      ? (stored()?.name ?? props.editing.row?.name ?? t('profiles.edit'))
      : t('profiles.new');
  const otherFailure = () => {
    const shown = failure();
    return shown && fieldProblems(shown).general ? shown : null;
  };

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
            <Show when={stored()}>
              {(profile) => (
                <div class="mr-auto">
                  <Menu
                    toRight
                    label={t('profiles.actionsFor', { name: profile().name })}
                    actions={[
                      {
                        id: 'export',
                        label: t('common.export'),
                        icon: <FileUp aria-hidden="true" />,
                        run: () => props.onExport(profile().id),
                      },
                      {
                        id: 'history',
                        label: t('history.open'),
                        icon: <History aria-hidden="true" />,
                        run: () => setHistoryOf({ kind: 'profile', id: profile().id }),
                      },
                      {
                        id: 'clear',
                        label: t('profiles.clearSession'),
                        icon: <Cookie aria-hidden="true" />,
                        run: () => void clearSession(profile()),
                      },
                      {
                        id: 'remove',
                        label: t('common.remove'),
                        icon: <Trash2 aria-hidden="true" />,
                        danger: true,
                        run: () => props.onRemove(profile().id, profile().name),
                      },
                    ]}
                  />
                </div>
              )}
            </Show>
            <Button onClick={props.onClose}>{t('common.cancel')}</Button>
            <Button
              type="submit"
              form="profile-form"
              look="primary"
              busy={busy()}
              disabled={props.editing?.id !== null && !stored()}
            >
              {t('common.save')}
            </Button>
          </>
        }
      >
        <form id="profile-form" class="flex flex-col gap-5" onSubmit={save}>
          <Show when={otherFailure()}>{(shown) => <FailureNotice failure={shown()} />}</Show>
          <Show when={stored()?.id}>{(id) => <UseElsewhere profile={id()} />}</Show>
          <ProfileForm
            draft={draft}
            onChange={(patch) => {
              setDraft((before) => ({ ...before, ...patch }) as ProfileInput);
              setFailure(null);
            }}
            problems={fieldProblems(failure()).byField}
          />
        </form>
      </Dialog>
      <HistoryDialog
        record={historyOf()}
        onClose={() => setHistoryOf(null)}
        onRestored={() => props.editing && void load(props.editing)}
      />
    </>
  );
}
