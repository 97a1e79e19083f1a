/** What a relay takes at most. A client asks for nothing beyond them; a relay refuses it by name. */
export const limits = {
  /** Bytes of one frame, either way. */
  frame: 1024 * 1024,
  /** Bytes of a frame on a connection that has not opened a channel yet. */
  frameBeforeOpen: 4096,
  /** Milliseconds that a connection may stay without an open channel. */
  openWithin: 5_000,
  /** Bytes of one stored envelope. */
  envelope: 1024 * 1024 - 4096,
  /** Envelopes in one request. */
  envelopes: 512,
  /** Ids in one request. */
  ids: 8192,
  /** Bytes that a register holds. */
  register: 4096,
  /** Bytes of a notice that tells older keys about the next one. */
  notice: 256 * 1024,
  /** Bytes of an ephemeral frame. */
  ephemeral: 64 * 1024,
  /** Bytes of a blob in one request. */
  blobPart: 512 * 1024,
  /** Bytes of a blob. */
  blob: 1024 * 1024 * 1024,
  /** Channels open on one connection. */
  channels: 64,
  /** Ids that a range of a summary names one by one; a longer one is cut in parts. */
  summaryIds: 64,
  /** Parts that a range of a summary is cut in. */
  summaryParts: 16,
} as const;

export const protocolVersion = 1;
