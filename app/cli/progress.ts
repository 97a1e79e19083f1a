/** How far long work is, on a terminal; programs that read our output are not bothered. */
import type { CommonOptions, HostSession } from './context.ts';

export function showProgress(session: HostSession, { json }: CommonOptions): void {
  if (json || !process.stderr.isTTY) return;
  session.onPush((push) => {
    if (push.type !== 'progress' || push.total === 0) return;
    const percent = Math.floor((push.done / push.total) * 100);
    const end = push.done >= push.total ? '\n' : '';
    process.stderr.write(`\r${String(percent).padStart(3)} %${end}`);
  });
}
