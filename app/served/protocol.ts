/**
 * What the served shell's supervisor and its vault host say to each other over the child process's
 * channel. The supervisor owns the port and hands every connection to the host unread, so no passphrase
 * passes through a process that outlives a lock.
 */

/** Window sessions: what a page shows to be let in. They outlive the host, not the supervisor. */
export interface WindowAccess {
  /** Opens one window, once; part of the printed link. */
  readonly linkToken: string;
  /** Keys of the windows that were let in. */
  readonly sessions: readonly string[];
}

export type SupervisorMessage =
  | {
      readonly type: 'start';
      readonly vaultDir: string;
      readonly port: number;
      readonly access: WindowAccess;
    }
  /** Comes with the connection's handle. */
  | { readonly type: 'connection' }
  | { readonly type: 'access'; readonly access: WindowAccess }
  | { readonly type: 'stop' };

export type HostProcessMessage =
  | { readonly type: 'ready' }
  /** The link was used; `session` is the key that the window got for it. */
  | { readonly type: 'linkUsed'; readonly session: string };
