/** Process entry of a relay of its own: `node sync-relay/server/main.ts --listen 127.0.0.1:4400 --data DIR`. */
import { parseArgs } from 'node:util';
import { logLine, type RunOptions, runRelay } from './run.ts';

const usage = `usage: main.ts --listen HOST:PORT --data DIR [--name HOST:PORT] [--restored]

  --listen    address to listen at; port 0 takes a free one
  --data      folder of its data, made when there is none
  --name      what devices dial, where that is another address (behind a proxy, or for 0.0.0.0)
  --restored  the data was put back from a backup: devices upload again what it lacks
`;

function options(): RunOptions | null {
  try {
    const { values } = parseArgs({
      options: {
        listen: { type: 'string' },
        data: { type: 'string' },
        name: { type: 'string' },
        restored: { type: 'boolean', default: false },
      },
    });
    const { listen, data, name, restored } = values;
    if (!listen || !data) return null;
    return { listen, data, restored, ...(name ? { name } : {}) };
  } catch {
    return null;
  }
}

const chosen = options();
if (!chosen) {
  process.stderr.write(usage);
  process.exit(2);
}
try {
  await runRelay(chosen);
} catch (error) {
  if (error instanceof TypeError) {
    process.stderr.write(usage);
    process.exit(2);
  }
  logLine('startFailed', {
    code: error instanceof Error && 'code' in error ? String(error.code) : 'failed',
  });
  process.exit(1);
}
