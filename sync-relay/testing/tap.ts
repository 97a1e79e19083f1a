/** For tests: everything that goes over the wire between clients and a relay, both ways, unmasked. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';

export interface Tap {
  /** What clients dial instead of the relay, and what the relay has to call itself. */
  readonly url: string;
  readonly name: string;
  /** Sends on to the relay from now on. */
  passTo(relay: string): void;
  /** All that was sent so far, requests' addresses and headers included. */
  seen(): Buffer;
  stop(): Promise<void>;
}

export async function startTap(): Promise<Tap> {
  const seen: Buffer[] = [];
  let relay = '';
  const http = createServer();
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
  sockets.on('connection', (client, request) => {
    seen.push(Buffer.from(`${request.url}\n${request.rawHeaders.join('\n')}`));
    const onward = new WebSocket(relay, { perMessageDeflate: false });
    const early: Buffer[] = [];
    const pass = (from: WebSocket, to: WebSocket) =>
      from.on('message', (message: Buffer) => {
        seen.push(message);
        if (to.readyState === WebSocket.OPEN) to.send(message);
        else early.push(message);
      });
    pass(client, onward);
    pass(onward, client);
    onward.once('open', () => {
      for (const message of early) onward.send(message);
    });
    onward.once('close', () => client.close());
    client.once('close', () => onward.close());
    for (const socket of [client, onward]) socket.on('error', () => socket.terminate());
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  const name = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    url: `ws://${name}`,
    name,
    passTo(url) {
      relay = url;
    },
    seen: () => Buffer.concat(seen),
    async stop() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      http.close();
      await once(http, 'close');
    },
  };
}
