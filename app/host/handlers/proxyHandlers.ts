/** Proxies: one by one, pasted in by the thousand, and never with their passwords unless asked. */
import { FailureError } from '../../../workspace/model/failure.ts';
import type { ProxyInput, ShownProxy } from '../../../workspace/model/proxy.ts';
import { readProxyLines } from '../../../workspace/model/proxyLines.ts';
import { knownAmong, lineRow, namesFor } from '../../../workspace/records/proxyImport.ts';
import type { Stored } from '../../../workspace/records/records.ts';
import { eachSlice } from '../../../workspace/views/slices.ts';
import type { Handlers } from '../dispatcher.ts';
import { withChecks } from '../listSources.ts';
import { changeExit, checkProxies } from '../proxyChecks.ts';
import type { HandlerContext } from './context.ts';
import { definedOf, required } from './values.ts';

/** Proxies added between two pauses. */
const atOnce = 50;
/** Lines of a paste that a window is shown. */
const linesShown = 1_000;

export function proxyHandlers(
  context: HandlerContext,
): Pick<Handlers, Extract<keyof Handlers, `proxies.${string}`>> {
  const { commit, tasks } = context;
  const services = () => context.unlocked().services;
  return {
    'proxies.list': (query) => {
      const page = services().proxies.list(query);
      return { ...page, rows: withChecks(services(), page.rows) };
    },
    'proxies.get': ({ proxy }) => withoutPassword(services().proxies.get(proxy)),
    'proxies.facets': () => ({ tags: services().proxies.countBy('tags') }),
    'proxies.add': ({ input }) =>
      commit(({ proxies }) => withoutPassword(required(proxies.add([input])[0]))),
    'proxies.edit': ({ proxy, patch }) =>
      commit(({ proxies }) => {
        const { id, createdAt: _c, updatedAt: _u, ...input } = proxies.get(proxy);
        return withoutPassword(proxies.replace(id, { ...input, ...definedOf(patch) }));
      }),
    'proxies.remove': async ({ proxies: references }) => {
      await commit(({ proxies }) => proxies.trash(references.map((one) => proxies.get(one).id)));
      return null;
    },
    'proxies.check': ({ proxies: references }) => {
      const wanted = references.map((one) => services().proxies.get(one));
      return tasks.run('proxyCheck', (signal, onProgress) =>
        checkProxies(services(), wanted, signal, onProgress),
      );
    },
    'proxies.checks': ({ proxy }) => ({
      checks: services().proxyChecks.of(services().proxies.get(proxy).id),
    }),
    'proxies.changeExit': async ({ proxy }) => {
      const { name, changeIpUrl } = services().proxies.get(proxy);
      if (changeIpUrl === null) {
        throw new FailureError({ code: 'notFound', kind: 'changeAddress', name });
      }
      return { status: await changeExit(changeIpUrl) };
    },
    'proxies.reveal': ({ proxy }, caller) => {
      context.requireProof(caller);
      return { password: services().proxies.get(proxy).password };
    },
    'proxies.readLines': ({ text, ...options }) => {
      const lines = readProxyLines(text, options);
      const known = knownAmong(services().proxies, lines);
      const count = (state: string) => lines.filter((line) => line.state === state).length;
      return {
        read: count('read') - known.size,
        known: known.size,
        ambiguous: count('ambiguous'),
        refused: count('refused'),
        lines: lines.slice(0, linesShown).map((line) => lineRow(line, known.has(line))),
      };
    },
    'proxies.importLines': ({ text, tags, ...options }) => {
      const lines = readProxyLines(text, options);
      const known = knownAmong(services().proxies, lines);
      const fresh = lines.flatMap((line) =>
        line.state === 'read' && !known.has(line) ? [line.proxy] : [],
      );
      const inputs = namesFor(services().proxies, fresh).map((input) => ({ ...input, tags }));
      return tasks.run('import', (signal, onProgress) =>
        services().vault.store.exclusive(async (step) => {
          await eachSlice(inputs, atOnce, (slice, from) => {
            signal.throwIfAborted();
            step(() => services().proxies.add(slice, 'import'));
            onProgress(from + slice.length, inputs.length);
          });
          const refused = lines.length - fresh.length - known.size;
          return { added: inputs.length, known: known.size, refused };
        }),
      );
    },
  };
}

export function withoutPassword({ password, ...proxy }: Stored<ProxyInput>): ShownProxy {
  return { ...proxy, hasPassword: password !== '' };
}
