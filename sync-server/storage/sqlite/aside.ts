import { Worker } from "node:worker_threads";
import { ok, type Result, refused } from "#domain/result.ts";
import type { Aside, AsideAnswer, AsideAsk, AsideName } from "../port.ts";
import type { AsideReply, AsideRequest } from "./aside-worker.ts";

/** The thread that long questions are answered on, until it is closed. */
export interface AsideThread extends Aside {
  /** Questions that are not answered yet fail. */
  close(): Promise<void>;
}

type NotAnswered = "busy" | "cancelled";

interface Waiting {
  readonly request: AsideRequest;
  readonly settle: (result: Result<unknown, NotAnswered>) => void;
  readonly fail: (error: Error) => void;
  readonly cancelled: AbortSignal | undefined;
}

const MAX_WAITING = 40;
/** A question over a year of a large chain takes a second. */
const TIMEOUT_MS = 60_000;

/** One question at a time, those that wait in their order, on one thread with a connection of its own that starts with the first. */
export function createAside({
  file,
  maxWaiting = MAX_WAITING,
  timeoutMs = TIMEOUT_MS,
  startWorker = () => new Worker(new URL("./aside-worker.ts", import.meta.url), { workerData: { file } }),
}: {
  readonly file: string;
  readonly maxWaiting?: number;
  readonly timeoutMs?: number;
  readonly startWorker?: () => Worker;
}): AsideThread {
  const waiting: Waiting[] = [];
  let worker: Worker | null = null;
  let asking: (Waiting & { readonly timeout: NodeJS.Timeout }) | null = null;
  let isClosed = false;

  function begin(): void {
    const next = asking === null ? waiting.shift() : undefined;
    if (next === undefined) return;
    const on = worker ?? started();
    const timeout = setTimeout(
      () => giveUp(on, new Error(`${next.request.name} took longer than ${timeoutMs} ms`)),
      timeoutMs,
    );
    asking = { ...next, timeout };
    on.ref();
    on.postMessage(next.request);
  }

  function started(): Worker {
    const fresh = startWorker();
    worker = fresh;
    fresh.on("message", (reply: AsideReply) => {
      if (worker !== fresh) return;
      const done = taken();
      // An idle thread keeps no program from ending.
      fresh.unref();
      if (reply.ok) done?.settle(ok(reply.answer));
      else done?.fail(new Error(reply.failure));
      begin();
    });
    fresh.on("error", (error) => giveUp(fresh, error));
    fresh.on("exit", () => giveUp(fresh, new Error("the thread of long questions ended")));
    return fresh;
  }

  /** Ends a thread that does not work any more, or works for nobody; the next question starts another. */
  function giveUp(broken: Worker, why: Error): void {
    if (worker !== broken) return;
    worker = null;
    void broken.terminate();
    taken()?.fail(why);
    begin();
  }

  function taken(): Waiting | null {
    const done = asking;
    if (done !== null) clearTimeout(done.timeout);
    asking = null;
    return done;
  }

  function cancel(one: Waiting): void {
    one.settle(refused("cancelled"));
    const place = waiting.indexOf(one);
    if (place !== -1) waiting.splice(place, 1);
    else if (asking?.settle === one.settle && worker !== null) giveUp(worker, new Error("cancelled"));
  }

  function asked(request: AsideRequest, cancelled?: AbortSignal): Promise<Result<unknown, NotAnswered>> {
    return new Promise((settle, fail) => {
      if (isClosed) return fail(new Error("the storage is closed"));
      if (cancelled?.aborted === true) return settle(refused("cancelled"));
      if (waiting.length >= maxWaiting) return settle(refused("busy"));
      const onAbort = () => cancel(one);
      const leave = () => cancelled?.removeEventListener("abort", onAbort);
      const one: Waiting = {
        request,
        cancelled,
        settle: (result) => {
          leave();
          settle(result);
        },
        fail: (error) => {
          leave();
          fail(error);
        },
      };
      cancelled?.addEventListener("abort", onAbort, { once: true });
      waiting.push(one);
      begin();
    });
  }

  return {
    async read<N extends AsideName>(name: N, ask: AsideAsk<N>, cancelled?: AbortSignal) {
      const result = await asked({ name, ask }, cancelled);
      // What the thread answers under this name is what its reads say of it.
      return result as Result<AsideAnswer<N>, NotAnswered>;
    },
    async close() {
      isClosed = true;
      const closed = new Error("the server stops");
      for (const { fail } of waiting.splice(0)) fail(closed);
      const last = worker;
      if (last === null) return;
      giveUp(last, closed);
      await last.terminate();
    },
  };
}
