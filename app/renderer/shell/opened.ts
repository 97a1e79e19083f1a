/** Profiles that people have open on this device: opened, shown and closed from wherever they are listed. */
import {
  type Accessor,
  createContext,
  createEffect,
  createMemo,
  createSignal,
  onCleanup,
  useContext,
} from 'solid-js';
import type { Failure } from '../../../workspace/model/failure.ts';
import type { OpenedProfile } from '../../ipc/contract.ts';
import { confirm } from '../parts/confirm.tsx';
import { useHost } from './connection.ts';
import { createQuery } from './query.ts';
import { explain, t } from './text.ts';
import { tellDone, tellFailure } from './toasts.tsx';

export type OpenStep = 'opening' | 'closing';

export interface Opened {
  readonly list: Accessor<readonly OpenedProfile[]>;
  of(id: string): OpenedProfile | undefined;
  /** What is under way with it. */
  stepOf(id: string): OpenStep | undefined;
  /** One after the other, up to the first that is refused. */
  open(ids: readonly string[]): Promise<void>;
  close(ids: readonly string[]): Promise<void>;
  closeAll(): Promise<void>;
  /** Brings its window to the front. */
  show(id: string): Promise<void>;
}

/** Milliseconds. What is wrong with a proxy shows while pages are used, and nobody tells it by itself. */
const lookAgain = 4_000;

export function createOpened(): Opened {
  const host = useHost();
  const query = createQuery(
    () => null,
    () => ['opened'],
    () => host.call('profiles.opened', {}),
  );
  const list = createMemo(() => query.value()?.opened ?? []);
  const byId = createMemo(() => new Map(list().map((one) => [one.profileId, one])));
  const [steps, setSteps] = createSignal<ReadonlyMap<string, OpenStep>>(new Map());

  const anyOpen = createMemo(() => list().length > 0);
  createEffect(() => {
    if (!anyOpen()) return;
    const timer = setInterval(() => void query.refresh(), lookAgain);
    onCleanup(() => clearInterval(timer));
  });

  const mark = (ids: readonly string[], step: OpenStep | null) =>
    setSteps((before) => {
      const next = new Map(before);
      for (const id of ids) {
        if (step) next.set(id, step);
        else next.delete(id);
      }
      return next;
    });

  /** What is open is known before rows stop being busy, or they would show their old state in between. */
  const settle = async (ids: readonly string[]) => {
    await query.refresh();
    mark(ids, null);
  };

  const openOne = async (profile: string, branch: boolean) => {
    const answer = await host.call('profiles.open', { profile, branch });
    if (answer.ok) await settle([profile]);
    return answer;
  };

  const openEach = async (ids: readonly string[]) => {
    let branch = false;
    for (const id of ids) {
      const answer = await openOne(id, branch);
      if (answer.ok) continue;
      if (branch || !mayBranch(answer.failure)) return tellFailure(answer.failure);
      // Once said, it holds for the others too.
      branch = await wantsBranch(answer.failure);
      if (!branch) return;
      const again = await openOne(id, branch);
      if (!again.ok) return tellFailure(again.failure);
    }
  };

  return {
    list,
    of: (id) => byId().get(id),
    stepOf: (id) => steps().get(id),
    async open(ids) {
      mark(ids, 'opening');
      await openEach(ids);
      await settle(ids);
    },
    async close(ids) {
      mark(ids, 'closing');
      const answers = await Promise.all(
        ids.map((profile) => host.call('profiles.close', { profile })),
      );
      await settle(ids);
      const refused = answers.find((answer) => !answer.ok);
      if (refused && !refused.ok) tellFailure(refused.failure);
      else tellDone(t('opening.closed', { count: ids.length }));
    },
    async closeAll() {
      const ids = list().map(({ profileId }) => profileId);
      mark(ids, 'closing');
      const answer = await host.call('profiles.closeAll', {});
      await settle(ids);
      if (answer.ok) tellDone(t('opening.closed', { count: ids.length }));
      else tellFailure(answer.failure);
    },
    async show(profile) {
      const answer = await host.call('profiles.show', { profile });
      if (!answer.ok) tellFailure(answer.failure);
    },
  };
}

/** Only the person can say that no other device's session is lost by opening. */
const mayBranch = ({ code }: Failure): boolean =>
  code === 'lockUnknown' || code === 'sessionElsewhere';

function wantsBranch(failure: Failure): Promise<boolean> {
  const { title, advice } = explain(failure);
  return confirm({ title, text: advice, action: t('opening.anyway') });
}

export const OpenedContext = createContext<Opened>();

export function useOpened(): Opened {
  const opened = useContext(OpenedContext);
  if (!opened) throw new Error('useOpened needs an OpenedContext above it');
  return opened;
}
