/** Asks for some of the recovery words, so that nobody goes on without having kept them. */
import { type ComponentProps, createSignal, For, Show } from 'solid-js';
import type { Failure } from '../../../../workspace/model/failure.ts';
import { Button } from '../../parts/Button.tsx';
import { FailureNotice } from '../../parts/Notice.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { t } from '../../shell/text.ts';
import { GatePage } from './GatePage.tsx';

interface ConfirmWordsProps {
  /** 1-based positions. */
  readonly ask: readonly number[];
  readonly progress: NonNullable<ComponentProps<typeof GatePage>['progress']>;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onBack: () => void;
  readonly onWords: (words: string[]) => void;
}

export function ConfirmWords(props: ConfirmWordsProps) {
  const [typed, setTyped] = createSignal<readonly string[]>(props.ask.map(() => ''));
  const complete = () => typed().every((word) => word.trim() !== '');
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    if (complete()) props.onWords(typed().map((word) => word.trim().toLowerCase()));
  };
  return (
    <GatePage
      title={t('confirmWords.title')}
      text={t('confirmWords.text')}
      progress={props.progress}
    >
      <form class="flex flex-col gap-4" onSubmit={submit}>
        <For each={props.ask}>
          {(position, index) => (
            <TextField
              label={t('confirmWords.word', { position })}
              value={typed()[index()] ?? ''}
              onValue={(value) =>
                setTyped((words) => words.map((word, at) => (at === index() ? value : word)))
              }
              input={{
                spellcheck: false,
                autocapitalize: 'off',
                ref: (element) => index() === 0 && queueMicrotask(() => element.focus()),
              }}
            />
          )}
        </For>
        <Show when={props.failure}>{(failure) => <FailureNotice failure={failure()} />}</Show>
        <div class="mt-1 flex justify-between gap-2">
          <Button look="plain" onClick={props.onBack}>
            {t('confirmWords.back')}
          </Button>
          <Button type="submit" look="primary" busy={props.busy} disabled={!complete()}>
            {t('confirmWords.action')}
          </Button>
        </div>
      </form>
    </GatePage>
  );
}
