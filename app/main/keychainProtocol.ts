/** How the host's process asks the shell for the keychain, which only the shell can reach. */

export type KeychainRequest =
  | {
      readonly type: 'keychain';
      readonly id: number;
      readonly ask: 'available' | 'read' | 'forget';
    }
  | {
      readonly type: 'keychain';
      readonly id: number;
      readonly ask: 'keep';
      readonly key: Uint8Array;
    };

export interface KeychainAnswer {
  readonly type: 'keychain';
  readonly id: number;
  readonly ok: boolean;
  readonly value: boolean | Uint8Array | null;
}

export type ToHost = { readonly type: 'window' } | { readonly type: 'lock' } | KeychainAnswer;
