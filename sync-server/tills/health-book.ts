import type { DeviceId, Instant } from "#domain/ids.ts";
import type { Health, HealthAnswer } from "#protocol/sync/health.ts";
import type { Storage } from "../storage/port.ts";
import { AskedTogether } from "../sync/asked-together.ts";
import { readCheckpoint } from "../sync/checkpoint.ts";
import { newsOf } from "../sync/news.ts";
import type { FeedReached, KeptHealth } from "./port.ts";

interface Said {
  readonly at: Instant;
  readonly health: KeptHealth;
  readonly reached: readonly FeedReached[];
}

/**
 * What tills say of themselves. All of them say it within a second of a change, so what was said is written in one transaction for all, now and
 * then; losing the last seconds of it in a crash harms nobody: each says it again within minutes.
 */
export interface HealthBook {
  /** A till's own word; answers whether HQ waits for its log. A log is on disk when this resolves. */
  said(device: DeviceId, health: Health): Promise<HealthAnswer>;
  /** HQ wants the log of a till. */
  wantLog(device: DeviceId): Promise<void>;
  /** Whether HQ waits for a till's log. */
  waitsForLog(device: DeviceId): Promise<boolean>;
  /** Writes what was said since the last time. */
  flush(): Promise<void>;
}

export function createHealthBook({
  storage,
  now,
  onSaid,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
  /** Something is there to be written and read. */
  readonly onSaid: () => void;
}): HealthBook {
  let heard = new Map<DeviceId, Said>();
  const logs = new AskedTogether(async (devices: readonly DeviceId[]) => {
    const awaited = await storage.read((tx) => tx.logsAwaited(devices));
    return new Map([...awaited].map((device) => [device, true]));
  });
  const waitsForLog = async (device: DeviceId): Promise<boolean> => (await logs.of(device)) !== null;
  return {
    said: async (device, { log, replicas, ...health }) => {
      const at = now();
      heard.set(device, { at, health, reached: reachedBy(replicas) });
      if (log !== undefined) await storage.write((tx) => tx.putLog(device, { at, lines: log }));
      onSaid();
      return { wantsLog: log === undefined && (await waitsForLog(device)) };
    },
    wantLog: (device) =>
      storage.write(
        (tx) => tx.askForLog(device, now()),
        () => newsOf({ asked: [device] }),
      ),
    waitsForLog,
    flush: async () => {
      if (heard.size === 0) return;
      const toWrite = heard;
      heard = new Map();
      await storage.write(
        async (tx) => {
          for (const [device, said] of toWrite) await tx.putHealth({ device, ...said });
        },
        // Consoles at this server have heard it already; those at others can read it now.
        () => newsOf({ live: ["tills"] }),
      );
    },
  };
}

/** What a till hands back are checkpoints that this server wrote; only those of whole collections say what it has. */
function reachedBy(replicas: Health["replicas"]): readonly FeedReached[] {
  return replicas.flatMap(({ collection, checkpoint, complete }) =>
    complete
      ? [...(readCheckpoint(checkpoint) ?? new Map<string, number>())].map(([feed, seq]) => ({
          feed,
          collection,
          seq,
        }))
      : [],
  );
}
