/** Adds or edits one profile beside the list. */
import { BookTemplate, Cookie, FileUp } from 'lucide-solid';
import { createEffect, createSignal, on, Show } from 'solid-js';
import type { Failure } from '../../../../workspace/model/failure.ts';
import type { Profile, ProfileInput, ProfileRow } from '../../../../workspace/model/profile.ts';
import { confirm } from '../../parts/confirm.tsx';
import { NameDialog } from '../../parts/NameDialog.tsx';
import { useHost } from '../../shell/connection.ts';
import type { PagedRows } from '../../shell/pagedRows.ts';
import { t } from '../../shell/text.ts';
import { tellDone, tellFailure } from '../../shell/toasts.tsx';
import { changedFields } from '../records/changes.ts';
import { RecordDrawer } from '../records/RecordDrawer.tsx';
import { createRecordDraft, type Editing } from '../records/recordDraft.ts';
import { ConsistencyPart } from './consistency/ConsistencyPart.tsx';
import { ProfileForm } from './form/ProfileForm.tsx';
import { emptyProfile, profileDraft } from './form/profileDraft.ts';
import { ProfileRuns } from './ProfileRuns.tsx';
import { type ProfileTab, ProfileTabs } from './ProfileTabs.tsx';
import { SessionPart } from './session/SessionPart.tsx';
import { NewProfileFields } from './templates/NewProfileFields.tsx';
import { UseElsewhere } from './UseElsewhere.tsx';

interface ProfileDrawerProps {
  readonly editing: Editing<ProfileRow> | null;
  readonly list: PagedRows<ProfileRow>;
  readonly onClose: () => void;
  readonly onRemove: (id: string, name: string) => void;
  readonly onExport: (id: string) => void;
}

export function ProfileDrawer(props: ProfileDrawerProps) {
  const host = useHost();
  const [tab, setTab] = createSignal<ProfileTab>('profile');
  const [template, setTemplate] = createSignal('');
  const [count, setCount] = createSignal(1);
  const [keeping, setKeeping] = createSignal<Profile | null>(null);

  const add = async (input: ProfileInput): Promise<Failure | null> => {
    if (count() > 1) {
      const many = await host.call('profiles.addMany', { input, count: count() });
      if (!many.ok) return many.failure;
      tellDone(t('profiles.addedMany', { count: many.value.added }));
      return null;
    }
    const answer = await host.call('profiles.add', { input });
    if (!answer.ok) return answer.failure;
    tellDone(t('profiles.added', { name: answer.value.name }));
    return null;
  };

  const edit = async (before: Profile, input: ProfileInput): Promise<Failure | null> => {
    const patch = changedFields(profileDraft(before), input);
    if (Object.keys(patch).length === 0) return null;
    const { name, tags, group, color, number, locale, timeZone, proxyId, proxyPool } = input;
    const undo = props.list.assume((rows) =>
      rows.map((row) =>
        row.id === before.id
          ? { ...row, name, tags, group, color, number, locale, timeZone, proxyId, proxyPool }
          : row,
      ),
    );
    const answer = await host.call('profiles.edit', { profile: before.id, patch });
    if (answer.ok) return null;
    undo();
    return answer.failure;
  };

  const form = createRecordDraft<Profile, ProfileInput>({
    editing: () => props.editing,
    empty: emptyProfile,
    draftOf: profileDraft,
    read: (profile) => host.call('profiles.get', { profile }),
    add,
    edit,
    onSaved: () => props.onClose(),
  });

  createEffect(on([() => props.editing, form.problems], () => setTab('profile')));
  createEffect(
    on(
      () => props.editing,
      () => {
        setTemplate('');
        setCount(1);
      },
    ),
  );

  const saveTemplate = async (name: string, profile: Profile) => {
    setKeeping(null);
    const input = { ...profileDraft(profile), name };
    const answer = await host.call('templates.save', { input });
    if (answer.ok) tellDone(t('templates.saved', { name }));
    else tellFailure(answer.failure);
  };

  const Fields = () => (
    <ProfileForm draft={form.draft} onChange={form.change} problems={form.problems()} />
  );

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

  return (
    <>
      <RecordDrawer
        kind="profile"
        editing={props.editing}
        form={form}
        newTitle={t('profiles.new')}
        editTitle={t('profiles.edit')}
        actions={(profile) => [
          {
            id: 'export',
            label: t('common.export'),
            icon: <FileUp aria-hidden="true" />,
            run: () => props.onExport(profile.id),
          },
          {
            id: 'template',
            label: t('templates.save'),
            icon: <BookTemplate aria-hidden="true" />,
            run: () => setKeeping(profile),
          },
          {
            id: 'clear',
            label: t('profiles.clearSession'),
            icon: <Cookie aria-hidden="true" />,
            run: () => void clearSession(profile),
          },
        ]}
        onClose={props.onClose}
        onRemove={props.onRemove}
      >
        <Show when={form.stored()?.id}>{(id) => <UseElsewhere profile={id()} />}</Show>
        <Show when={props.editing?.id === null}>
          <NewProfileFields
            template={template()}
            onTemplate={(id, settings) => {
              setTemplate(id);
              const { name } = form.draft;
              form.change({ ...emptyProfile(), ...settings, name });
            }}
            count={count()}
            onCount={setCount}
          />
        </Show>
        <Show when={props.editing?.id} fallback={<Fields />}>
          <ProfileTabs
            value={tab()}
            onValue={setTab}
            profile={<Fields />}
            consistency={
              <Show when={form.stored()}>
                {(profile) => (
                  <ConsistencyPart stored={profile()} draft={form.draft} onChange={form.change} />
                )}
              </Show>
            }
            session={
              <Show when={form.stored()}>
                {(profile) => (
                  <SessionPart
                    profile={profile().id}
                    onClear={() => void clearSession(profile())}
                  />
                )}
              </Show>
            }
            runs={<Show when={form.stored()?.id}>{(id) => <ProfileRuns profile={id()} />}</Show>}
          />
        </Show>
      </RecordDrawer>
      <Show when={keeping()}>
        {(profile) => (
          <NameDialog
            title={t('templates.save')}
            label={t('templates.name')}
            value={profile().name}
            onName={(name) => void saveTemplate(name, profile())}
            onClose={() => setKeeping(null)}
          />
        )}
      </Show>
    </>
  );
}
