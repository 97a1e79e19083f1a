/** Saves the cookies of one profile or of several as a file, in the clear; the person proves to be there first. */
import { createSignal } from 'solid-js';
import type { CookieListFormat } from '../../../../../workspace/model/cookieList.ts';
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

const listFormats: readonly CookieListFormat[] = ['json', 'storageState'];
const formats: readonly CookieFormat[] = ['json', 'netscape', 'storageState'];

interface ExportCookiesProps {
  /** Several become one file that names each. */
  readonly profiles: readonly string[];
  readonly onClose: () => void;
}

export function ExportCookies(props: ExportCookiesProps) {
  const host = useHost();
  const [format, setFormat] = createSignal<CookieFormat>('json');
  const [busy, setBusy] = createSignal(false);
  const [only, ...others] = props.profiles;
  const isOne = others.length === 0;
  const ask = () => {
    const wanted = format();
    return only !== undefined && isOne
      ? host.call('profiles.exportCookies', { profile: only, format: wanted })
      : host.call('profiles.exportManyCookies', {
          profiles: [...props.profiles],
          format: wanted === 'netscape' ? 'json' : wanted,
        });
  };
  const submit = async () => {
    setBusy(true);
    const answer = await withProof(ask);
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
      title={
        isOne
          ? t('session.export')
          : t('profiles.exportCookies.title', { count: props.profiles.length })
      }
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
          choices={(isOne ? formats : listFormats).map((value) => ({
            value,
            label: t(`session.export.${value}`),
          }))}
          onValue={setFormat}
        />
        <Notice tone="warn">{t('session.export.text')}</Notice>
      </div>
    </Dialog>
  );
}
