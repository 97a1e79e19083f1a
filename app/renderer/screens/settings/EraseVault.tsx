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
  const [open, setOpen] = createSignal(false);
  return (
    <Line title={t('erase.title')} text={t('erase.text')}>
      <Button onClick={() => setOpen(true)}>{t('erase.button')}</Button>
      <EraseDialog open={open()} onClose={() => setOpen(false)} />
    </Line>
  );
}

export function EraseDialog(props: { readonly open: boolean; readonly onClose: () => void }) {
  const host = useHost();
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
    <Dialog
      open={props.open}
      onClose={props.onClose}
      title={t('erase.title')}
      footer={
        <>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
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
  );
}
