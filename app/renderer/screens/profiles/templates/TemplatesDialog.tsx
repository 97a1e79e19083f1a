/** The templates there are, and the way to the trash. */
import { Trash2 } from 'lucide-solid';
import { For, Show } from 'solid-js';
import { IconButton } from '../../../parts/Button.tsx';
import { Dialog } from '../../../parts/Dialog.tsx';
import { TagChips } from '../../../parts/TagChips.tsx';
import { useHost } from '../../../shell/connection.ts';
import { t } from '../../../shell/text.ts';
import { tellDone, tellFailure } from '../../../shell/toasts.tsx';
import { useTemplates } from './templates.ts';

export function TemplatesDialog(props: { readonly onClose: () => void }) {
  const host = useHost();
  const templates = useTemplates();
  const bringBack = async (id: string) => {
    const answer = await host.call('trash.restore', { kind: 'template', id });
    if (!answer.ok) tellFailure(answer.failure);
  };
  const remove = async (id: string, name: string) => {
    const answer = await host.call('templates.remove', { template: id });
    if (!answer.ok) return tellFailure(answer.failure);
    tellDone(t('templates.removed', { name }), {
      action: { label: t('common.undo'), run: () => void bringBack(id) },
    });
  };
  return (
    <Dialog
      open
      title={t('templates.manage')}
      description={t('templates.text')}
      onClose={props.onClose}
    >
      <Show
        when={templates().length > 0}
        fallback={<p class="text-ink-2">{t('templates.empty')}</p>}
      >
        <ul class="flex flex-col">
          <For each={templates()}>
            {(row) => (
              <li class="flex min-h-10 items-center gap-3 border-b border-line last:border-0">
                <span class="grow truncate font-medium">{row.name}</span>
                <TagChips tags={row.tags} />
                <IconButton
                  label={t('common.removeNamed', { name: row.name })}
                  onClick={() => void remove(row.id, row.name)}
                >
                  <Trash2 aria-hidden="true" />
                </IconButton>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </Dialog>
  );
}
