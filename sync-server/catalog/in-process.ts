import { type ChildProcess, fork } from "node:child_process";
import { setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import { ok, type Result, refused } from "#domain/result.ts";

const MAX_WAITING = 20;
/** A program that has nothing to do for so long ends. */
const WARM_MS = 10_000;
/** Behind selling, where the system has not enough for both (as `nice` counts). */
const BEHIND = 10;

/** `busy`: too much waits already. `tooMuch`: it took more memory or time than one piece may, or ended its program otherwise. */
export type NotDone = "busy" | "tooMuch";

/** Does one piece of heavy work at a time in a process of its own, so that selling goes on whatever comes in. */
export interface OneProcess<Job, Answer> {
  run(job: Job): Promise<Result<Answer, NotDone>>;
}

/**
 * The program is started with the first piece of work and kept for some seconds after the last. Memory that runs out ends a whole process, never only
 * a thread: what comes from outside is taken apart where that ends nothing else. The program answers each message with one.
 */
export function createOneProcess<Job extends object | string, Answer>({
  program,
  timeoutMs,
  maxMemoryMb,
  maxWaiting = MAX_WAITING,
}: {
  readonly program: URL;
  readonly timeoutMs: number;
  /** Of JavaScript's own memory: beyond it the process ends. What a codec or an archive takes besides has to be limited by the program. */
  readonly maxMemoryMb: number;
  readonly maxWaiting?: number;
}): OneProcess<Job, Answer> {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  let warm: ChildProcess | null = null;
  let idle: NodeJS.Timeout | undefined;

  function started(): ChildProcess {
    clearTimeout(idle);
    const child = warm ?? startProgram(program, maxMemoryMb);
    warm = null;
    // One that ended while it had nothing to do is no use any more.
    return child.exitCode === null && child.signalCode === null ? child : startProgram(program, maxMemoryMb);
  }
  /** Waits for more, and keeps nobody from ending meanwhile. */
  function keepWarm(child: ChildProcess): void {
    warm = child;
    child.unref();
    child.channel?.unref();
    idle = setTimeout(() => {
      warm = null;
      child.kill("SIGKILL");
    }, WARM_MS);
    idle.unref();
  }
  async function turnOf(job: Job): Promise<Result<Answer, NotDone>> {
    const child = started();
    const answer = await answerOf<Job, Answer>(child, job, timeoutMs);
    if (answer.ok) keepWarm(child);
    else child.kill("SIGKILL");
    return answer;
  }

  return {
    async run(job) {
      if (waiting >= maxWaiting) return refused("busy");
      waiting += 1;
      const turn = last.then(() => turnOf(job));
      last = turn.catch(() => undefined);
      try {
        return await turn;
      } finally {
        waiting -= 1;
      }
    },
  };
}

function startProgram(program: URL, maxMemoryMb: number): ChildProcess {
  const child = fork(fileURLToPath(program), [], {
    execArgv: [`--max-old-space-size=${maxMemoryMb}`],
    serialization: "advanced",
    // What a process says that runs out of memory is nothing for the server's log.
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  // A process that could not be started or reached ends by itself; whoever waits for it hears so.
  child.on("error", () => undefined);
  if (child.pid !== undefined) lower(child.pid);
  return child;
}

function lower(pid: number): void {
  try {
    setPriority(pid, BEHIND);
  } catch {
    // It may have ended already, or the system does not let anybody: then it works as everything else.
  }
}

function answerOf<Job extends object | string, Answer>(
  child: ChildProcess,
  job: Job,
  timeoutMs: number,
): Promise<Result<Answer, NotDone>> {
  return new Promise((resolve) => {
    const end = (answer: Result<Answer, NotDone>): void => {
      clearTimeout(timeout);
      child.off("message", onMessage);
      child.off("exit", onEnd);
      child.off("error", onEnd);
      resolve(answer);
    };
    // The program answers a job with what its jobs are answered with.
    const onMessage = (answer: unknown): void => end(ok(answer as Answer));
    const onEnd = (): void => end(refused("tooMuch"));
    const timeout = setTimeout(onEnd, timeoutMs);
    child.ref();
    child.channel?.ref();
    child.on("message", onMessage);
    child.on("exit", onEnd);
    child.on("error", onEnd);
    child.send(job, (error) => {
      if (error !== null) onEnd();
    });
  });
}
