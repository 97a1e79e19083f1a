/** Takes cookies from a file or from pasted text into a profile's session; what is in it is counted first. */
import { FileDown } from 'lucide-solid';
import { createSignal, For, Show } from 'solid-js';
import type { Failure } from '../../../../../workspace/model/failure.ts';
import type { CookieReport } from '../../../../ipc/contract.ts';
import { Button } from '../../../parts/Button.tsx';
import { Dialog } from '../../../parts/Dialog.tsx';
import { pickFile, textOf } from '../../../parts/files.ts';
import { FailureNotice } from '../../../parts/Notice.tsx';
import { TextField } from '../../../parts/TextField.tsx';
import { Toggle } from '../../../parts/Toggle.tsx';
import { useHost } from '../../../shell/connection.ts';
import { t, tOr } from '../../../shell/text.ts';
import { tellDone } from '../../../shell/toasts.tsx';
import { createCookiePreview } from './cookiePreview.ts';

/** Bytes of one message to the host; a larger one would end the connection. */
const largestSent = 60 * 1024 * 1024;

interface ImportCookiesProps {
  readonly profile: string;
  readonly onClose: () => void;
}

export function ImportCookies(props: ImportCookiesProps) {
  const host = useHost();
  const [text, setText] = createSignal('');
  const [replace, setReplace] = createSignal(false);
  const [isTooLarge, setTooLarge] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [refusal, setRefusal] = createSignal<Failure | null>(null);
  const preview = createCookiePreview(text, (given) =>
    host.call('profiles.importCookies', { profile: props.profile, text: given, preview: true }),
  );
  const count = () => preview.report()?.read ?? 0;

  const change = (next: string) => {
    setTooLarge(false);
    setText(next);
    setRefusal(null);
  };
  const chooseFile = async () => {
    const file = await pickFile('.txt,.json,text/plain,application/json');
    if (!file) return;
    const content = await textOf(file);
    const isLarge = new Blob([JSON.stringify(content)]).size > largestSent;
    setTooLarge(isLarge);
    if (!isLarge) change(content);
  };
  const submit = async () => {
    setBusy(true);
    const answer = await host.call('profiles.importCookies', {
      profile: props.profile,
      text: text(),
      replace: replace(),
    });
    setBusy(false);
    if (!answer.ok) return setRefusal(answer.failure);
    tellDone(t('session.imported', { count: answer.value.read }));
    props.onClose();
  };

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('session.import')}
      description={t('session.import.text')}
      width="w-144"
      footer={
        <>
          <Button class="mr-auto" onClick={() => void chooseFile()}>
            <FileDown class="size-3.5" aria-hidden="true" />
            {t('common.chooseFile')}
          </Button>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
          <Button
            look={replace() ? 'danger' : 'primary'}
            busy={busy()}
            disabled={count() === 0}
            onClick={() => void submit()}
          >
            {t('session.import.do', { count: count() })}
          </Button>
        </>
      }
    >
      <div class="flex flex-col gap-4">
        <TextField
          label={t('session.import.content')}
          lines={8}
          mono
          value={text()}
          onValue={change}
          problems={isTooLarge() ? [t('import.tooLarge')] : []}
        />
        <Show when={refusal() ?? preview.failure()}>
          {(failure) => <FailureNotice failure={failure()} />}
        </Show>
        <Show when={preview.report()}>{(report) => <Found report={report()} />}</Show>
        <Toggle
          label={t('session.import.replace')}
          hint={t('session.import.replace.hint')}
          checked={replace()}
          onChecked={setReplace}
        />
      </div>
    </Dialog>
  );
}

/** Refused entries that are told one by one. */
const refusedShown = 5;

function Found(props: { readonly report: CookieReport }) {
  return (
    <div role="status">
      <p class="font-medium">
        {t('session.import.found', { count: props.report.read, sites: props.report.sites })}
      </p>
      <Show when={props.report.refusedCount > 0}>
        <p class="text-warn">{t('session.import.refused', { count: props.report.refusedCount })}</p>
        <ul class="text-xs text-ink-2">
          <For each={props.report.refused.slice(0, refusedShown)}>
            {({ place, problem }) => (
              <li>
                {t('session.import.refusedLine', {
                  place,
                  problem: tOr(`cookieProblem.${problem}`, problem),
                })}
              </li>
            )}
          </For>
        </ul>
      </Show>
    </div>
  );
}
