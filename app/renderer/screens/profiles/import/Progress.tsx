/** How far the import is. */
import { show, t } from '../../../shell/text.ts';

/** @param props.done from 0 to 1. */
export function Progress(props: { readonly done: number }) {
  return (
    <section class="flex flex-col gap-2 py-6">
      <p class="flex justify-between font-medium">
        <span>{t('import.running')}</span>
        <span class="tabular-nums">{show.number(Math.floor(props.done * 100))} %</span>
      </p>
      <progress
        class="block h-1.5 w-full overflow-hidden rounded-full bg-active [&::-webkit-progress-bar]:bg-active [&::-webkit-progress-value]:bg-accent"
        aria-label={t('import.running')}
        max={1}
        value={props.done}
      />
    </section>
  );
}
