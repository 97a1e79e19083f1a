/** Takes proxies from pasted lines or a file, after showing what each line would become. */
import { FileDown } from 'lucide-solid';
import { createMemo, createSignal, Show } from 'solid-js';
import type { Failure } from '../../../../workspace/model/failure.ts';
import type { ProxyType } from '../../../../workspace/model/proxyAddress.ts';
import type { Answers } from '../../../ipc/contract.ts';
import { Button } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { pickFile, textOf } from '../../parts/files.ts';
import { FailureNotice } from '../../parts/Notice.tsx';
import { SelectField } from '../../parts/SelectField.tsx';
import { TagsField } from '../../parts/TagsField.tsx';
import { useHost } from '../../shell/connection.ts';
import { t } from '../../shell/text.ts';
import { tellDone } from '../../shell/toasts.tsx';
import { LinesField } from './LinesField.tsx';
import { LinesPreview } from './LinesPreview.tsx';
import { leftOut } from './leftOut.ts';
import { type Order, OrderChoice } from './OrderChoice.tsx';
import { typeChoices } from './ProxyForm.tsx';
import { createLinesPreview } from './pastedLines.ts';

export function PasteProxies(props: { readonly onClose: () => void }) {
  const host = useHost();
  const [text, setText] = createSignal('');
  const [type, setType] = createSignal<ProxyType>('http');
  const [order, setOrder] = createSignal<Order | null>(null);
  const [tags, setTags] = createSignal<string[]>([]);
  const [busy, setBusy] = createSignal(false);
  const [refusal, setRefusal] = createSignal<Failure | null>(null);
  const pasted = createMemo(() => ({ text: text(), type: type(), order: order() }));
  const preview = createLinesPreview(pasted);
  const failure = () => refusal() ?? preview.failure();
  const count = () => preview.report()?.read ?? 0;

  const chooseFile = async () => {
    const file = await pickFile('.txt,.csv,.json,text/plain');
    if (file) setText(await textOf(file));
  };

  /** What became of the lines that were not added. */
  const told = (answer: Answers['proxies.importLines']) => {
    const left = leftOut(preview.report() ?? { ambiguous: 0 }, answer);
    const parts = (['known', 'undecided', 'refused'] as const)
      .filter((why) => left[why] > 0)
      .map((why) => t(`proxies.left.${why}`, { count: left[why] }));
    return parts.length > 0 ? { detail: t('proxies.left', { parts: parts.join(', ') }) } : {};
  };

  const submit = async () => {
    setBusy(true);
    const answer = await host.call('proxies.importLines', { ...pasted(), tags: tags() });
    setBusy(false);
    setRefusal(answer.ok ? null : answer.failure);
    if (!answer.ok) return;
    tellDone(t('proxies.added', { count: answer.value.added }), told(answer.value));
    props.onClose();
  };

  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('proxies.paste')}
      description={t('proxies.paste.text')}
      width="w-176"
      footer={
        <>
          <Button class="mr-auto" onClick={() => void chooseFile()}>
            <FileDown class="size-3.5" aria-hidden="true" />
            {t('common.chooseFile')}
          </Button>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
          <Button
            look="primary"
            busy={busy()}
            disabled={count() === 0 || !preview.isCurrent()}
            onClick={() => void submit()}
          >
            {t('proxies.paste.add', { count: count() })}
          </Button>
        </>
      }
    >
      <div class="flex flex-col gap-4">
        <LinesField value={text()} onValue={setText} />
        <div class="grid grid-cols-[13rem_1fr] items-start gap-4">
          <SelectField
            label={t('proxies.paste.type')}
            value={type()}
            choices={typeChoices()}
            onValue={setType}
          />
          <TagsField label={t('profile.tags')} value={tags()} onValue={setTags} />
        </div>
        <Show when={failure()}>{(shown) => <FailureNotice failure={shown()} />}</Show>
        <Show when={preview.ambiguous()}>
          {(line) => <OrderChoice line={line()} value={order()} onValue={setOrder} />}
        </Show>
        <Show when={preview.report()}>
          {(report) => (
            <LinesPreview
              report={report()}
              current={preview.isCurrent()}
              short={preview.ambiguous() !== null}
            />
          )}
        </Show>
      </div>
    </Dialog>
  );
}
