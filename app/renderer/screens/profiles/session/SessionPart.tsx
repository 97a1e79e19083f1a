/** What a profile's browser keeps and whom it talked to. */
import { Cookie, FileDown, FileUp } from 'lucide-solid';
import { createSignal, Show } from 'solid-js';
import { Button } from '../../../parts/Button.tsx';
import { Notice } from '../../../parts/Notice.tsx';
import { useOpened } from '../../../shell/opened.ts';
import { t } from '../../../shell/text.ts';
import { DrawerPart } from '../DrawerPart.tsx';
import { ContactedHosts } from './ContactedHosts.tsx';
import { ExportCookies } from './ExportCookies.tsx';
import { ImportCookies } from './ImportCookies.tsx';
import { SiteList } from './SiteList.tsx';

interface SessionPartProps {
  readonly profile: string;
  readonly onClear: () => void;
}

export function SessionPart(props: SessionPartProps) {
  const opened = useOpened();
  const isOpen = () => opened.of(props.profile) !== undefined;
  const [dialog, setDialog] = createSignal<'import' | 'export' | null>(null);
  const close = () => setDialog(null);
  return (
    <>
      <DrawerPart title={t('session.sites')} text={t('session.sites.text')}>
        <Show when={isOpen()}>
          <Notice tone="plain">{t('session.sites.open')}</Notice>
        </Show>
        <SiteList profile={props.profile} locked={isOpen()} />
        <div class="flex flex-wrap gap-2">
          <Button small disabled={isOpen()} onClick={() => setDialog('import')}>
            <FileDown class="size-3.5" aria-hidden="true" />
            {t('session.import')}
          </Button>
          <Button small onClick={() => setDialog('export')}>
            <FileUp class="size-3.5" aria-hidden="true" />
            {t('session.export')}
          </Button>
          <Button small disabled={isOpen()} onClick={props.onClear}>
            <Cookie class="size-3.5" aria-hidden="true" />
            {t('profiles.clearSession')}
          </Button>
        </div>
      </DrawerPart>
      <DrawerPart title={t('session.hosts')} text={t('session.hosts.text')}>
        <ContactedHosts profile={props.profile} />
      </DrawerPart>
      <Show when={dialog() === 'import'}>
        <ImportCookies profile={props.profile} onClose={close} />
      </Show>
      <Show when={dialog() === 'export'}>
        <ExportCookies profiles={[props.profile]} onClose={close} />
      </Show>
    </>
  );
}
