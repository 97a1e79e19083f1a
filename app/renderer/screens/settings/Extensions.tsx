/** Folders of unpacked extensions on this device, each under the name that profiles know it by. */
import { Trash2 } from 'lucide-solid';
import { createSignal, For } from 'solid-js';
import type { Settings } from '../../../../workspace/model/settings.ts';
import { Button, IconButton } from '../../parts/Button.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { t } from '../../shell/text.ts';

interface ExtensionsProps {
  readonly settings: Settings;
  readonly onChange: (patch: Partial<Settings>) => Promise<boolean>;
}

export function Extensions(props: ExtensionsProps) {
  const [name, setName] = createSignal('');
  const [path, setPath] = createSignal('');
  const add = async () => {
    const added = { name: name().trim(), path: path().trim() };
    const others = props.settings.extensions.filter((one) => one.name !== added.name);
    if (!(await props.onChange({ extensions: [...others, added] }))) return;
    setName('');
    setPath('');
  };
  const remove = (gone: string) =>
    props.onChange({ extensions: props.settings.extensions.filter((one) => one.name !== gone) });
  return (
    <fieldset class="flex min-w-0 flex-col gap-2">
      <legend class="mb-1 font-medium text-ink-2">{t('settings.extensions')}</legend>
      <p class="text-xs text-ink-3">{t('settings.extensions.text')}</p>
      <ul>
        <For each={props.settings.extensions}>
          {(one) => (
            <li class="flex min-h-9 items-center gap-3 border-b border-line">
              <span class="w-40 shrink-0 truncate font-medium">{one.name}</span>
              <span class="grow truncate font-mono text-xs text-ink-2" title={one.path}>
                {one.path}
              </span>
              <IconButton
                label={t('common.removeNamed', { name: one.name })}
                onClick={() => void remove(one.name)}
              >
                <Trash2 aria-hidden="true" />
              </IconButton>
            </li>
          )}
        </For>
      </ul>
      <div class="flex items-end gap-2">
        <TextField
          class="w-40"
          label={t('settings.extensions.name')}
          value={name()}
          onValue={setName}
          input={{ maxlength: 60 }}
        />
        <TextField
          class="grow"
          label={t('settings.extensions.path')}
          mono
          value={path()}
          onValue={setPath}
          input={{ spellcheck: false }}
        />
        <Button disabled={name().trim() === '' || path().trim() === ''} onClick={() => void add()}>
          {t('settings.extensions.add')}
        </Button>
      </div>
    </fieldset>
  );
}
