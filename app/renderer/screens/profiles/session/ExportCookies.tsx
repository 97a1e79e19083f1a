/** Saves a profile's cookies as a file, in the clear; the person proves to be there first. */
import { createSignal } from 'solid-js';
import type { CookieFormat } from '../../../../../workspace/model/cookies.ts';
import { Button } from '../../../parts/Button.tsx';
import { Dialog } from '../../../parts/Dialog.tsx';
import { saveText } from '../../../parts/files.ts';
import { Notice } from '../../../parts/Notice.tsx';
import { SelectField } from '../../../parts/SelectField.tsx';
import { useHost } from '../../../shell/connection.ts';
import { withProof } from '../../../shell/stepUp.tsx';
import { t } from '../../../shell/text.ts';
import { tellDone, tellFailure } from '../../../shell/toasts.tsx';

const formats: readonly CookieFormat[] = ['json', 'netscape', 'storageState'];

interface ExportCookiesProps {
  readonly profile: string;
  readonly onClose: () => void;
}

export function ExportCookies(props: ExportCookiesProps) {
  const host = useHost();
  const [format, setFormat] = createSignal<CookieFormat>('json');
  const [busy, setBusy] = createSignal(false);
  const submit = async () => {
    const wanted = { profile: props.profile, format: format() };
    setBusy(true);
    const answer = await withProof(() => host.call('profiles.exportCookies', wanted));
    setBusy(false);
    if (!answer.ok) {
      if (answer.failure.code !== 'cancelled') tellFailure(answer.failure);
      return;
    }
    const { fileName, text } = answer.value;
    saveText(fileName, fileName.endsWith('.json') ? 'application/json' : 'text/plain', text);
    tellDone(t('session.exported', { file: fileName }));
    props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('session.export')}
      footer={
        <>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
          <Button look="primary" busy={busy()} onClick={() => void submit()}>
            {t('common.export')}
          </Button>
        </>
      }
    >
      <div class="flex flex-col gap-4">
        <SelectField
          label={t('session.export.format')}
          value={format()}
          choices={formats.map((value) => ({ value, label: t(`session.export.${value}`) }))}
          onValue={setFormat}
        />
        <Notice tone="warn">{t('session.export.text')}</Notice>
      </div>
    </Dialog>
  );
}
