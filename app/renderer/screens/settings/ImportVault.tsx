/** Takes in an export: first a look at what would happen, then the real thing. */
import { createSignal, For, Show } from 'solid-js';
import type { Failure } from '../../../../workspace/model/failure.ts';
import type { ImportReport, OnDuplicate } from '../../../../workspace/model/transfer.ts';
import { Button } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { FailureNotice } from '../../parts/Notice.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useHost } from '../../shell/connection.ts';
import { show, t, tOr } from '../../shell/text.ts';
import { tellDone } from '../../shell/toasts.tsx';

export function ImportVault(props: { readonly onClose: () => void }) {
  const host = useHost();
  const [path, setPath] = createSignal('');
  const [words, setWords] = createSignal('');
  const [wantsWords, setWantsWords] = createSignal(false);
  const [onDuplicate, setOnDuplicate] = createSignal<OnDuplicate>('skip');
  const [preview, setPreview] = createSignal<ImportReport | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [busy, setBusy] = createSignal(false);

  const call = async (onlyLook: boolean): Promise<ImportReport | null> => {
    setBusy(true);
    const answer = await host.call('vault.import', {
      path: path().trim(),
      onDuplicate: onDuplicate(),
      preview: onlyLook,
      ...(words().trim() ? { words: words() } : {}),
    });
    setBusy(false);
    setFailure(answer.ok ? null : answer.failure);
    if (answer.ok) return answer.value;
    if (answer.failure.code === 'importRefused' && answer.failure.reason.startsWith('words')) {
      setWantsWords(true);
    }
    return null;
  };
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    if (!preview()) return setPreview(await call(true));
    const done = await call(false);
    if (!done) return;
    tellDone(t('data.imported', { count: done.records }));
    props.onClose();
  };

  return (
    <Dialog
      open
      onClose={props.onClose}
      width="w-136"
      title={t('data.import')}
      footer={
        <>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
          <Button
            type="submit"
            form="import-form"
            look="primary"
            busy={busy()}
            disabled={!path().trim()}
          >
            {preview() ? t('common.import') : t('common.continue')}
          </Button>
        </>
      }
    >
      <form id="import-form" class="flex flex-col gap-4" onSubmit={submit}>
        <Show when={failure()}>{(shown) => <FailureNotice failure={shown()} />}</Show>
        <TextField
          label={t('data.path.import')}
          hint={t('data.path.hint')}
          mono
          value={path()}
          onValue={(value) => {
            setPath(value);
            setPreview(null);
          }}
          input={{ spellcheck: false }}
        />
        <Show when={wantsWords()}>
          <TextField
            label={t('data.import.words')}
            lines={3}
            mono
            value={words()}
            onValue={setWords}
          />
        </Show>
        <Show when={preview()}>{(report) => <Preview report={report()} />}</Show>
        <Show when={preview()?.duplicates.length}>
          <Segments
            label={t('data.duplicates.treat')}
            value={onDuplicate()}
            choices={[
              { value: 'skip', label: t('data.duplicates.skip') },
              { value: 'merge', label: t('data.duplicates.merge') },
              { value: 'copy', label: t('data.duplicates.copy') },
            ]}
            onValue={setOnDuplicate}
          />
        </Show>
      </form>
    </Dialog>
  );
}

function Preview(props: { readonly report: ImportReport }) {
  return (
    <div class="flex flex-col gap-2 rounded-lg bg-sunken p-4">
      <p>
        {t('data.preview', {
          records: show.number(props.report.records),
          entries: show.number(props.report.entries),
        })}
      </p>
      <Show when={props.report.duplicates.length > 0}>
        <p class="font-medium">{t('data.duplicates', { count: props.report.duplicates.length })}</p>
        <ul class="max-h-32 overflow-y-auto text-ink-2">
          <For each={props.report.duplicates}>
            {(one) => (
              <li class="truncate">
                {tOr(`kind.${one.kind}`, one.kind)} {one.name}
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={props.report.refused.length > 0}>
        <p class="font-medium">{t('data.refused', { count: props.report.refused.length })}</p>
        <ul class="max-h-32 overflow-y-auto text-ink-2">
          <For each={props.report.refused}>
            {(one) => (
              <li class="break-words">
                {one.name}: {one.reason}
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  );
}
