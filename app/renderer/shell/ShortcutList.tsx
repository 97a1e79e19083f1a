/** All keys that do something here and now. */
import { createMemo, For } from 'solid-js';
import { Dialog } from '../parts/Dialog.tsx';
import { Kbd } from '../parts/Kbd.tsx';
import { type Command, commands } from './commands.ts';
import { t } from './text.ts';

export function ShortcutList(props: { readonly open: boolean; readonly onClose: () => void }) {
  const groups = createMemo(() =>
    (['here', 'go', 'app'] as const)
      .map((group) => ({
        group,
        list: commands().filter((one) => one.keys && one.group === group),
      }))
      .filter((one) => one.list.length > 0),
  );
  return (
    <Dialog open={props.open} onClose={props.onClose} title={t('command.keys')}>
      <div class="flex flex-col gap-5">
        <For each={groups()}>
          {(one) => (
            <section>
              <h3 class="mb-1 text-xs font-semibold text-ink-3">
                {t(`command.group.${one.group}`)}
              </h3>
              <ul class="divide-y divide-line">
                <For each={one.list}>{(command) => <ShortcutRow command={command} />}</For>
              </ul>
            </section>
          )}
        </For>
      </div>
    </Dialog>
  );
}

function ShortcutRow(props: { readonly command: Command }) {
  return (
    <li class="flex items-center justify-between py-1.5">
      <span>{t(props.command.title)}</span>
      <span class="sr-only">{props.command.keys}</span>
      <Kbd keys={props.command.keys ?? ''} />
    </li>
  );
}
