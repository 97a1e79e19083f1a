/** The asking side of the contract: requests by id over any carrier of text frames. */
import { type Failure, fail, type Result } from '../../workspace/model/failure.ts';
import type { Answers, HostClient, HostFrame, Method, Params, Push } from './contract.ts';

/** What carries frames. `send` is called only while open; the owner reports frames and the end. */
export interface Carrier {
  send(frame: string): void;
  close(): void;
}

export interface RpcClient extends HostClient {
  /** The carrier's owner hands every received frame in here. */
  receive(frame: string): void;
  /** The carrier's owner says that it has ended. */
  ended(): void;
}

export function createRpcClient(carrier: Carrier): RpcClient {
  const open = new Map<number, (result: Result<unknown>) => void>();
  const pushListeners = new Set<(push: Push) => void>();
  const closeListeners = new Set<() => void>();
  let nextId = 1;
  let closed = false;
  const lost: { ok: false; failure: Failure } = fail({ code: 'hostLost' });

  return {
    call<M extends Method>(method: M, params: Params<M>): Promise<Result<Answers[M]>> {
      if (closed) return Promise.resolve(lost);
      const id = nextId++;
      return new Promise((resolve) => {
        open.set(id, resolve as (result: Result<unknown>) => void);
        carrier.send(JSON.stringify({ id, method, params }));
      });
    },
    onPush(listener) {
      pushListeners.add(listener);
      return () => pushListeners.delete(listener);
    },
    onClose(listener) {
      closeListeners.add(listener);
      return () => closeListeners.delete(listener);
    },
    close() {
      carrier.close();
      this.ended();
    },
    receive(text) {
      const frame = JSON.parse(text) as HostFrame;
      if ('push' in frame) {
        for (const listener of pushListeners) listener(frame.push);
        return;
      }
      open.get(frame.id)?.(frame.result);
      open.delete(frame.id);
    },
    ended() {
      if (closed) return;
      closed = true;
      for (const resolve of open.values()) resolve(lost);
      open.clear();
      for (const listener of closeListeners) listener();
    },
  };
}
