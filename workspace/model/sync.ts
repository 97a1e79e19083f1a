/** What people see of syncing: relays, devices, and what waits. */

export type RelayState =
  | 'connecting'
  | 'exchanging'
  | 'upToDate'
  | 'unreachable'
  /** The relay does not take what it is sent, or does not let this device in. */
  | 'refused'
  /** This device was removed from the workspace. */
  | 'removed'
  | 'stopped';

export interface RelayRow {
  readonly id: string;
  readonly url: string;
  readonly state: RelayState;
  /** Since when, milliseconds since 1970. */
  readonly since: number;
  /** Envelopes that it lacks. */
  readonly unsent: number;
  /** Why it is unreachable or refuses; a code. */
  readonly reason: string | null;
}

/** A device that is found on this network and read directly. */
export interface NearbyDevice {
  readonly deviceId: string;
  readonly name: string;
  readonly state: RelayState;
}

export interface SyncStatus {
  readonly relays: readonly RelayRow[];
  readonly nearby: readonly NearbyDevice[];
  /** Devices whose envelopes are missing here, and how many. */
  readonly missing: readonly {
    readonly deviceId: string;
    readonly name: string;
    readonly count: number;
  }[];
  /** Envelopes that wait for keys or devices that are not known here yet. */
  readonly parked: number;
  /** Envelopes that were not believed, newest first. */
  readonly refused: readonly { readonly reason: string; readonly device: string | null }[];
  /** This device was removed from the workspace; whether its vault is to be deleted. */
  readonly removed: { readonly at: number; readonly by: string; readonly wipe: boolean } | null;
}

/** Who uses a profile. */
export interface LeaseInfo {
  /** False when no relay can be reached: somebody may use it. */
  readonly known: boolean;
  readonly holder: {
    readonly deviceId: string;
    readonly device: string;
    /** Milliseconds since 1970, by the holder's clock. */
    readonly since: number;
    readonly self: boolean;
  } | null;
  /** The device that has a newer session of it than this one, or null. */
  readonly newerOn: string | null;
}

export interface DeviceRow {
  readonly id: string;
  readonly name: string;
  readonly addedAt: number;
  /** The one that answers. */
  readonly self: boolean;
  readonly removedAt: number | null;
  readonly wipeAsked: boolean;
}
