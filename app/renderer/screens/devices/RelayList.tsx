/** The relays that this vault syncs through, each with how it is with it. */
import { createEffect, createSignal, For, Show } from 'solid-js';
import type { Failure } from '../../../../workspace/model/failure.ts';
import type { RelayRow } from '../../../../workspace/model/sync.ts';
import { hasText } from '../../../text/index.ts';
import { Button } from '../../parts/Button.tsx';
import { confirm } from '../../parts/confirm.tsx';
import { FailureNotice, Notice } from '../../parts/Notice.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useHost } from '../../shell/connection.ts';
import { SyncMark } from '../../shell/SyncMark.tsx';
import { moodOf } from '../../shell/syncSummary.ts';
import { show, t, tOr } from '../../shell/text.ts';
import { tellDone, tellFailure } from '../../shell/toasts.tsx';
import { Part } from '../settings/Part.tsx';

interface RelayListProps {
  readonly relays: readonly RelayRow[];
  /** This device was removed: no relay lets it in. */
  readonly fixed: boolean;
  /** Somebody wanted what needs a relay. */
  readonly wanted: boolean;
  readonly onChanged: () => void;
}

export function RelayList(props: RelayListProps) {
  const host = useHost();
  const remove = async (relay: RelayRow) => {
    const sure = await confirm({
      title: t('relays.remove.title', { url: relay.url }),
      text: t('relays.remove.text'),
      action: t('relays.remove'),
    });
    if (!sure) return;
    const answer = await host.call('relays.remove', { relay: relay.id });
    if (!answer.ok) tellFailure(answer.failure);
    props.onChanged();
  };
  return (
    <Part title={t('relays.title')}>
      <p class="text-ink-2">{t('relays.text')}</p>
      <Show when={props.relays.length > 0}>
        <ul class="-my-2 divide-y divide-line">
          <For each={props.relays}>
            {(relay) => <RelayLine relay={relay} onRemove={() => void remove(relay)} />}
          </For>
        </ul>
      </Show>
      <Show when={!props.fixed}>
        <AddRelay wanted={props.wanted} onAdded={props.onChanged} />
      </Show>
    </Part>
  );
}

function RelayLine(props: { readonly relay: RelayRow; readonly onRemove: () => void }) {
  const said = () => {
    const { state, since, unsent } = props.relay;
    const known = t('relays.since', {
      state: tOr(`relays.state.${state}`, state),
      at: show.dateTime(since),
    });
    return unsent > 0 ? `${known} · ${t('relays.unsent', { count: unsent })}` : known;
  };
  const trouble = () => {
    const { state, reason } = props.relay;
    if (state !== 'unreachable' && state !== 'refused') return null;
    const why = tOr(`relays.reason.${reason ?? 'failed'}`, reason ?? '');
    const special = `relays.advice.${reason}`;
    return t('relays.because', {
      reason: why,
      advice: t(hasText(special) ? special : `relays.advice.${state}`),
    });
  };
  return (
    <li class="flex items-center gap-3 py-3">
      <SyncMark mood={moodOf(props.relay.state)} class="mt-0.5 self-start" />
      <div class="min-w-0 grow">
        <p class="truncate font-mono text-xs leading-5">{props.relay.url}</p>
        <p class="text-xs text-ink-2" data-relay={props.relay.state}>
          {said()}
        </p>
        <Show when={trouble()}>
          <p class="mt-0.5 text-xs text-ink-3">{trouble()}</p>
        </Show>
      </div>
      <Button
        small
        aria-label={t('relays.removeNamed', { url: props.relay.url })}
        onClick={() => props.onRemove()}
      >
        {t('relays.remove')}
      </Button>
    </li>
  );
}

function AddRelay(props: { readonly wanted: boolean; readonly onAdded: () => void }) {
  const host = useHost();
  const [url, setUrl] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  let form: HTMLFormElement | undefined;
  const notAnAddress = () => failure()?.code === 'invalid';
  const otherFailure = () => (notAnAddress() ? null : failure());
  createEffect(() => {
    if (props.wanted) form?.querySelector('input')?.focus();
  });

  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    const answer = await host.call('relays.add', { url: url().trim() });
    setBusy(false);
    setFailure(answer.ok ? null : answer.failure);
    if (!answer.ok) return;
    setUrl('');
    tellDone(t('relays.added'));
    props.onAdded();
  };

  return (
    <form ref={form} class="flex flex-col gap-3" onSubmit={add}>
      <Show when={props.wanted}>
        <Notice tone="plain">{t('pair.noRelay')}</Notice>
      </Show>
      <div class="flex items-start gap-2">
        <TextField
          class="grow"
          label={t('relays.address')}
          mono
          value={url()}
          onValue={(value) => {
            setUrl(value);
            setFailure(null);
          }}
          problems={notAnAddress() ? [t('relays.notAnAddress')] : []}
          input={{ placeholder: 'wss://relay.example.org', spellcheck: false }}
        />
        <Button class="mt-6" type="submit" busy={busy()} disabled={!url().trim()}>
          {t('relays.add')}
        </Button>
      </div>
      <Show when={otherFailure()}>{(shown) => <FailureNotice failure={shown()} />}</Show>
    </form>
  );
}
