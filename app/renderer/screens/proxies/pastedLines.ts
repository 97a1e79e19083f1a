/** What pasted lines would be read as: asked of the host a moment after the last change. */
import { type Accessor, createEffect, createSignal, on, onCleanup } from 'solid-js';
import { type Failure, ok, type Result } from '../../../../workspace/model/failure.ts';
import type { Params, ProxyLineRow, ProxyLinesReport } from '../../../ipc/contract.ts';
import { useHost } from '../../shell/connection.ts';

export type PastedLines = Required<Params<'proxies.readLines'>>;

export interface LinesPreview {
  /** Null while nothing is pasted. */
  readonly report: Accessor<ProxyLinesReport | null>;
  /** The first line that makes sense both ways, whatever was answered since. */
  readonly ambiguous: Accessor<ProxyLineRow | null>;
  /** False while the report is of an earlier text. */
  readonly isCurrent: Accessor<boolean>;
  readonly failure: Accessor<Failure | null>;
}

/** Milliseconds. */
const pause = 200;

export function createLinesPreview(pasted: Accessor<PastedLines>): LinesPreview {
  const host = useHost();
  const [found, setFound] = createSignal<Found | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [isCurrent, setCurrent] = createSignal(true);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest = 0;

  const look = async (lines: PastedLines): Promise<Result<Found>> => {
    // Once it is answered which way round they are, none would be ambiguous: the first is kept to be shown.
    const open = await host.call('proxies.readLines', { ...lines, order: null });
    if (!open.ok) return open;
    const ambiguous = open.value.lines.find(({ state }) => state === 'ambiguous') ?? null;
    if (open.value.ambiguous === 0 || lines.order === null) {
      return ok({ report: open.value, ambiguous });
    }
    const decided = await host.call('proxies.readLines', lines);
    return decided.ok ? ok({ report: decided.value, ambiguous }) : decided;
  };

  createEffect(
    on(pasted, (lines) => {
      const mine = ++latest;
      clearTimeout(timer);
      if (lines.text.trim() === '') {
        setFound(null);
        setFailure(null);
        setCurrent(true);
        return;
      }
      setCurrent(false);
      timer = setTimeout(async () => {
        const answer = await look(lines);
        if (mine !== latest) return;
        setFailure(answer.ok ? null : answer.failure);
        setFound(answer.ok ? answer.value : null);
        setCurrent(true);
      }, pause);
    }),
  );
  onCleanup(() => {
    latest++;
    clearTimeout(timer);
  });

  return {
    report: () => found()?.report ?? null,
    ambiguous: () => found()?.ambiguous ?? null,
    isCurrent,
    failure,
  };
}

interface Found {
  readonly report: ProxyLinesReport;
  readonly ambiguous: ProxyLineRow | null;
}
