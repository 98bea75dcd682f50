import { Worker } from "node:worker_threads";
import { ok, type Result, refused } from "#domain/result.ts";

const MAX_WAITING = 20;

/** Does one piece of heavy work at a time beside the server's own thread, so that selling goes on. */
export interface OneThread<Job, Answer> {
  /** Refused when too much waits already. Throws when the work ends without an answer, or not in time. */
  run(job: Job): Promise<Result<Answer, "busy">>;
}

/** Each piece gets a thread of its own that ends with it: what it took of memory goes back, and what broke is gone. */
export function createOneThread<Job, Answer>({
  program,
  timeoutMs,
  maxMemoryMb,
  maxWaiting = MAX_WAITING,
}: {
  readonly program: URL;
  readonly timeoutMs: number;
  /** Of JavaScript's own memory. Beyond it the thread ends, and where V8 has no time for that the program: what comes in has to be limited before. */
  readonly maxMemoryMb: number;
  readonly maxWaiting?: number;
}): OneThread<Job, Answer> {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  return {
    async run(job) {
      if (waiting >= maxWaiting) return refused("busy");
      waiting += 1;
      const turn = last.then(() => answerOf<Job, Answer>(job, { program, timeoutMs, maxMemoryMb }));
      last = turn.catch(() => undefined);
      try {
        return ok(await turn);
      } finally {
        waiting -= 1;
      }
    },
  };
}

function answerOf<Job, Answer>(
  job: Job,
  {
    program,
    timeoutMs,
    maxMemoryMb,
  }: { readonly program: URL; readonly timeoutMs: number; readonly maxMemoryMb: number },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(program, { resourceLimits: { maxOldGenerationSizeMb: maxMemoryMb } });
    const end = (settle: () => void): void => {
      clearTimeout(timeout);
      settle();
      void worker.terminate();
    };
    const timeout = setTimeout(() => {
      end(() => reject(new Error(`it took longer than ${timeoutMs} ms`)));
    }, timeoutMs);
    worker.once("message", (answer: Answer) => end(() => resolve(answer)));
    worker.once("error", (error) => end(() => reject(error)));
    worker.once("exit", () => end(() => reject(new Error("the thread ended without an answer"))));
    worker.postMessage(job);
  });
}
