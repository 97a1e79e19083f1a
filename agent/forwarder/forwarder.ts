/**
 * The local proxy that all traffic of one profile goes through. It knows the upstream's login, which
 * browsers can not be told for SOCKS; where the upstream is missing or fails, nothing leaves.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import { RequestError, Server } from 'proxy-chain';
import { isBrowserCall } from './browserCalls.ts';
import { type CountedHost, createHostLog } from './hostLog.ts';
import { isLocalHost } from './localAddress.ts';
import { signInHost } from './signInHost.ts';
import { problemIn, type Upstream, type UpstreamProblem, upstreamUrl } from './upstream.ts';

export interface ForwarderOptions {
  /**
   * Asked for each connection, so that another exit counts at once.
   *
   * @returns null for this device's own connection, `missing` when the profile is to have a proxy and it
   *   is not there.
   */
  readonly upstream: () => Upstream | null | 'missing';
  /** Whether pages may reach this machine and the networks around it. */
  readonly allowsLocal: boolean;
  /** Whether the browser's own calls are let through. */
  readonly allowsBrowserCalls: boolean;
  readonly onProblem?: (problem: UpstreamProblem) => void;
  readonly now?: () => number;
}

export interface Forwarder {
  /** `http://127.0.0.1:PORT`; nothing is forwarded without the login below. */
  readonly server: string;
  readonly username: string;
  readonly password: string;
  /** Hosts asked for since this was called last, newest first. */
  takeHosts(): CountedHost[];
  /** Whether a name was asked for that this device's network does not know. */
  isUnknown(host: string): boolean;
  /** What went wrong last with the upstream; null when what came after it got through. */
  problem(): UpstreamProblem | null;
  /** Ends every connection at once and takes no more. */
  close(): Promise<void>;
}

/** Milliseconds that the upstream gets to bring the first byte. */
const firstByteWithin = 30_000;
/** What the library says of a plain request that a SOCKS proxy did not take, whatever the reason. */
const unsaid = 599;
/** Names that are remembered as unknown. */
const mostUnknown = 1_000;

export async function startForwarder(options: ForwarderOptions): Promise<Forwarder> {
  const { upstream, allowsLocal, allowsBrowserCalls, now = Date.now } = options;
  const username = randomBytes(9).toString('base64url');
  const password = randomBytes(24).toString('base64url');
  const log = createHostLog(now);
  const timers = new Set<NodeJS.Timeout>();
  let last: UpstreamProblem | null = null;
  let closed = false;

  function failed(problem: UpstreamProblem): void {
    // Some ways of asking tell less about the same failure than others.
    if (problem === 'failed' && last !== null) return;
    last = problem;
    options.onProblem?.(problem);
  }

  /** Names that could not be resolved here; of what goes through an upstream that is its business. */
  const unknown = new Set<string>();
  const dnsLookup = ((name: string, settings: LookupOptions, done: LookupDone) =>
    lookup(name, settings, (error, address, family) => {
      unknown.delete(name);
      if (error) unknown.add(name);
      // A page may ask for names without end.
      if (unknown.size > mostUnknown) unknown.delete(unknown.values().next().value ?? '');
      done(error, address, family);
    })) as unknown as typeof lookup;

  const server = new WatchedServer(failed, unknown, {
    host: '127.0.0.1',
    port: 0,
    authRealm: 'Warren',
    prepareRequestFunction({ username: name, password: secret, hostname, port, connectionId }) {
      if (!equal(name, username) || !equal(secret, password)) {
        return { requestAuthentication: true, failMsg: 'Not let in' };
      }
      if (closed) throw new RequestError('Closed', 503);
      // Where a browser shows its login once; nothing of it leaves.
      if (hostname === signInHost) return { customResponseFunction: () => ({ statusCode: 204 }) };
      const through = upstream();
      const isLocal = isLocalHost(hostname);
      const reason =
        !allowsBrowserCalls && isBrowserCall(hostname)
          ? 'browserCall'
          : isLocal && !allowsLocal
            ? 'localNetwork'
            : null;
      log.add(hostname, port, reason);
      if (reason) throw new RequestError('Not let through', 403);
      // Local addresses are this machine's, not those of wherever the proxy stands.
      if (isLocal) return { upstreamProxyUrl: null, dnsLookup };
      if (through === 'missing') {
        failed('missing');
        throw new RequestError('The proxy is missing', 502);
      }
      if (through) watch(connectionId);
      return through
        ? { upstreamProxyUrl: upstreamUrl(through) }
        : { upstreamProxyUrl: null, dnsLookup };
    },
  });

  /** An upstream that takes connections and says nothing would keep pages waiting for minutes. */
  function watch(connectionId: number): void {
    const timer = setTimeout(() => {
      timers.delete(timer);
      const stats = server.getConnectionStats(connectionId);
      if (!stats) return;
      if (stats.trgRxBytes) last = null;
      else {
        failed('timeout');
        server.closeConnection(connectionId);
      }
    }, firstByteWithin);
    timer.unref();
    timers.add(timer);
  }

  server.on('connectionClosed', ({ connectionId, stats }: ConnectionClosed) => {
    const hasFailed = server.failed.delete(connectionId);
    if (stats?.trgRxBytes && !hasFailed) last = null;
  });
  await server.listen();
  return {
    server: `http://127.0.0.1:${server.port}`,
    username,
    password,
    takeHosts: log.take,
    isUnknown: (host) => unknown.has(host),
    problem: () => last,
    async close() {
      if (closed) return;
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      await server.close(true);
    },
  };
}

type LookupDone = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

interface ConnectionClosed {
  readonly connectionId: number;
  readonly stats?: { readonly trgRxBytes: number | null };
}

/**
 * Tells what goes wrong, which the library only writes into its own log, and ends a plain request that
 * the upstream failed: an answer in the page's place would look like the site's.
 */
class WatchedServer extends Server {
  /** Connections that did not get through. */
  readonly failed = new Set<number>();
  readonly #tell: (problem: UpstreamProblem) => void;
  readonly #unknown: ReadonlySet<string>;

  constructor(
    tell: (problem: UpstreamProblem) => void,
    unknown: ReadonlySet<string>,
    options: ConstructorParameters<typeof Server>[0],
  ) {
    super(options);
    this.#tell = tell;
    this.#unknown = unknown;
  }

  #note(connectionId: unknown, words: string): void {
    if (typeof connectionId === 'number') this.failed.add(connectionId);
    this.#tell(problemIn(words));
  }

  override log(connectionId: unknown, words: string): void {
    if (/^Failed to (connect to|authenticate) upstream/.test(words)) {
      this.#note(connectionId, words);
    }
    super.log(connectionId, words);
  }

  override onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const end = response.end.bind(response) as (...all: unknown[]) => ServerResponse;
    response.end = ((...all: unknown[]) => {
      const { statusCode } = response;
      const isUnknown = statusCode === 404 && this.#unknown.has(hostOf(request));
      if (response.headersSent || (statusCode < 590 && !isUnknown)) return end(...all);
      if (isUnknown) request.socket.destroy();
      else void this.#refuse(request, statusCode);
      return response;
    }) as typeof response.end;
    return super.onRequest(request, response);
  }

  async #refuse(request: IncomingMessage, statusCode: number): Promise<void> {
    if (statusCode === unsaid) await this.#tryTunnel(request);
    this.#note(idOf(request), String(statusCode));
    request.socket.destroy();
  }

  /** Settles when a tunnel to where a request goes is there or not; what hinders it is noted on the way. */
  #tryTunnel({ url = '', headers }: IncomingMessage): Promise<void> {
    const { hostname, port } = new URL(url);
    const { promise, resolve } = Promise.withResolvers<void>();
    const opening = ask({
      host: '127.0.0.1',
      port: this.port,
      method: 'CONNECT',
      path: `${hostname}:${port || 80}`,
      headers: { 'proxy-authorization': headers['proxy-authorization'] ?? '' },
    });
    opening.on('connect', (_answer, socket) => socket.destroy());
    opening.on('error', () => resolve()).on('close', () => resolve());
    opening.end();
    return promise;
  }

  override failRequest(request: IncomingMessage, error: NodeJS.ErrnoException): void {
    // What is refused here has a status of HTTP's own; the library gives an upstream's failures others.
    const isOurs = error instanceof RequestError && error.statusCode < 590;
    const status = error instanceof RequestError ? error.statusCode : '';
    if (!isOurs) this.#note(idOf(request), `${error.code ?? ''} ${status} ${error.message}`);
    // An answer in the page's place would look like the site's; only the login is asked for in one.
    const isAnswer = request.method === 'CONNECT' || (isOurs && error.statusCode === 407);
    if (isAnswer) super.failRequest(request, error);
    else request.socket.destroy();
  }
}

const hostOf = ({ url = '' }: IncomingMessage): string =>
  URL.canParse(url) ? new URL(url).hostname : '';

const idOf = ({ socket }: IncomingMessage): unknown =>
  (socket as { proxyChainId?: unknown }).proxyChainId;

function equal(given: string, right: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
