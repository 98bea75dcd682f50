import type { DeviceId, Instant } from "#domain/ids.ts";
import type { Storage } from "../storage/port.ts";

interface Contact {
  readonly device: DeviceId;
  readonly at: Instant;
  readonly clockOffsetMs: number | null;
}

/**
 * When each till was last heard of, and how far its clock is off. Tills ask often, so what was heard is written in one
 * transaction for all of them, now and then; losing the last seconds of it in a crash harms nobody.
 */
export interface Contacts {
  /** `clock` is what the till's own clock said as it asked; null when it did not say. */
  heard(device: DeviceId, clock: Instant | null): void;
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
    heard: (device, clock) => {
      const at = now();
      const clockOffsetMs = clock === null ? (heard.get(device)?.clockOffsetMs ?? null) : clock - at;
      heard.set(device, { device, at, clockOffsetMs });
    },
    flush: async () => {
      if (heard.size === 0) return;
      const toWrite = [...heard.values()];
      heard = new Map();
      await storage.write(async (tx) => {
        for (const contact of toWrite) await tx.noteContact(contact);
      });
    },
  };
}
