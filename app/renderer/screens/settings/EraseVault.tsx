/** The end of the vault, asked for by typing its folder's name. */
import { createResource, createSignal } from 'solid-js';
import { Button } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { Notice } from '../../parts/Notice.tsx';
import { TextField } from '../../parts/TextField.tsx';
import { Toggle } from '../../parts/Toggle.tsx';
import { useHost } from '../../shell/connection.ts';
import { withProof } from '../../shell/stepUp.tsx';
import { t } from '../../shell/text.ts';
import { tellFailure } from '../../shell/toasts.tsx';
import { Line } from './Part.tsx';

export function EraseVault() {
  const host = useHost();
  const [open, setOpen] = createSignal(false);
  const [typed, setTyped] = createSignal('');
  const [backups, setBackups] = createSignal(false);
  const [folder] = createResource(async () => {
    const answer = await host.call('app.info', {});
    return answer.ok ? (answer.value.vaultDir.split(/[\\/]/).filter(Boolean).at(-1) ?? '') : '';
  });
  const erase = async (event: SubmitEvent) => {
    event.preventDefault();
    const answer = await withProof(() =>
      host.call('vault.erase', { confirm: typed(), backups: backups() }),
    );
    if (!answer.ok && !['cancelled', 'hostLost'].includes(answer.failure.code)) {
      tellFailure(answer.failure);
    }
  };
  return (
    <Line title={t('erase.title')} text={t('erase.text')}>
      <Button onClick={() => setOpen(true)}>{t('erase.button')}</Button>
      <Dialog
        open={open()}
        onClose={() => setOpen(false)}
        title={t('erase.title')}
        footer={
          <>
            <Button onClick={() => setOpen(false)}>{t('common.cancel')}</Button>
            <Button
              type="submit"
              form="erase-form"
              look="danger"
              disabled={!folder() || typed() !== folder()}
            >
              {t('erase.button')}
            </Button>
          </>
        }
      >
        <form id="erase-form" class="flex flex-col gap-4" onSubmit={erase}>
          <Notice tone="warn">{t('erase.warning')}</Notice>
          <TextField
            label={t('erase.type', { name: folder() ?? '' })}
            value={typed()}
            onValue={setTyped}
          />
          <Toggle label={t('erase.backups')} checked={backups()} onChecked={setBackups} />
        </form>
      </Dialog>
    </Line>
  );
}
