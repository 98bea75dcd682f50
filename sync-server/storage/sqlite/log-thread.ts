import { Worker } from "node:worker_threads";
import type { WrittenBack } from "./log-worker.ts";

/** Rows that were written since it began last, before it begins anew: of a sale they are thirty on fourteen pages. */
const ROWS_A_TIME = 8_000;
/** One that nobody wants anything of for this long, milliseconds, gives its memory back. */
const IDLE_MS = 10_000;
/** It passes one word back and forth. */
const LIMITS = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 2 };

/**
 * A thread that writes SQLite's log back into the file while others are written: else whoever writes does that itself every so often, and everybody waits for the disk with it. Nobody
 * depends on it: a log that became long all the same is written back by the writer.
 */
export class LogThread {
  readonly #start: () => Worker;
  #worker: Worker | null = null;
  #rows = 0;
  #isAtWork = false;
  #isOver = false;
  #idle: NodeJS.Timeout | undefined;

  constructor(
    file: string,
    startWorker = () =>
      new Worker(new URL("./log-worker.ts", import.meta.url), {
        workerData: { file },
        resourceLimits: LIMITS,
      }),
  ) {
    this.#start = startWorker;
  }

  /** So many rows were committed. */
  wrote(rows: number): void {
    this.#rows += rows;
    if (this.#rows < ROWS_A_TIME || this.#isAtWork || this.#isOver) return;
    this.#rows = 0;
    this.#isAtWork = true;
    clearTimeout(this.#idle);
    this.#worker ??= this.#started();
    this.#worker.postMessage("writeBack");
  }

  /** Ends it, once it has written what it is at. */
  async close(): Promise<void> {
    this.#isOver = true;
    await this.#end();
  }

  #started(): Worker {
    const worker = this.#start();
    // A program that is done does not wait for it.
    worker.unref();
    worker.on("message", (_: WrittenBack) => {
      this.#isAtWork = false;
      this.#idle = setTimeout(() => void this.#end(), IDLE_MS).unref();
    });
    // The disk's own words are heard by the writer, who writes the log back from then on.
    worker.on("error", () => {
      this.#isOver = true;
    });
    return worker;
  }

  async #end(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}
