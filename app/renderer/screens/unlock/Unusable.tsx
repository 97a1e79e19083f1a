/** A vault that is there and can not be opened now: which of the reasons it is, and the way on. */
import { createSignal } from 'solid-js';
import type { Failure } from '../../../../workspace/model/failure.ts';
import { Button } from '../../parts/Button.tsx';
import { useHost } from '../../shell/connection.ts';
import { explain, t } from '../../shell/text.ts';
import { GatePage } from './GatePage.tsx';

export function Unusable(props: { readonly dir: string; readonly failure: Failure }) {
  const host = useHost();
  const [busy, setBusy] = createSignal(false);
  const again = async () => {
    setBusy(true);
    await host.refreshVault();
    setBusy(false);
  };
  return (
    <GatePage
      title={explain(props.failure).title}
      text={explain(props.failure).advice}
      foot={t('unlock.vaultAt', { dir: props.dir })}
    >
      <Button look="primary" busy={busy()} onClick={again}>
        {t('common.tryAgain')}
      </Button>
    </GatePage>
  );
}
