/** Takes profiles from a file of any program: read, mapped, looked at, then stored, with a report. */
import { ArrowLeft, ClipboardCopy, FileDown } from 'lucide-solid';
import { Match, Show, Switch } from 'solid-js';
import { leftOutText } from '../../../../text/importReport.ts';
import { Button } from '../../../parts/Button.tsx';
import { Dialog } from '../../../parts/Dialog.tsx';
import { FailureNotice } from '../../../parts/Notice.tsx';
import { useHost } from '../../../shell/connection.ts';
import { locale, t } from '../../../shell/text.ts';
import { tellDone } from '../../../shell/toasts.tsx';
import { createImport } from './createImport.ts';
import { MappingStep } from './MappingStep.tsx';
import { PreviewStep } from './PreviewStep.tsx';
import { Progress } from './Progress.tsx';
import { ReportStep, titleOf } from './ReportStep.tsx';
import { SourceStep } from './SourceStep.tsx';
import { StepMarks } from './StepMarks.tsx';

export function ImportWizard(props: { readonly onClose: () => void }) {
  const work = createImport(useHost());
  // While it is stored, closing would hide what is going on; it is ended by its own button.
  const close = () => {
    if (!work.running()) props.onClose();
  };
  const copyReport = async () => {
    const report = work.report();
    if (!report) return;
    const lines = leftOutText(locale(), report.leftOut, work.preview()?.columns ?? []);
    await navigator.clipboard.writeText([titleOf(report), ...lines].join('\n'));
    tellDone(t('import.copied'));
  };
  const takes = () => {
    const { add = 0, update = 0 } = work.preview()?.counts ?? {};
    return add + update;
  };
  return (
    <Dialog
      open
      onClose={close}
      title={t('profiles.import')}
      description={work.step() === 'source' ? t('import.text') : undefined}
      width="w-192"
      footer={
        <Switch>
          <Match when={work.running()}>
            <Button onClick={work.end}>{t('import.end')}</Button>
          </Match>
          <Match when={work.step() === 'source'}>
            <Show when={work.from() === 'text'}>
              <Button class="mr-auto" onClick={() => void work.chooseFile()}>
                <FileDown class="size-3.5" aria-hidden="true" />
                {t('common.chooseFile')}
              </Button>
            </Show>
            <Button onClick={close}>{t('common.cancel')}</Button>
            <Button
              look="primary"
              busy={work.reading()}
              disabled={!work.hasSource()}
              onClick={() => void work.readSource()}
            >
              {t('import.next')}
            </Button>
          </Match>
          <Match when={work.step() === 'mapping'}>
            <Back onClick={work.back} />
            <Button onClick={close}>{t('common.cancel')}</Button>
            <Button look="primary" busy={work.reading()} onClick={() => void work.readMapped()}>
              {t('import.next')}
            </Button>
          </Match>
          <Match when={work.step() === 'preview'}>
            <Back onClick={work.back} />
            <Button onClick={close}>{t('common.cancel')}</Button>
            <Button
              look="primary"
              busy={work.reading()}
              disabled={takes() === 0}
              onClick={() => void work.run()}
            >
              {t('import.do', { count: takes() })}
            </Button>
          </Match>
          <Match when={work.step() === 'report'}>
            <Button class="mr-auto" onClick={() => void copyReport()}>
              <ClipboardCopy class="size-3.5" aria-hidden="true" />
              {t('import.copyReport')}
            </Button>
            <Button look="primary" onClick={close}>
              {t('import.close')}
            </Button>
          </Match>
        </Switch>
      }
    >
      <div class="flex flex-col gap-4">
        <StepMarks step={work.step()} needsMapping={work.needsMapping()} running={work.running()} />
        <Show when={work.failure()}>{(failure) => <FailureNotice failure={failure()} />}</Show>
        <Switch>
          <Match when={work.running()}>
            <Progress done={work.done()} />
          </Match>
          <Match when={work.step() === 'source'}>
            <SourceStep work={work} />
          </Match>
          <Match when={work.step() === 'mapping' && work.preview()}>
            {(preview) => (
              <MappingStep
                columns={preview().columns}
                mapping={work.mapping()}
                onField={work.takeAs}
              />
            )}
          </Match>
          <Match when={work.step() === 'preview' && work.preview()}>
            {(preview) => <PreviewStep work={work} preview={preview()} />}
          </Match>
          <Match when={work.report()}>
            {(report) => <ReportStep report={report()} columns={work.preview()?.columns ?? []} />}
          </Match>
        </Switch>
      </div>
    </Dialog>
  );
}

function Back(props: { readonly onClick: () => void }) {
  return (
    <Button class="mr-auto" onClick={props.onClick}>
      <ArrowLeft class="size-3.5" aria-hidden="true" />
      {t('import.back')}
    </Button>
  );
}
