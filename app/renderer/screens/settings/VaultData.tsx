/** Everything out of the vault and into it, how much there is, and its end. */
import { createResource, createSignal, For, Show } from 'solid-js';
import type { ExportReport } from '../../../../workspace/model/transfer.ts';
import { Button } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { Segments } from '../../parts/Segments.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { Toggle } from '../../parts/Toggle.tsx';
import { useHost } from '../../shell/connection.ts';
import { withProof } from '../../shell/stepUp.tsx';
import { show, t } from '../../shell/text.ts';
import { tellDone, tellFailure } from '../../shell/toasts.tsx';
import { EraseVault } from './EraseVault.tsx';
import { ImportVault } from './ImportVault.tsx';
import { Line, Part } from './Part.tsx';

export function VaultData() {
  const host = useHost();
  const [exporting, setExporting] = createSignal(false);
  const [importing, setImporting] = createSignal(false);
  const [stats, { refetch }] = createResource(async () => {
    const answer = await host.call('vault.stats', {});
    return answer.ok ? answer.value : null;
  });
  const check = async () => {
    const answer = await host.call('vault.check', {});
    if (!answer.ok) return tellFailure(answer.failure);
    const [part] = answer.value.damaged;
    if (part === undefined) tellDone(t('data.sound', { count: answer.value.checked }));
    else tellFailure({ code: 'vaultDamaged', part: answer.value.damaged.join(', ') });
  };
  const rebuild = async () => {
    const answer = await host.call('views.rebuild', {});
    if (answer.ok) tellDone(t('data.rebuilt'));
    else tellFailure(answer.failure);
  };
  return (
    <Part title={t('data.title')}>
      <Show when={stats.latest}>
        {(shown) => (
          <p class="text-ink-2 tabular-nums">
            {t('data.stats', {
              records: show.number(Object.values(shown().records).reduce((a, b) => a + b, 0)),
              entries: show.number(
                Object.values(shown().journalEntries).reduce((a, b) => a + b, 0),
              ),
              files: show.number(shown().blobs),
              size: show.bytes(shown().databaseBytes + shown().blobBytes),
            })}
          </p>
        )}
      </Show>
      <Line title={t('data.export')} text={t('data.export.text')}>
        <Button onClick={() => setExporting(true)}>{t('common.export')}</Button>
      </Line>
      <Line title={t('data.import')} text={t('data.import.text')}>
        <Button onClick={() => setImporting(true)}>{t('common.import')}</Button>
      </Line>
      <Line title={t('data.check')} text={t('data.check.text')}>
        <Button onClick={() => void check()}>{t('data.checkNow')}</Button>
        <Button onClick={() => void rebuild()}>{t('data.rebuild')}</Button>
      </Line>
      <EraseVault />
      <Show when={exporting()}>
        <ExportDialog onClose={() => setExporting(false)} />
      </Show>
      <Show when={importing()}>
        <ImportVault
          onClose={() => {
            setImporting(false);
            void refetch();
          }}
        />
      </Show>
    </Part>
  );
}

function ExportDialog(props: { readonly onClose: () => void }) {
  const host = useHost();
  const [format, setFormat] = createSignal<'sealed' | 'plain'>('sealed');
  const [path, setPath] = createSignal('');
  const [ownWords, setOwnWords] = createSignal(false);
  const [report, setReport] = createSignal<ExportReport | null>(null);
  const [busy, setBusy] = createSignal(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    const wanted = { path: path().trim(), format: format(), ownWords: ownWords() };
    const answer = await withProof(() => host.call('vault.export', wanted));
    setBusy(false);
    if (answer.ok) setReport(answer.value);
    else if (answer.failure.code !== 'cancelled') tellFailure(answer.failure);
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('data.export')}
      footer={
        <Show
          when={report()}
          fallback={
            <>
              <Button onClick={props.onClose}>{t('common.cancel')}</Button>
              <Button
                type="submit"
                form="export-form"
                look="primary"
                busy={busy()}
                disabled={!path().trim()}
              >
                {t('common.export')}
              </Button>
            </>
          }
        >
          <Button look="primary" onClick={props.onClose}>
            {t('common.close')}
          </Button>
        </Show>
      }
    >
      <Show
        when={report()}
        fallback={
          <form id="export-form" class="flex flex-col gap-4" onSubmit={submit}>
            <Segments
              label={t('data.format')}
              value={format()}
              choices={[
                { value: 'sealed', label: t('data.format.sealed') },
                { value: 'plain', label: t('data.format.plain') },
              ]}
              onValue={setFormat}
            />
            <TextField
              label={format() === 'sealed' ? t('data.path.file') : t('data.path.folder')}
              hint={t('data.path.hint')}
              mono
              value={path()}
              onValue={setPath}
              input={{ spellcheck: false }}
            />
            <Show
              when={format() === 'sealed'}
              fallback={<Notice tone="warn">{t('data.plain.warning')}</Notice>}
            >
              <Toggle
                label={t('data.ownWords')}
                hint={t('data.ownWords.hint')}
                checked={ownWords()}
                onChecked={setOwnWords}
              />
            </Show>
          </form>
        }
      >
        {(shown) => <Exported report={shown()} />}
      </Show>
    </Dialog>
  );
}

function Exported(props: { readonly report: ExportReport }) {
  return (
    <div class="flex flex-col gap-4">
      <p>
        {t('data.exported', {
          records: show.number(props.report.records),
          entries: show.number(props.report.entries),
          files: show.number(props.report.blobs),
        })}
      </p>
      <p class="font-mono text-xs break-all select-all">{props.report.path}</p>
      <Show when={props.report.damaged.length > 0}>
        <Notice tone="warn" title={t('data.damaged')}>
          <ul class="max-h-40 overflow-y-auto">
            <For each={props.report.damaged}>{(part) => <li class="break-all">{part}</li>}</For>
          </ul>
        </Notice>
      </Show>
      <Show when={props.report.words}>
        {(words) => (
          <>
            <p class="text-ink-2">{t('data.words')}</p>
            <ol class="grid list-decimal grid-cols-3 gap-x-8 gap-y-1 rounded-lg bg-sunken p-4 pl-10 font-mono text-xs select-all">
              <For each={words()}>{(word) => <li>{word}</li>}</For>
            </ol>
          </>
        )}
      </Show>
    </div>
  );
}
