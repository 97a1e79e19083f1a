/** Where a vault's parts lie inside its folder. Names tell nothing of the content. */
import { join } from 'node:path';

export const layout = {
  header: (dir: string) => join(dir, 'vault.json'),
  database: (dir: string) => join(dir, 'vault.db'),
  /** Sealed files. */
  blobs: (dir: string) => join(dir, 'blobs'),
  /** User-data folders of browsers that are open now; emptied when they close and at every start. */
  open: (dir: string) => join(dir, 'open'),
  backups: (dir: string) => join(dir, 'backups'),
  /** What this device keeps for others on its network: registers, and where new devices are let in. */
  lan: (dir: string) => join(dir, 'lan'),
  /** Who holds the vault, for other processes of the same user. */
  holder: (dir: string) => join(dir, 'host.json'),
  /** The socket that they reach its host by, where the folder's path is short enough for one. */
  socket: (dir: string) => join(dir, 'host.sock'),
} as const;
