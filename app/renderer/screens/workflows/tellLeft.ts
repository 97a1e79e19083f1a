/** Tells what a file of another format has no match for. */
import type { LeftOut } from '../../../../workspace/model/leftOut.ts';
import { t } from '../../shell/text.ts';
import { tellDone } from '../../shell/toasts.tsx';

/** Lines that are told one by one. */
const toldAtMost = 6;

export function tellLeft(title: string, left: readonly LeftOut[]): void {
  const lines = left
    .slice(0, toldAtMost)
    .map(({ path, kind, why }) =>
      t('exchange.leftAt', { path, kind, why: t(`exchange.left.${why}`) }),
    );
  const more = left.length - lines.length;
  if (more > 0) lines.push(t('exchange.more', { count: more }));
  tellDone(title, { detail: lines.join('\n') });
}
