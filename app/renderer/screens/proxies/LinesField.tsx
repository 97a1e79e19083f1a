/** Where proxies are pasted, or a file with them is dropped. */
import { createSignal } from 'solid-js';
import { Field } from '../../parts/Field.tsx';
import { textOf } from '../../parts/files.ts';
import { t } from '../../shell/text.ts';

interface LinesFieldProps {
  readonly value: string;
  readonly onValue: (value: string) => void;
}

const carriesFile = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

export function LinesField(props: LinesFieldProps) {
  const [over, setOver] = createSignal(false);
  const drop = async (event: DragEvent) => {
    setOver(false);
    const file = event.dataTransfer?.files[0];
    // Text that is dropped is put in by the browser.
    if (!file) return;
    event.preventDefault();
    props.onValue(await textOf(file));
  };
  return (
    <Field label={t('proxies.paste.lines')}>
      {(control) => (
        <textarea
          {...control}
          rows={4}
          spellcheck={false}
          autocomplete="off"
          class={`control resize-y font-mono text-xs ${over() ? '!border-accent !bg-accent-soft' : ''}`}
          placeholder={
            'proxy.example:8080\nproxy.example:8080:user:password\nsocks5://10.1.2.3:1080'
          }
          value={props.value}
          onInput={(event) => props.onValue(event.currentTarget.value)}
          onDragOver={(event) => {
            if (!carriesFile(event)) return;
            event.preventDefault();
            setOver(true);
          }}
          onDragLeave={() => setOver(false)}
          onDrop={(event) => void drop(event)}
        />
      )}
    </Field>
  );
}
