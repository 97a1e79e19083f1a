/** Asks the person to prove to be there, when the host wants that before it goes on. */
import { createSignal, Show } from 'solid-js';
import { type Failure, fail, type Result } from '../../../workspace/model/failure.ts';
import { Button } from '../parts/Button.tsx';
import { Dialog } from '../parts/Dialog.tsx';
import { FailureNotice } from '../parts/Notice.tsx';
import { PassphraseField } from '../parts/PassphraseField.tsx';
import { TextField } from '../parts/TextField.tsx';
import { useHost } from './connection.ts';
import { t } from './text.ts';

type Method = 'passphrase' | 'oneTimeCode';

const [asked, setAsked] = createSignal<Method | null>(null);
let answer: ((proven: boolean) => void) | null = null;

function ask(method: Method): Promise<boolean> {
  answer?.(false);
  setAsked(method);
  return new Promise((resolve) => {
    answer = resolve;
  });
}

function close(proven: boolean): void {
  setAsked(null);
  answer?.(proven);
  answer = null;
}

/** Ends a question that is still open: the vault has locked. */
export const closeProof = (): void => close(false);

/** Calls; where the host asks for a proof, gets it and calls again. Giving up counts as cancelled. */
export async function withProof<T>(call: () => Promise<Result<T>>): Promise<Result<T>> {
  const first = await call();
  if (first.ok || first.failure.code !== 'stepUpNeeded') return first;
  return (await ask(first.failure.method)) ? call() : fail({ code: 'cancelled' });
}

export function ProofDialog() {
  return <Show when={asked()}>{(method) => <Proof method={method()} />}</Show>;
}

function Proof(props: { readonly method: Method }) {
  const host = useHost();
  const [given, setGiven] = createSignal('');
  const [failure, setFailure] = createSignal<Failure | null>(null);
  const [busy, setBusy] = createSignal(false);
  const byCode = () => props.method === 'oneTimeCode';

  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setBusy(true);
    const proof = byCode() ? { code: given() } : { passphrase: given() };
    const proven = await host.call('stepUp.prove', proof);
    setBusy(false);
    setGiven('');
    if (proven.ok) close(true);
    else setFailure(proven.failure);
  };

  return (
    <Dialog
      open
      onClose={() => close(false)}
      title={t('proof.title')}
      description={byCode() ? t('proof.code.text') : t('proof.passphrase.text')}
      footer={
        <>
          <Button onClick={() => close(false)}>{t('common.cancel')}</Button>
          <Button type="submit" form="proof-form" look="primary" busy={busy()} disabled={!given()}>
            {t('common.continue')}
          </Button>
        </>
      }
    >
      <form id="proof-form" class="flex flex-col gap-4" onSubmit={submit}>
        <Show when={failure()}>{(shown) => <FailureNotice failure={shown()} />}</Show>
        <Show
          when={byCode()}
          fallback={
            <PassphraseField
              label={t('proof.passphrase')}
              autocomplete="current-password"
              value={given()}
              onValue={setGiven}
            />
          }
        >
          <TextField
            label={t('proof.code')}
            mono
            value={given()}
            onValue={setGiven}
            input={{ inputmode: 'text', autocomplete: 'one-time-code' }}
          />
        </Show>
      </form>
    </Dialog>
  );
}
