import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { diskTroubleOf, isFailing } from "../disk-trouble.ts";

/** It passes one word back and forth. */
const WORKER_LIMITS = { maxOldGenerationSizeMb: 32, maxYoungGenerationSizeMb: 2 };
/** The worker lies beside this file, as source and as bundle alike. */
const WORKER = `./checkpoint-worker${extname(fileURLToPath(import.meta.url))}`;

/** Starting one takes as long as several thousand documents; one that nobody wants anything of for this long, milliseconds, gives its memory back. */
const IDLE_MS = 10_000;

/** A thread that writes a database's log back, or the database anew, or looks through it, while others use it. It starts with a wish, for a small load has none, and ends when it has long had none. */
export class CheckpointThread {
  readonly #file: string;
  #worker: Worker | null = null;
  /** What ended it; null: it has not failed. */
  #failure: unknown = null;
  #idle: NodeJS.Timeout | undefined;
  /** Resolves when those that were ended are gone. */
  #ending: Promise<unknown> = Promise.resolve();

  constructor(file: string) {
    this.#file = file;
  }

  /** Resolves when what is in the log by now is written back; false when the thread has failed, and so from then on. One wish at a time. */
  async writeBack(): Promise<boolean> {
    await this.#ask("checkpoint");
    return this.#failure === null;
  }

  /** Resolves when the file is written anew, so that nothing of what was deleted is left in it or in the log; false when the thread has failed. Nobody else may write meanwhile. */
  async scrub(): Promise<boolean> {
    await this.#ask("scrub");
    return this.#failure === null;
  }

  /**
   * Resolves with what is wrong in the database, as `damageIn` says it (`compare`: each row with its indexes too), also where the thread cannot even open it; null when the thread has failed of something else, or was
   * ended before it knew. Rejects where the disk does not read it, twice.
   */
  async lookThrough(
    how: "look through" | "compare" = "look through",
  ): Promise<{ readonly damage: string | null } | null> {
    let answer = await this.#ask(how);
    // Once it is ended nobody may have the file open any more.
    if (answer === null && isFailing(this.#failure) && this.#worker !== null) {
      this.#worker = null;
      this.#failure = null;
      answer = await this.#ask(how);
    }
    if (answer !== null) return { damage: answer.said === null ? null : String(answer.said) };
    if (!isFailing(this.#failure))
      return diskTroubleOf(this.#failure) === "storageDamaged" ? { damage: String(this.#failure) } : null;
    if (this.#worker === null) return null;
    throw this.#failure;
  }

  /** Ends it; the next wish starts it again. When this resolves nothing of it has the file open, whoever ended it. */
  async end(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = null;
    if (worker !== null) this.#ending = Promise.all([this.#ending, worker.terminate()]);
    await this.#ending;
  }

  /** What the thread says, which is null for what is only done; null when it ended before. */
  #ask(
    task: "checkpoint" | "scrub" | "look through" | "compare",
  ): Promise<{ readonly said: unknown } | null> {
    if (this.#failure !== null) return Promise.resolve(null);
    this.#worker ??= this.#start();
    const worker = this.#worker;
    clearTimeout(this.#idle);
    worker.ref();
    return new Promise((resolve) => {
      const answered = (said: unknown): void => over({ said });
      const ended = (): void => over(null);
      const over = (answer: { readonly said: unknown } | null): void => {
        worker.off("message", answered).off("exit", ended);
        // A program that is done does not wait for a thread that is.
        worker.unref();
        this.#idle = setTimeout(() => void this.end(), IDLE_MS).unref();
        resolve(answer);
      };
      worker.on("message", answered).on("exit", ended);
      worker.postMessage(task);
    });
  }

  #start(): Worker {
    const worker = new Worker(new URL(WORKER, import.meta.url), {
      workerData: this.#file,
      resourceLimits: WORKER_LIMITS,
    });
    // The error itself is met again, in the disk's own words, by whoever then does the thread's work.
    worker.on("error", (error: unknown) => {
      this.#failure = error;
    });
    return worker;
  }
}
