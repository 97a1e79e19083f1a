/** The window: which of its faces is shown depends on the connection and on the vault. */
import { createEffect, Match, Switch } from 'solid-js';
import { Gate } from '../screens/unlock/Gate.tsx';
import { NoHost } from '../screens/unlock/NoHost.tsx';
import { applyTheme } from './appearance.ts';
import { createHost, HostContext } from './connection.ts';
import { Frame } from './Frame.tsx';
import { locale } from './text.ts';
import { Toasts } from './toasts.tsx';

export function App() {
  const host = createHost();
  applyTheme();
  createEffect(() => {
    document.documentElement.lang = locale();
  });
  const lostReason = () => {
    const link = host.link();
    return link === 'refused' || link === 'unreachable' ? link : null;
  };
  return (
    <HostContext.Provider value={host}>
      <Switch>
        <Match when={lostReason()}>{(reason) => <NoHost reason={reason()} />}</Match>
        <Match when={host.vault()?.state === 'unlocked'}>
          <Frame />
        </Match>
        <Match when={host.vault()}>{(status) => <Gate status={status()} />}</Match>
      </Switch>
      <Toasts />
    </HostContext.Provider>
  );
}
