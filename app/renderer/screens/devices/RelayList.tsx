/** The relays that this vault syncs through, each with how it is with it. */
import { createSignal, For, Show } from 'solid-js';
import type { Failure } from '../../../../workspace/model/failure.ts';
import type { RelayRow } from '../../../../workspace/model/sync.ts';
import { Button } from '../../parts/Button.tsx';
import { confirm } from '../../parts/confirm.tsx';
import { FailureNotice } from '../../parts/Notice.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { useHost } from '../../shell/connection.ts';
import { show, t, tOr } from '../../shell/text.ts';
import { tellDone, tellFailure } from '../../shell/toasts.tsx';
import { Part } from '../settings/Part.tsx';

interface RelayListProps {
  readonly relays: readonly RelayRow[];
  readonly onChanged: () => void;
}

export function RelayList(props: RelayListProps) {
  const host = useHost();
  const [url, setUrl] = createSignal('');
  const [busy, setBusy] = createSignal(false);
  const [failure, setFailure] = createSignal<Failure | null>(null);

  const add = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    const answer = await host.call('relays.add', { url: url().trim() });
    setBusy(false);
    setFailure(answer.ok ? null : answer.failure);
    if (!answer.ok) return;
    setUrl('');
    tellDone(t('relays.added'));
    props.onChanged();
  };
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
  const said = (relay: RelayRow) => {
    const state = t('relays.since', {
      state: tOr(`sync.state.${relay.state}`, relay.state),
      at: show.dateTime(relay.since),
    });
    const reason = relay.reason && tOr(`relays.reason.${relay.reason}`, relay.reason);
    const unsent = relay.unsent > 0 ? t('relays.unsent', { count: relay.unsent }) : null;
    return [state, reason, unsent].filter(Boolean).join(' · ');
  };

  return (
    <Part title={t('relays.title')}>
      <p class="text-ink-2">{t('relays.text')}</p>
      <Show when={props.relays.length > 0}>
        <ul class="-my-2 divide-y divide-line">
          <For each={props.relays}>
            {(relay) => (
              <li class="flex items-center gap-4 py-3">
                <div class="min-w-0 grow">
                  <p class="truncate font-mono text-xs">{relay.url}</p>
                  <p class="text-xs text-ink-3">{said(relay)}</p>
                </div>
                <Button small onClick={() => void host.call('sync.now', {})}>
                  {t('relays.now')}
                </Button>
                <Button
                  small
                  look="plain"
                  aria-label={t('relays.removeNamed', { url: relay.url })}
                  onClick={() => void remove(relay)}
                >
                  {t('relays.remove')}
                </Button>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <form class="flex flex-col gap-3" onSubmit={add}>
        <div class="flex items-end gap-2">
          <TextField
            class="grow"
            label={t('relays.address')}
            mono
            value={url()}
            onValue={(value) => {
              setUrl(value);
              setFailure(null);
            }}
            input={{ placeholder: 'wss://relay.example.org', spellcheck: false }}
          />
          <Button type="submit" busy={busy()} disabled={!url().trim()}>
            {t('relays.add')}
          </Button>
        </div>
        <Show when={failure()}>{(shown) => <FailureNotice failure={shown()} />}</Show>
      </form>
    </Part>
  );
}
