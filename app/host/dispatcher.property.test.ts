import fc from 'fast-check';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../workspace/testing.ts';
import { requests } from '../ipc/contract.ts';
import { createCaller } from './caller.ts';
import { parseRequest } from './endpoint.ts';
import { createHost } from './host.ts';

function lockedHost() {
  const logged: string[] = [];
  const host = createHost({
    vaultDir: temporaryFolder(),
    shell: 'served',
    log: (line) => logged.push(line),
    onLocked: () => undefined,
  });
  return { host, logged };
}

const caller = (trusted = true) => createCaller(trusted, () => undefined);

/** What derives keys or looks at the machine takes long and is tested elsewhere. */
const slow = ['vault.prepare', 'vault.unlock', 'vault.recover', 'vault.lock', 'app.doctor'];

test('no method and no parameters bring the host down; every answer is a result', async () => {
  const { host, logged } = lockedHost();
  const method = fc.oneof(
    fc.constantFrom(...Object.keys(requests).filter((name) => !slow.includes(name))),
    fc.string(),
    fc.constantFrom('__proto__', 'constructor', 'toString'),
  );
  await fc.assert(
    fc.asyncProperty(method, fc.anything(), async (name, params) => {
      const result = await host.call(name, params, caller());
      expect(typeof result.ok).toBe('boolean');
    }),
    { numRuns: 500 },
  );
  expect(logged).toEqual([]);
});

test('while locked, nothing of a vault is answered', async () => {
  const { host } = lockedHost();
  for (const method of Object.keys(requests).filter((name) =>
    /^(profiles|workflows|runs|blobs|settings)/.test(name),
  )) {
    const result = await host.call(method, {}, caller());
    expect(result.ok, method).toBe(false);
  }
});

test('a caller from the local socket is told nothing before it shows the passphrase', async () => {
  const { host } = lockedHost();
  const stranger = caller(false);
  for (const method of Object.keys(requests)) {
    if (['app.info', 'vault.status', 'vault.unlock'].includes(method)) continue;
    expect(await host.call(method, {}, stranger), method).toEqual({
      ok: false,
      failure: { code: 'locked' },
    });
  }
});

test('frames that are no requests are refused', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const request = parseRequest(text);
      if (request) expect(typeof request.method).toBe('string');
    }),
  );
  for (const text of [
    '',
    '{}',
    '[]',
    'null',
    '{"id":1}',
    '{"id":"1","method":"x","params":{}}',
    '{"id":1,"method":"x","params":{},"more":1}',
  ]) {
    expect(parseRequest(text), text).toBeNull();
  }
  expect(parseRequest('{"id":1,"method":"app.info","params":{}}')).toMatchObject({ id: 1 });
});
