/** What stands before the vault: making it, opening it, or saying why neither is possible. */
import { Match, Switch } from 'solid-js';
import type { VaultStatus } from '../../../ipc/contract.ts';
import { FirstStart } from './FirstStart.tsx';
import { Unlock } from './Unlock.tsx';
import { Unusable } from './Unusable.tsx';

export function Gate(props: { readonly status: VaultStatus }) {
  const failure = () => (props.status.state === 'unusable' ? props.status.failure : null);
  return (
    <Switch>
      <Match when={props.status.state === 'missing'}>
        <FirstStart dir={props.status.dir} />
      </Match>
      <Match when={props.status.state === 'locked'}>
        <Unlock dir={props.status.dir} />
      </Match>
      <Match when={failure()}>
        {(shown) => <Unusable dir={props.status.dir} failure={shown()} />}
      </Match>
    </Switch>
  );
}
