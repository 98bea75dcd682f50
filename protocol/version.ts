/** Sent by the till as `Onetill-Protocol` with each call; the server serves this one and the one before. */
export const PROTOCOL_VERSION = 1;

/** What changed in each version, newest first. */
export const PROTOCOL_HISTORY = [
  { version: 1, change: "the first: enrol, replica, snapshot, journal, leases, changes" },
] as const;
