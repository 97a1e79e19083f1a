/** The command palette: commands, and things by name. */

import { Dialog as Ark } from '@ark-ui/solid/dialog';
import { CornerDownLeft, Search } from 'lucide-solid';
import { createEffect, createMemo, createSignal, createUniqueId, For, on, Show } from 'solid-js';
import { Portal } from 'solid-js/web';
import { Kbd } from '../parts/Kbd.tsx';
import { commands } from './commands.ts';
import { useHost } from './connection.ts';
import { profileOpening, proxyOpening } from './intents.ts';
import { matchesWords } from './match.ts';
import { navigate } from './router.ts';
import { t } from './text.ts';

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly keys?: string | undefined;
  readonly run: () => void;
}

export function Palette(props: { readonly open: boolean; readonly onClose: () => void }) {
  return (
    <Show when={props.open}>
      <OpenPalette onClose={props.onClose} />
    </Show>
  );
}

function OpenPalette(props: { readonly onClose: () => void }) {
  return (
    <Ark.Root open onOpenChange={(details) => !details.open && props.onClose()}>
      <Portal>
        <Ark.Backdrop class="fixed inset-0 z-40 bg-scrim" />
        <Ark.Positioner class="fixed inset-0 z-50 flex items-start justify-center p-4 pt-[12vh]">
          <Ark.Content
            class="flex max-h-[60vh] w-144 max-w-full flex-col rounded-xl border border-line bg-surface shadow-lift outline-none"
            aria-label={t('command.palette')}
          >
            <PaletteBody onClose={props.onClose} />
          </Ark.Content>
        </Ark.Positioner>
      </Portal>
    </Ark.Root>
  );
}

function PaletteBody(props: { readonly onClose: () => void }) {
  const listId = createUniqueId();
  const [typed, setTyped] = createSignal('');
  const [active, setActive] = createSignal(0);
  const things = createThings(typed);
  const entries = createMemo<Entry[]>(() => [
    ...commands()
      .filter((one) => one.id !== 'palette' && !one.listedOnly)
      .map((one) => ({
        id: one.id,
        title: t(one.title),
        kind: t(`command.group.${one.group}`),
        keys: one.keys,
        run: one.run,
      }))
      .filter((entry) => matchesWords(entry.title, typed())),
    ...things(),
  ]);
  createEffect(on(typed, () => setActive(0)));

  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    props.onClose();
    entry.run();
  };
  const move = (by: number) => {
    const count = entries().length;
    if (count === 0) return;
    setActive((at) => (at + by + count) % count);
    document.getElementById(`${listId}-${active()}`)?.scrollIntoView({ block: 'nearest' });
  };
  const keyed = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') run(entries()[active()]);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div class="flex items-center gap-2.5 border-b border-line px-4">
        <Search class="size-4 text-ink-3" aria-hidden="true" />
        <input
          ref={(element) => queueMicrotask(() => element.focus())}
          class="h-12 grow bg-transparent text-base focus-visible:outline-none"
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={`${listId}-${active()}`}
          aria-label={t('command.palette')}
          placeholder={t('command.find')}
          autocomplete="off"
          spellcheck={false}
          value={typed()}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={keyed}
        />
        <Kbd keys="Esc" />
      </div>
      <div
        id={listId}
        role="listbox"
        aria-label={t('command.palette')}
        class="overflow-y-auto p-1.5"
      >
        <For
          each={entries()}
          fallback={<p class="px-2.5 py-3 text-ink-3">{t('common.nothingFound')}</p>}
        >
          {(entry, index) => (
            <div
              id={`${listId}-${index()}`}
              role="option"
              tabIndex={-1}
              aria-selected={index() === active()}
              class="popup-item min-h-9 !px-2.5"
              onPointerMove={() => setActive(index())}
              onClick={() => run(entry)}
              onKeyDown={keyed}
            >
              <span class="grow truncate">{entry.title}</span>
              <span class="text-xs text-ink-3">{entry.kind}</span>
              <Show when={entry.keys} fallback={<Enter shown={index() === active()} />}>
                {(keys) => <Kbd keys={keys()} />}
              </Show>
            </div>
          )}
        </For>
      </div>
    </>
  );
}

function Enter(props: { readonly shown: boolean }) {
  return (
    <CornerDownLeft
      class={`size-3.5 text-ink-3 ${props.shown ? '' : 'invisible'}`}
      aria-hidden="true"
    />
  );
}

/** Profiles, proxies and workflows that are found by what was typed. */
function createThings(typed: () => string): () => readonly Entry[] {
  const host = useHost();
  const [found, setFound] = createSignal<readonly Entry[]>([]);
  createEffect(
    on(typed, async (search) => {
      if (!search.trim()) return setFound([]);
      const [profiles, proxies, workflows] = await Promise.all([
        host.call('profiles.list', { search, limit: 5 }),
        host.call('proxies.list', { search, limit: 5 }),
        host.call('workflows.list', { search, limit: 5 }),
      ]);
      if (typed() !== search) return;
      setFound([
        ...(workflows.ok ? workflows.value.rows : []).map((row) => ({
          id: row.id,
          title: row.name,
          kind: t('kind.workflow'),
          run: () => navigate({ screen: 'workflow', id: row.id }),
        })),
        ...(profiles.ok ? profiles.value.rows : []).map((row) => ({
          id: row.id,
          title: row.name,
          kind: t('kind.profile'),
          run: () => profileOpening.ask(row.id),
        })),
        ...(proxies.ok ? proxies.value.rows : []).map((row) => ({
          id: row.id,
          title: row.name,
          kind: t('kind.proxy'),
          run: () => proxyOpening.ask(row.id),
        })),
      ]);
    }),
  );
  return found;
}
