/** Six digits to compare with those on another screen, and what somebody says about them. */
import { Button } from '../../parts/Button.tsx';
import { t } from '../../shell/text.ts';

interface DigitsProps {
  readonly digits: string;
  readonly question: string;
  readonly busy: boolean;
  readonly onAnswer: (same: boolean) => void;
}

export function Digits(props: DigitsProps) {
  return (
    <div class="flex flex-col items-center gap-5">
      <p class="text-center text-ink-2">{props.question}</p>
      <p
        class="font-mono text-4xl font-semibold tracking-[0.2em] tabular-nums"
        data-digits={props.digits}
      >
        <span class="sr-only">{props.digits.split('').join(' ')}</span>
        <span aria-hidden="true">
          {props.digits.slice(0, 3)} {props.digits.slice(3)}
        </span>
      </p>
      <div class="flex gap-2">
        <Button disabled={props.busy} onClick={() => props.onAnswer(false)}>
          {t('pair.differ')}
        </Button>
        <Button look="primary" busy={props.busy} onClick={() => props.onAnswer(true)}>
          {t('pair.same')}
        </Button>
      </div>
    </div>
  );
}
