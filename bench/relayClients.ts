/** Process entry: many clients of a relay, of one kind. */
import { pooledRandom } from '../crypto/random.ts';
import { emptyChain } from '../sync-relay/protocol/proofs.ts';
import { benchChannel as channel, member } from './relay.ts';

const [kind = '', url = '', count = '0'] = process.argv.slice(2);
const random = pooledRandom();
const now = () => Number(process.hrtime.bigint()) / 1e6;
let times: number[] = [];

async function reader(): Promise<void> {
  const client = await member(url, (event) => {
    if (event.name !== 'entries') return;
    for (const { envelope } of event.body.entries) {
      const { buffer, byteOffset } = envelope;
      times.push(now() - new DataView(buffer, byteOffset).getFloat64(0));
    }
  });
  await client.ask('subscribe', { channel, position: 0, chain: emptyChain });
}

/** Asks as fast as it is let, half of it for pages that it takes no time to look at. */
async function flooding(): Promise<void> {
  const client = await member(url);
  const forever = async () => {
    for (;;) {
      await client.ask('read', { channel, after: 0 }).catch(() => undefined);
      await client.ask('ephemeral', { channel, frame: random(1000) }).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };
  void forever();
}

/** Connects, says nothing or rubbish, and comes again. */
function rubbish(): void {
  const again = () => {
    const socket = new WebSocket(url);
    socket.onopen = () => {
      if (Math.random() < 0.5) socket.send(random(500).slice().buffer as ArrayBuffer);
    };
    socket.onclose = () => setTimeout(again, 50);
    socket.onerror = () => undefined;
  };
  again();
}

for (let n = 0; n < Number(count); n += 50) {
  const many = Math.min(50, Number(count) - n);
  await Promise.all(
    Array.from({ length: many }, async (_, at) => {
      if (kind === 'readers') await reader();
      else if (kind === 'idle') await member(url);
      else if (at % 2 === 0) await flooding();
      else rubbish();
    }),
  );
}
setInterval(() => {
  process.send?.({ times });
  times = [];
}, 100);
process.send?.('ready');
