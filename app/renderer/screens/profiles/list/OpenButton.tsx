/** Opens a profile's browser, or closes it. */
import { Match, Switch } from 'solid-js';
import type { ProfileRow } from '../../../../../workspace/model/profile.ts';
import { Button } from '../../../parts/Button.tsx';
import { useOpened } from '../../../shell/opened.ts';
import { t } from '../../../shell/text.ts';

export function OpenButton(props: { readonly row: ProfileRow; readonly tabIndex?: number }) {
  const opened = useOpened();
  const step = () => opened.stepOf(props.row.id);
  return (
    <Switch
      fallback={
        <Button
          small
          tabIndex={props.tabIndex}
          aria-label={t('opening.openNamed', { name: props.row.name })}
          busy={step() === 'opening'}
          onClick={() => void opened.open([props.row.id])}
        >
          {t('opening.open')}
        </Button>
      }
    >
      <Match when={opened.of(props.row.id)}>
        <Button
          small
          tabIndex={props.tabIndex}
          aria-label={t('opening.closeNamed', { name: props.row.name })}
          busy={step() === 'closing'}
          onClick={() => void opened.close([props.row.id])}
        >
          {t('opening.close')}
        </Button>
      </Match>
      {/* What a run has open is the run's to close. */}
      <Match when={props.row.open && step() === undefined}>
        <Button
          small
          disabled
          aria-label={t('opening.openNamed', { name: props.row.name })}
          title={t('opening.byRun')}
        >
          {t('opening.open')}
        </Button>
      </Match>
    </Switch>
  );
}
