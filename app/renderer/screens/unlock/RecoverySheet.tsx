/** The recovery key as 24 numbered words, to copy, save or print. */
import { Copy, Download, Printer } from 'lucide-solid';
import { type ComponentProps, For } from 'solid-js';
import { Button } from '../../parts/Button.tsx';
import { saveText } from '../../parts/files.ts';
import { Notice } from '../../parts/Notice.tsx';
import { t } from '../../shell/text.ts';
import { tellDone } from '../../shell/toasts.tsx';
import { GatePage } from './GatePage.tsx';
import { recoveryFile } from './words.ts';

interface RecoverySheetProps {
  readonly words: readonly string[];
  readonly progress: NonNullable<ComponentProps<typeof GatePage>['progress']>;
  readonly onBack: () => void;
  readonly onNext: () => void;
}

export function RecoverySheet(props: RecoverySheetProps) {
  const copy = async () => {
    await navigator.clipboard.writeText(props.words.join(' '));
    tellDone(t('recovery.copied'));
  };
  const save = () =>
    saveText(
      'warren-recovery-key.txt',
      'text/plain',
      recoveryFile(t('recovery.fileTitle'), t('recovery.text'), props.words),
    );
  return (
    <GatePage wide title={t('recovery.title')} text={t('recovery.text')} progress={props.progress}>
      <ol
        class="grid grid-cols-4 gap-x-6 gap-y-1 rounded-xl border border-line bg-sunken p-4"
        aria-label={t('recovery.words')}
      >
        <For each={props.words}>
          {(word, index) => (
            <li class="flex h-7 items-center gap-2 border-b border-line [&:nth-last-child(-n+4)]:border-0">
              <span class="w-5 text-right text-xs text-ink-3 tabular-nums" aria-hidden="true">
                {index() + 1}
              </span>
              <span class="font-mono text-sm font-medium" data-word={index() + 1}>
                {word}
              </span>
            </li>
          )}
        </For>
      </ol>
      <div class="no-print mt-3 flex flex-wrap gap-2">
        <Button onClick={copy}>
          <Copy class="size-3.5" aria-hidden="true" />
          {t('common.copy')}
        </Button>
        <Button onClick={save}>
          <Download class="size-3.5" aria-hidden="true" />
          {t('recovery.save')}
        </Button>
        <Button onClick={() => window.print()}>
          <Printer class="size-3.5" aria-hidden="true" />
          {t('recovery.print')}
        </Button>
      </div>
      <div class="no-print mt-5">
        <Notice tone="warn" title={t('recovery.warning.title')}>
          {t('recovery.warning.text')}
        </Notice>
      </div>
      <div class="no-print mt-6 flex justify-between gap-2">
        <Button look="plain" onClick={props.onBack}>
          {t('common.back')}
        </Button>
        <Button look="primary" onClick={props.onNext}>
          {t('recovery.next')}
        </Button>
      </div>
    </GatePage>
  );
}
