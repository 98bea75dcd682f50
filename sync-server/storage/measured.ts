import type { Storage } from "./port.ts";

/** How long a write waited for its turn, behind those of this server and of others, and how long it then took. */
export interface WriteTimes {
  readonly waitedMs: number;
  readonly tookMs: number;
}

/** The same storage; `wrote` hears of each write that it has ended, also one that failed. */
export function measured(storage: Storage, wrote: (times: WriteTimes) => void): Storage {
  return {
    async write(work, tells) {
      const asked = performance.now();
      let began: number | null = null;
      try {
        return await storage.write((tx) => {
          began = performance.now();
          return work(tx);
        }, tells);
      } finally {
        const ended = performance.now();
        const from = began ?? ended;
        wrote({ waitedMs: from - asked, tookMs: ended - from });
      }
    },
    read: (work, finds) => storage.read(work, finds),
    ask: (work) => storage.ask(work),
    get aside() {
      return storage.aside;
    },
    get isOnDuty() {
      return storage.isOnDuty;
    },
    listen: (hear) => storage.listen(hear),
    alone: (work) => storage.alone(work),
    close: () => storage.close(),
  };
}
