/** Takes profiles from a file or from pasted text: all of them, or none and why. */
import { FileDown } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import type { Failure } from '../../../../workspace/model/failure.ts';
import { Button } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { pickFile } from '../../parts/files.ts';
import { FailureNotice } from '../../parts/Notice.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useHost } from '../../shell/connection.ts';
import { t } from '../../shell/text.ts';
import { tellDone } from '../../shell/toasts.tsx';
import { readProfileFile } from './profileFile.ts';

const example = '[{ "name": "Shop, Berlin", "tags": ["shop"], "locale": "de-DE" }]';

export function ImportProfiles(props: { readonly open: boolean; readonly onClose: () => void }) {
  const host = useHost();
  const [text, setText] = createSignal('');
  const [problem, setProblem] = createSignal<string | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [busy, setBusy] = createSignal(false);

  const change = (next: string) => {
    setText(next);
    setProblem(null);
    setFailure(null);
  };
  const close = () => {
    change('');
    props.onClose();
  };
  const chooseFile = async () => {
    const file = await pickFile('.json,application/json');
    if (file) change(await file.text());
  };
  const submit = async () => {
    const read = readProfileFile(text());
    if (!read.ok) return setProblem(t(`profiles.import.${read.problem}`));
    setBusy(true);
    const answer = await host.call('profiles.import', { items: [...read.items] });
    setBusy(false);
    if (!answer.ok) return setFailure(answer.failure);
    tellDone(t('profiles.imported', { count: answer.value.added }));
    close();
  };

  return (
    <Dialog
      open={props.open}
      onClose={close}
      title={t('profiles.import')}
      description={t('profiles.import.text')}
      width="w-144"
      footer={
        <>
          <Button class="mr-auto" onClick={chooseFile}>
            <FileDown class="size-3.5" aria-hidden="true" />
            {t('common.chooseFile')}
          </Button>
          <Button onClick={close}>{t('common.cancel')}</Button>
          <Button look="primary" busy={busy()} disabled={!text().trim()} onClick={submit}>
            {t('common.import')}
          </Button>
        </>
      }
    >
      <div class="flex flex-col gap-4">
        <TextField
          label={t('profiles.import.content')}
          lines={8}
          mono
          value={text()}
          onValue={change}
          hint={
            <>
              {t('common.example')} <code class="font-mono">{example}</code>
            </>
          }
          problems={problem() ? [problem() ?? ''] : []}
        />
        <Show when={failure()}>{(shown) => <FailureNotice failure={shown()} />}</Show>
      </div>
    </Dialog>
  );
}
