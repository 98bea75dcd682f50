import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { SeedOutcome } from "./run-seed.ts";

export interface ManySeeds {
  readonly seeds: readonly number[];
  readonly steps: number;
  readonly tills: number | null;
  readonly hours: number;
  readonly mutation: string | null;
  /** Told of each day as it is over; answers whether the others are to be run still. */
  readonly onOutcome: (outcome: SeedOutcome) => boolean;
}

/** Runs days on as many threads as the machine has cores, a few of them at once. Rejects when a thread fails. */
export async function runSeeds({ seeds, onOutcome, ...asked }: ManySeeds): Promise<void> {
  const waiting = [...seeds];
  const threads = Math.min(seeds.length, availableParallelism());
  await Promise.all(
    Array.from({ length: threads }, async () => {
      const worker = new Worker(new URL("./seed-worker.ts", import.meta.url));
      try {
        for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) {
          const outcome = await asking(worker, { ...asked, seed });
          if (!onOutcome(outcome)) waiting.length = 0;
        }
      } finally {
        await worker.terminate();
      }
    }),
  );
}

function asking(worker: Worker, asked: object): Promise<SeedOutcome> {
  return new Promise((resolve, reject) => {
    const over = (end: () => void): void => {
      worker.off("message", answered).off("error", failed);
      end();
    };
    const answered = (outcome: SeedOutcome): void => over(() => resolve(outcome));
    const failed = (error: Error): void => over(() => reject(error));
    worker.on("message", answered).on("error", failed);
    worker.postMessage(asked);
  });
}
