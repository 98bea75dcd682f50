import type { DeviceId, Instant } from "#domain/ids.ts";
import type { Contact, Storage } from "../storage/port.ts";

/**
 * When each till was last heard of, how far its clock is off, and which program it runs. Tills ask often, so what was heard is written in one
 * transaction for all of them, now and then; losing the last seconds of it in a crash harms nobody.
 */
export interface Contacts {
  /** `clock` is what the till's own clock said as it asked, `version` which program it runs; null when it did not say. */
  heard(device: DeviceId, clock: Instant | null, version: string | null): void;
  /** Writes what was heard since the last time. */
  flush(): Promise<void>;
}

export function createContacts({
  storage,
  now,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
}): Contacts {
  let heard = new Map<DeviceId, Contact>();
  return {
    heard: (device, clock, version) => {
      const at = now();
      const before = heard.get(device);
      const clockOffsetMs = clock === null ? (before?.clockOffsetMs ?? null) : clock - at;
      heard.set(device, { device, at, clockOffsetMs, version: version ?? before?.version ?? null });
    },
    flush: async () => {
      if (heard.size === 0) return;
      const toWrite = [...heard.values()];
      heard = new Map();
      await storage.write((tx) => tx.noteContacts(toWrite));
    },
  };
}
