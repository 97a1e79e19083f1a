/** Whether a profile's settings go together, with what its browser reports, and with its proxy's exit. */
import { Ruler } from 'lucide-solid';
import { createEffect, createMemo, createSignal, on, Show } from 'solid-js';
import { unwrap } from 'solid-js/store';
import type { Fix } from '../../../../../workspace/model/consistency/contradiction.ts';
import { contradictions } from '../../../../../workspace/model/consistency/contradictions.ts';
import type { Measured } from '../../../../../workspace/model/consistency/measured.ts';
import { ok } from '../../../../../workspace/model/failure.ts';
import {
  type AlignmentOffer,
  exitIn,
  offerAlignment,
} from '../../../../../workspace/model/places/alignment.ts';
import type { Profile, ProfileInput } from '../../../../../workspace/model/profile.ts';
import { Button } from '../../../parts/Button.tsx';
import { FailureNotice, Notice } from '../../../parts/Notice.tsx';
import { useHost } from '../../../shell/connection.ts';
import { createQuery } from '../../../shell/query.ts';
import { t } from '../../../shell/text.ts';
import { tellFailure } from '../../../shell/toasts.tsx';
import { createProxyWork } from '../../proxies/proxyWork.ts';
import { changedFields } from '../../records/changes.ts';
import { DrawerPart } from '../DrawerPart.tsx';
import { profileDraft } from '../form/profileDraft.ts';
import { ContradictionList } from './ContradictionList.tsx';
import { changeOf, seenByPages } from './consistencyDraft.ts';
import { ExitAlignment } from './ExitAlignment.tsx';
import { MeasuredTable } from './MeasuredTable.tsx';

interface ConsistencyPartProps {
  readonly stored: Profile;
  readonly draft: ProfileInput;
  readonly onChange: (patch: Partial<ProfileInput>) => void;
}

export function ConsistencyPart(props: ConsistencyPartProps) {
  const host = useHost();
  const work = createProxyWork();
  const [zone, setZone] = createSignal<string>();
  const [busy, setBusy] = createSignal(false);
  const [last, setLast] = createSignal<{ readonly of: string; readonly measured: Measured }>();

  const way = createMemo(() => wayOf(props.draft), null, { equals: sameWay });
  // A zone was chosen among those of the country that another proxy came out in.
  createEffect(on(way, () => setZone(undefined), { defer: true }));
  const query = createQuery(
    () => ({ of: way(), timeZone: zone() }),
    () => ['proxies'],
    async ({ of, timeZone }) =>
      of === null
        ? ok(offerAlignment(undefined))
        : host.call('profiles.alignment', { ...of, ...(timeZone ? { timeZone } : {}) }),
  );
  const offer = (): AlignmentOffer | null => (query.failure() ? null : query.value());
  const alignment = () => {
    const known = offer();
    return known?.state === 'known' ? known.alignment : null;
  };
  /** What was measured, as long as nothing that a browser is told was changed since. */
  const measured = () => {
    const known = last();
    return known?.of === seenByPages(props.draft) ? known.measured : null;
  };
  const found = createMemo(() => {
    const known = offer();
    const exit = known && exitIn(known);
    return contradictions(props.draft, { measured: measured(), exit, at: Date.now() });
  });

  /** Those of a pool are checked where proxies are. */
  const check = () => {
    const of = way();
    return of && 'proxy' in of ? () => void work.check([of.proxy]) : undefined;
  };
  const measure = async () => {
    const draft = structuredClone(unwrap(props.draft));
    setBusy(true);
    const answer = await host.call('profiles.measure', {
      profile: props.stored.id,
      patch: changedFields(profileDraft(props.stored), draft),
    });
    setBusy(false);
    if (answer.ok) setLast({ of: seenByPages(draft), measured: answer.value });
    else tellFailure(answer.failure);
  };
  const fix = (wanted: Fix) => {
    const change = changeOf(wanted, props.draft, alignment());
    if (change) props.onChange(change);
  };

  return (
    <>
      <DrawerPart title={t('consistency.found')} text={t('consistency.found.text')}>
        <ContradictionList
          found={found()}
          canFix={(wanted) => wanted !== 'align' || alignment() !== null}
          onFix={fix}
        />
        <Show when={!measured()}>
          <Notice tone="plain">
            {t(last() ? 'consistency.changedSince' : 'consistency.notMeasured')}
          </Notice>
        </Show>
      </DrawerPart>
      <DrawerPart title={t('consistency.exit')} text={t('consistency.exit.text')}>
        <Show when={query.failure()}>{(failure) => <FailureNotice failure={failure()} />}</Show>
        <Show when={offer()}>
          {(known) => (
            <ExitAlignment
              name={props.stored.name}
              offer={known()}
              checking={work.checking().size > 0}
              onCheck={check()}
              onZone={setZone}
              onAlign={() => fix('align')}
            />
          )}
        </Show>
      </DrawerPart>
      <DrawerPart title={t('consistency.measured')} text={t('consistency.measured.text')}>
        <div>
          <Button small busy={busy()} onClick={() => void measure()}>
            <Show when={!busy()}>
              <Ruler class="size-3.5" aria-hidden="true" />
            </Show>
            {t(busy() ? 'consistency.measuring' : 'consistency.measure')}
          </Button>
        </div>
        <MeasuredTable draft={props.draft} measured={measured()} />
      </DrawerPart>
    </>
  );
}

type Way = { readonly proxy: string } | { readonly pool: string };

/** What the profile leaves by; null for this device's own connection. */
function wayOf({ proxyId, proxyPool }: ProfileInput): Way | null {
  if (proxyPool) return { pool: proxyPool.tag };
  return proxyId === null ? null : { proxy: proxyId };
}

const sameWay = (a: Way | null, b: Way | null): boolean => JSON.stringify(a) === JSON.stringify(b);
