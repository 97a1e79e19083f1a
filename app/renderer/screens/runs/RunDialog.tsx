/** Starts a run: which workflow, over which profiles, with which values. */
import { Play } from 'lucide-solid';
import { createEffect, createMemo, createResource, createSignal, For, on, Show } from 'solid-js';
import type { Failure } from '../../../../workspace/model/failure.ts';
import type { JsonValue } from '../../../../workspace/model/workflow.ts';
import { Button } from '../../parts/Button.tsx';
import { ComboField } from '../../parts/ComboField.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { FailureNotice } from '../../parts/Notice.tsx';
import { NumberField } from '../../parts/NumberField.tsx';
import { Toggle } from '../../parts/Toggle.tsx';
import { useHost } from '../../shell/connection.ts';
import { closeRunDialog, type RunIntent, runIntent } from '../../shell/intents.ts';
import { navigate } from '../../shell/router.ts';
import { useSettings } from '../../shell/settings.ts';
import { t } from '../../shell/text.ts';
import { ValueField } from '../workflows/ValueField.tsx';
import { kindOfValue } from '../workflows/variableKinds.ts';
import { ProfilePicker } from './ProfilePicker.tsx';

export function RunDialog() {
  return (
    <Show keyed when={runIntent()}>
      {(intent) => <RunForm intent={intent} />}
    </Show>
  );
}

/** More workflows than this are found by name, not by scrolling. */
const workflowsLoaded = 500;
/** What one run takes at most. */
const mostProfiles = 2_000;

function RunForm(props: { readonly intent: RunIntent }) {
  const host = useHost();
  const settings = useSettings();
  const [workflowId, setWorkflowId] = createSignal(props.intent.workflowId);
  const [profileIds, setProfileIds] = createSignal<ReadonlySet<string>>(
    new Set(props.intent.profileIds),
  );
  const [values, setValues] = createSignal<Readonly<Record<string, JsonValue>>>({});
  const [parallel, setParallel] = createSignal<number | null>(null);
  const [headless, setHeadless] = createSignal(true);
  const [busy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);

  const [workflows] = createResource(async () => {
    const answer = await host.call('workflows.list', { limit: workflowsLoaded });
    return answer.ok ? answer.value.rows : [];
  });
  const [workflow] = createResource(workflowId, async (id) => {
    const answer = await host.call('workflows.get', { workflow: id });
    return answer.ok ? answer.value : null;
  });
  // With one workflow there is nothing to choose.
  createEffect(() => {
    const only = workflows()?.length === 1 ? workflows()?.[0] : undefined;
    if (only && !workflowId()) setWorkflowId(only.id);
  });
  createEffect(
    on(
      () => settings.current(),
      (current) => {
        if (!current) return;
        setParallel((chosen) => chosen ?? current.parallelTasks);
        setHeadless(current.headlessByDefault);
      },
    ),
  );
  const variables = createMemo(() => workflow.latest?.variables ?? []);
  const problemsOf = (name: string) => {
    const refused = failure();
    if (refused?.code !== 'invalid') return [];
    return refused.issues
      .filter((issue) => issue.path === `variables.${name}`)
      .map((issue) => issue.message);
  };

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const id = workflowId();
    if (!id || profileIds().size === 0) return;
    setBusy(true);
    const answer = await host.call('runs.start', {
      workflow: id,
      profiles: [...profileIds()],
      variables: { ...values() } as Record<string, never>,
      headless: headless(),
      ...(parallel() === null ? {} : { parallel: parallel() ?? 1 }),
    });
    setBusy(false);
    if (!answer.ok) return setFailure(answer.failure);
    closeRunDialog();
    navigate({ screen: 'run', id: answer.value.id });
  };

  return (
    <Dialog
      open
      onClose={closeRunDialog}
      title={t('runDialog.title')}
      width="w-144"
      footer={
        <>
          <span class="mr-auto text-ink-3 tabular-nums" role="status">
            {profileIds().size > mostProfiles
              ? t('runDialog.tooMany', { count: mostProfiles })
              : t('profiles.selected', { count: profileIds().size })}
          </span>
          <Button onClick={closeRunDialog}>{t('common.cancel')}</Button>
          <Button
            type="submit"
            form="run-form"
            look="primary"
            busy={busy()}
            disabled={!workflowId() || profileIds().size === 0 || profileIds().size > mostProfiles}
          >
            <Play class="size-3.5" aria-hidden="true" />
            {t('runDialog.start')}
          </Button>
        </>
      }
    >
      <form id="run-form" class="flex flex-col gap-5" onSubmit={submit}>
        <Show when={failure()}>{(shown) => <FailureNotice failure={shown()} />}</Show>
        <Show
          when={props.intent.workflowId === null}
          fallback={
            <p class="text-base">
              <span class="text-ink-3">{t('kind.workflow')}</span>{' '}
              <span class="font-medium">{workflow.latest?.name}</span>
            </p>
          }
        >
          <ComboField
            label={t('kind.workflow')}
            value={workflowId()}
            choices={(workflows() ?? []).map((row) => ({ value: row.id, label: row.name }))}
            placeholder={t('runDialog.chooseWorkflow')}
            onValue={(id) => {
              setWorkflowId(id);
              setValues({});
            }}
          />
        </Show>
        <ProfilePicker chosen={profileIds()} onChosen={setProfileIds} />
        <Show when={variables().length > 0}>
          <fieldset class="flex flex-col gap-3">
            <legend class="mb-1 font-medium text-ink-2">{t('runDialog.values')}</legend>
            <For each={variables()}>
              {(variable) => (
                <ValueField
                  label={variable.name}
                  kind={kindOfValue(variable.default)}
                  value={values()[variable.name] ?? variable.default}
                  onValue={(value) => setValues((all) => ({ ...all, [variable.name]: value }))}
                  hint={variable.description}
                  problems={problemsOf(variable.name)}
                />
              )}
            </For>
          </fieldset>
        </Show>
        <div class="grid grid-cols-2 items-start gap-5">
          <NumberField
            label={t('runDialog.parallel')}
            hint={t('runDialog.parallel.hint')}
            min={1}
            max={32}
            step={1}
            value={parallel()}
            onValue={setParallel}
          />
          <div class="pt-6">
            <Toggle
              label={t('runDialog.headless')}
              hint={t('runDialog.headless.hint')}
              checked={headless()}
              onChecked={setHeadless}
            />
          </div>
        </div>
      </form>
    </Dialog>
  );
}
