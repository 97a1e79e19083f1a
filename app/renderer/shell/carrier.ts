/** Opens a connection to the vault host over whatever this shell offers. */
import { createRpcClient, type RpcClient } from '../../ipc/rpcClient.ts';

/** What Electron's preload script offers; its port arrives as a `warren:port` message to the window. */
interface WarrenBridge {
  requestPort(): void;
}

declare global {
  interface Window {
    readonly warrenBridge?: WarrenBridge;
  }
}

export type Opening =
  | { readonly ok: true; readonly client: RpcClient }
  /** `refused`: the host answers, but not to this page. `unreachable`: nobody answers. */
  | { readonly ok: false; readonly reason: 'refused' | 'unreachable' };

export function openClient(): Promise<Opening> {
  return window.warrenBridge ? openPort(window.warrenBridge) : openSocket();
}

/** Where this window keeps its session key: for its own origin, port included, until it is closed. */
const sessionEntry = 'warren.session';
/** What the host closes with when the session key is none of its own. */
const refusedCode = 4401;

async function openSocket(): Promise<Opening> {
  const session = (await tradeLinkToken()) ?? sessionStorage.getItem(sessionEntry);
  if (session === null) return { ok: false, reason: 'refused' };
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
  // The key travels as a subprotocol: in no address, and before the first frame.
  const socket = new WebSocket(`${scheme}://${location.host}/rpc`, ['warren', session]);
  const client = createRpcClient({
    send: (frame) => socket.send(frame),
    close: () => socket.close(),
  });
  return new Promise((resolve) => {
    socket.onmessage = (event) => client.receive(String(event.data));
    // A refused key is told right after opening, so an open socket is not yet one that was let in.
    socket.onopen = () => {
      client.call('app.info', {}).then((answer) => {
        if (answer.ok) resolve({ ok: true, client });
      });
    };
    socket.onclose = (event) => {
      client.ended();
      resolve({ ok: false, reason: event.code === refusedCode ? 'refused' : 'unreachable' });
    };
  });
}

/**
 * A printed link carries a token in its fragment, which is sent to nobody. It is traded once for this
 * window's session key and leaves the address at once.
 */
async function tradeLinkToken(): Promise<string | null> {
  // What starts with a slash is a place in the app, not a token.
  const [, token] = /^#([^/].*)$/.exec(location.hash) ?? [];
  if (token === undefined) return null;
  history.replaceState(null, '', location.pathname);
  try {
    const answer = await fetch('/session', { method: 'POST', body: token });
    if (!answer.ok) return null;
    const session = await answer.text();
    sessionStorage.setItem(sessionEntry, session);
    return session;
  } catch {
    return null;
  }
}

const portTimeout = 10_000;

function openPort(bridge: WarrenBridge): Promise<Opening> {
  return new Promise((resolve) => {
    const giveUp = setTimeout(() => {
      window.removeEventListener('message', take);
      resolve({ ok: false, reason: 'unreachable' });
    }, portTimeout);
    const take = (event: MessageEvent) => {
      const port = event.ports[0];
      if (event.source !== window || event.data !== 'warren:port' || !port) return;
      clearTimeout(giveUp);
      window.removeEventListener('message', take);
      resolve({ ok: true, client: clientOverPort(port) });
    };
    window.addEventListener('message', take);
    bridge.requestPort();
  });
}

function clientOverPort(port: MessagePort): RpcClient {
  const client = createRpcClient({
    send: (frame) => port.postMessage(frame),
    close: () => port.close(),
  });
  port.onmessage = (event) => client.receive(String(event.data));
  port.addEventListener('close', () => client.ended());
  return client;
}
