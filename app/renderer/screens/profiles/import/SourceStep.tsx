/** The first step: a file, pasted text, or the folder of a Chromium browser. */
import { FileText } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import { importFormats } from '../../../../../workspace/model/migration.ts';
import { Button } from '../../../parts/Button.tsx';
import { Field } from '../../../parts/Field.tsx';
import { Segments } from '../../../parts/Segments.tsx';
import { SelectField } from '../../../parts/SelectField.tsx';
import { TextField } from '../../../parts/TextField.tsx';
import { Toggle } from '../../../parts/Toggle.tsx';
import { show, t } from '../../../shell/text.ts';
import type { ChosenFile, Import } from './createImport.ts';

export function SourceStep(props: { readonly work: Import }) {
  return (
    <div class="flex flex-col gap-4">
      <div>
        <Segments
          label={t('import.from')}
          value={props.work.from()}
          choices={(['text', 'chromium'] as const).map((value) => ({
            value,
            label: t(`import.from.${value}`),
          }))}
          onValue={props.work.setFrom}
        />
      </div>
      <Show
        when={props.work.from() === 'text'}
        fallback={
          <TextField
            label={t('import.folder')}
            hint={t('import.folder.hint')}
            mono
            value={props.work.folder()}
            onValue={props.work.setFolder}
          />
        }
      >
        <Show when={props.work.file()} fallback={<Paste work={props.work} />}>
          {(file) => <Chosen file={file()} onForget={props.work.forgetFile} />}
        </Show>
        <div class="grid grid-cols-[14rem_1fr] items-end gap-4">
          <SelectField
            label={t('import.format')}
            value={props.work.format()}
            choices={importFormats.map((value) => ({ value, label: t(`import.format.${value}`) }))}
            onValue={props.work.setFormat}
          />
          <div class="pb-1.5">
            <Toggle
              label={t('import.header')}
              checked={props.work.header()}
              onChecked={props.work.setHeader}
            />
          </div>
        </div>
      </Show>
    </div>
  );
}

function Chosen(props: { readonly file: ChosenFile; readonly onForget: () => void }) {
  return (
    <section
      class="flex items-center gap-3 rounded-lg border border-line-strong px-3 py-2.5"
      aria-label={t('import.chosen')}
    >
      <FileText class="size-4 shrink-0 text-ink-3" aria-hidden="true" />
      <p class="min-w-0 grow">
        <span class="block truncate font-medium">{props.file.name}</span>
        <span class="text-xs text-ink-3">{show.bytes(props.file.bytes)}</span>
      </p>
      <Button small onClick={props.onForget}>
        {t('import.chosen.remove')}
      </Button>
    </section>
  );
}

const carriesFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

function Paste(props: { readonly work: Import }) {
  const [over, setOver] = createSignal(false);
  const drop = (event: DragEvent) => {
    setOver(false);
    const file = event.dataTransfer?.files[0];
    // Text that is dropped is put in by the browser.
    if (!file) return;
    event.preventDefault();
    void props.work.take(file);
  };
  return (
    <Field
      label={t('import.content')}
      hint={t('import.content.hint')}
      problems={props.work.isTooLarge() ? [t('import.tooLarge')] : []}
    >
      {(control) => (
        <textarea
          {...control}
          rows={7}
          spellcheck={false}
          autocomplete="off"
          class={`control resize-y font-mono text-xs ${over() ? '!border-accent !bg-accent-soft' : ''}`}
          placeholder={'name,group,proxy\nShop 1,Berlin,socks5://user:pass@proxy.example:1080'}
          value={props.work.pasted()}
          onInput={(event) => props.work.setPasted(event.currentTarget.value)}
          onDragOver={(event) => {
            if (!carriesFile(event)) return;
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={drop}
        />
      )}
    </Field>
  );
}
