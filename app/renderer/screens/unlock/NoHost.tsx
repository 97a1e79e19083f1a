/** Nobody answers, or not to this page: says which of the two, and what to do. */
import { LoaderCircle } from 'lucide-solid';
import { Show } from 'solid-js';
import { t } from '../../shell/text.ts';
import { GatePage } from './GatePage.tsx';

export function NoHost(props: { readonly reason: 'refused' | 'unreachable' }) {
  return (
    <GatePage title={t(`noHost.${props.reason}.title`)} text={t(`noHost.${props.reason}.text`)}>
      <Show when={props.reason === 'refused'}>
        <pre class="mb-4 overflow-x-auto rounded-lg bg-sunken px-3 py-2.5 font-mono text-xs text-ink-2">
          npm start
        </pre>
      </Show>
      <p class="flex items-center gap-2 text-ink-3" role="status">
        <LoaderCircle class="size-3.5 animate-spin" aria-hidden="true" />
        {t('noHost.trying')}
      </p>
    </GatePage>
  );
}
