/** The answering side of the contract: checks every request before a handler sees it. */
import { randomUUID } from 'node:crypto';
import { type Failure, fail, ok, type Result } from '../../workspace/model/failure.ts';
import { validate } from '../../workspace/model/validation.ts';
import { storageFailure } from '../../workspace/vault/failures.ts';
import { type Answers, type CheckedParams, type Method, requests } from '../ipc/contract.ts';
import type { Caller } from './caller.ts';

export type Handlers = {
  readonly [M in Method]: (
    params: CheckedParams<M>,
    caller: Caller,
  ) => Answers[M] | Promise<Answers[M]>;
};

export interface Dispatcher {
  dispatch(method: string, params: unknown, caller: Caller): Promise<Result<unknown>>;
}

/** What a caller may ask before it has shown that it knows the passphrase. */
const openToAll: ReadonlySet<string> = new Set<Method>([
  'app.info',
  'vault.status',
  'vault.unlock',
]);

export function createDispatcher(
  handlers: Handlers,
  vaultDir: string,
  log: (line: string) => void,
  onBroken: () => void,
): Dispatcher {
  return {
    async dispatch(method, params, caller) {
      if (!isMethod(method)) {
        return fail({ code: 'invalid', issues: [{ path: 'method', message: 'is not known' }] });
      }
      if (!caller.trusted && !openToAll.has(method)) return fail({ code: 'locked' });
      const checked = validate(requests[method], params);
      if (!checked.ok) return checked;
      const handle = handlers[method] as (params: unknown, caller: Caller) => unknown;
      try {
        return ok(await handle(checked.value, caller));
      } catch (error) {
        // After running out of memory WebAssembly fails for every document until the process ends.
        if (error instanceof WebAssembly.RuntimeError) onBroken();
        return fail(failureOf(error, method, vaultDir, log));
      }
    },
  };
}

const isMethod = (name: string): name is Method => Object.hasOwn(requests, name);

function failureOf(
  error: unknown,
  method: string,
  vaultDir: string,
  log: (line: string) => void,
): Failure {
  const known = storageFailure(error, vaultDir, 'vault.db');
  if (known) return known;
  const reference = randomUUID().slice(0, 8);
  log(`${reference} ${method} failed: ${describeWithoutContent(error)}`);
  return { code: 'internal', reference };
}

/** Where it happened, not what it happened with: messages of errors can quote content. */
function describeWithoutContent(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  const code = 'code' in error ? ` ${String(error.code)}` : '';
  return [`${error.name}${code}`, ...frames].join('\n');
}
