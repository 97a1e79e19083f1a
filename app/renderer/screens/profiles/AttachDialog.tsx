/** Where other programs find an opened browser: hidden until asked for, since it is all they need. */
import { Copy, Eye, EyeOff } from 'lucide-solid';
import { createResource, createSignal, For, Match, Show, Switch } from 'solid-js';
import { Button } from '../../parts/Button.tsx';
import { Dialog } from '../../parts/Dialog.tsx';
import { FailureNotice, Notice } from '../../parts/Notice.tsx';
import { useHost } from '../../shell/connection.ts';
import { t } from '../../shell/text.ts';
import { tellDone } from '../../shell/toasts.tsx';

export interface Attachable {
  readonly id: string;
  readonly name: string;
}

interface AttachDialogProps {
  readonly profile: Attachable;
  readonly onClose: () => void;
}

/** Stands for the address while it is hidden. */
const hidden = '••••••••';

const snippets = [
  {
    program: 'Playwright',
    code: (_ws: string, http: string) =>
      `const browser = await chromium.connectOverCDP('${http}');\nconst [context] = browser.contexts();`,
  },
  {
    program: 'Puppeteer',
    code: (ws: string) =>
      `const browser = await puppeteer.connect({\n  browserWSEndpoint: '${ws}',\n  defaultViewport: null,\n});`,
  },
] as const;

async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  tellDone(t('attach.copied'));
}

export function AttachDialog(props: AttachDialogProps) {
  const host = useHost();
  const [visible, setVisible] = createSignal(false);
  // Nothing is offered to programs before somebody asks for the address.
  const [answer, { refetch }] = createResource(
    () => (visible() ? props.profile.id : null),
    (profile) => host.call('profiles.attach', { profile }),
  );
  const endpoint = () => {
    const told = visible() ? answer.latest : undefined;
    return told?.ok ? told.value : null;
  };
  const failure = () => {
    const told = answer.latest;
    return told && !told.ok ? told.failure : null;
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={t('attach.title', { name: props.profile.name })}
      width="w-144"
      footer={<Button onClick={props.onClose}>{t('common.close')}</Button>}
    >
      <div class="flex flex-col gap-4">
        <Notice tone="warn">{t('attach.warning')}</Notice>
        <Switch>
          <Match when={failure()}>
            {(shown) => (
              <FailureNotice failure={shown()}>
                <Button small class="mt-2" onClick={() => void refetch()}>
                  {t('common.tryAgain')}
                </Button>
              </FailureNotice>
            )}
          </Match>
          <Match when={true}>
            <section class="flex flex-col gap-1.5" aria-labelledby="attach-address">
              <div class="flex items-center gap-2">
                <h3 id="attach-address" class="mr-auto font-medium text-ink-2">
                  {t('attach.address')}
                </h3>
                <Button
                  small
                  aria-pressed={visible()}
                  busy={answer.loading}
                  onClick={() => setVisible(!visible())}
                >
                  <Show when={visible()} fallback={<Eye class="size-3.5" aria-hidden="true" />}>
                    <EyeOff class="size-3.5" aria-hidden="true" />
                  </Show>
                  {visible() ? t('attach.hide') : t('attach.show')}
                </Button>
                <Show when={endpoint()}>
                  {(shown) => (
                    <Button small onClick={() => void copy(shown().wsEndpoint)}>
                      <Copy class="size-3.5" aria-hidden="true" />
                      {t('attach.copyAddress')}
                    </Button>
                  )}
                </Show>
              </div>
              <p
                class="rounded-lg bg-sunken p-3 font-mono text-xs break-all select-all"
                data-attach-address=""
              >
                <Show
                  when={endpoint()}
                  fallback={
                    <>
                      <span aria-hidden="true">{hidden}</span>
                      <span class="sr-only">{t('attach.hidden')}</span>
                    </>
                  }
                >
                  {(shown) => shown().wsEndpoint}
                </Show>
              </p>
            </section>
            <Show when={endpoint()}>
              {(shown) => (
                <For each={snippets}>
                  {({ program, code }) => (
                    <Snippet
                      program={program}
                      code={code(shown().wsEndpoint, shown().httpEndpoint)}
                    />
                  )}
                </For>
              )}
            </Show>
          </Match>
        </Switch>
      </div>
    </Dialog>
  );
}

function Snippet(props: { readonly program: string; readonly code: string }) {
  return (
    <section class="flex flex-col gap-1.5" aria-label={props.program}>
      <div class="flex items-center gap-2">
        <h3 class="mr-auto font-medium text-ink-2">{props.program}</h3>
        <Button
          small
          aria-label={t('attach.copySnippet', { program: props.program })}
          onClick={() => void copy(props.code)}
        >
          <Copy class="size-3.5" aria-hidden="true" />
          {t('common.copy')}
        </Button>
      </div>
      <pre class="rounded-lg bg-sunken p-3 font-mono text-xs break-all whitespace-pre-wrap select-all">
        {props.code}
      </pre>
    </section>
  );
}
