import { Worker } from "node:worker_threads";
import type { WrittenBack } from "./log-worker.ts";

/** Rows that were written since it began last, before it begins anew: of a sale they are thirty on fourteen pages. */
const ROWS_A_TIME = 8_000;
/** One that has had nothing to write back for this long, milliseconds, gives its memory back. */
const IDLE_MS = 10_000;
/** It passes one word back and forth. */
const LIMITS = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 2 };

/**
 * A thread that writes SQLite's log back into the file while others are written: else whoever writes does that itself every so often, and everybody waits for the disk with it. Nobody
 * depends on it: where there is none, or it fails, the next rows begin another, and a log that became long all the same is written back by the writer.
 */
export class LogThread {
  readonly #start: () => Worker;
  readonly #onFailed: (error: unknown) => void;
  #worker: Worker | null = null;
  #rows = 0;
  #isAtWork = false;
  #hasFailed = false;
  #isClosed = false;
  #idle: NodeJS.Timeout | undefined;
  /** Those that are over by now or soon. */
  #ended: Promise<unknown> = Promise.resolve();

  /** `onFailed` is told why nothing is written back, once until something is again: the writer hears nothing of a disk that fails as it writes back itself. */
  constructor(
    file: string,
    {
      onFailed = () => undefined,
      startWorker = () =>
        new Worker(new URL("./log-worker.ts", import.meta.url), {
          workerData: { file },
          resourceLimits: LIMITS,
        }),
    }: { readonly onFailed?: (error: unknown) => void; readonly startWorker?: () => Worker } = {},
  ) {
    this.#onFailed = onFailed;
    this.#start = startWorker;
  }

  /** So many rows were committed. Throws nothing: they are there whatever becomes of the log. */
  wrote(rows: number): void {
    this.#rows += rows;
    if (this.#rows < ROWS_A_TIME || this.#isAtWork || this.#isClosed) return;
    this.#rows = 0;
    clearTimeout(this.#idle);
    try {
      this.#worker ??= this.#started();
      this.#worker.postMessage("writeBack");
      this.#isAtWork = true;
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Ends it, once it has written what it is at. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#end();
    await this.#ended;
  }

  #started(): Worker {
    const worker = this.#start();
    // A program that is done does not wait for it.
    worker.unref();
    worker.on("message", (_: WrittenBack) => {
      if (this.#worker !== worker) return;
      this.#isAtWork = false;
      this.#hasFailed = false;
      this.#idle = setTimeout(() => this.#end(), IDLE_MS).unref();
    });
    worker.on("error", (error) => {
      if (this.#worker === worker) this.#failed(error);
    });
    return worker;
  }

  #failed(error: unknown): void {
    this.#isAtWork = false;
    this.#end();
    if (!this.#hasFailed) this.#onFailed(error);
    this.#hasFailed = true;
  }

  #end(): void {
    clearTimeout(this.#idle);
    const ended = this.#worker?.terminate();
    this.#worker = null;
    this.#ended = Promise.all([this.#ended, ended]);
  }
}
