import type { Instant } from "#domain/ids.ts";
import type { Storage } from "../storage/port.ts";

/** When each key was last used, to the minute: a key that nobody uses any more can be revoked. */
export interface KeyUses {
  used(keyHash: string): void;
  /** Writes what was used since the last time. */
  flush(): Promise<void>;
}

const TO_THE_MINUTE_MS = 60_000;

export function createKeyUses({
  storage,
  now,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
}): KeyUses {
  const written = new Map<string, Instant>();
  const toWrite = new Map<string, Instant>();
  return {
    used: (keyHash) => {
      const at = now();
      const before = written.get(keyHash);
      if (before === undefined || at - before >= TO_THE_MINUTE_MS) toWrite.set(keyHash, at);
    },
    flush: async () => {
      if (toWrite.size === 0) return;
      const uses = [...toWrite];
      toWrite.clear();
      await storage.write(async (tx) => {
        for (const [keyHash, at] of uses) await tx.noteKeyUse(keyHash, at);
      });
      for (const [keyHash, at] of uses) written.set(keyHash, at);
    },
  };
}
