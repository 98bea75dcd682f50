import { Worker } from "node:worker_threads";
import { ok, type Result, refused } from "#domain/result.ts";
import type { PdfJob } from "#paper/receipt-pdf.ts";
import type { LabelSheetJob } from "./label-sheet.ts";
import type { PressAnswer } from "./press-worker.ts";

/** A receipt or invoice, or sheets of shelf labels. */
export type PressJob = PdfJob | LabelSheetJob;

/** Draws PDFs beside the server's own thread, so that sales are taken in meanwhile. */
export interface PdfPress {
  /** Refused when too many documents wait already. Throws when this one cannot be drawn, or not in time. */
  draw(job: PressJob): Promise<Result<Uint8Array, "busy">>;
  /** Documents that are not drawn yet fail. */
  close(): Promise<void>;
}

interface Waiting {
  readonly job: PressJob;
  readonly drawn: (bytes: Uint8Array) => void;
  readonly failed: (error: Error) => void;
}

const MAX_WAITING = 40;
/** The longest receipt takes a few seconds; what takes this long never ends. */
const TIMEOUT_MS = 60_000;

/** One document at a time, those that wait in their order, on one thread that starts with the first and keeps the fonts that it has read. */
export function createPdfPress({
  maxWaiting = MAX_WAITING,
  timeoutMs = TIMEOUT_MS,
  startWorker = () => new Worker(new URL("./press-worker.ts", import.meta.url)),
}: {
  readonly maxWaiting?: number;
  readonly timeoutMs?: number;
  readonly startWorker?: () => Worker;
} = {}): PdfPress {
  const waiting: Waiting[] = [];
  let worker: Worker | null = null;
  let drawing: (Waiting & { readonly timeout: NodeJS.Timeout }) | null = null;

  function begin(): void {
    const next = drawing === null ? waiting.shift() : undefined;
    if (next === undefined) return;
    const on = worker ?? started();
    const timeout = setTimeout(() => {
      giveUp(on, new Error(`a document took longer than ${timeoutMs} ms`));
    }, timeoutMs);
    drawing = { ...next, timeout };
    on.ref();
    on.postMessage(next.job);
  }

  function started(): Worker {
    const fresh = startWorker();
    worker = fresh;
    fresh.on("message", (answer: PressAnswer) => {
      if (worker === fresh) finish(answer);
    });
    fresh.on("error", (error) => giveUp(fresh, error));
    fresh.on("exit", () => giveUp(fresh, new Error("the thread that draws documents ended")));
    return fresh;
  }

  function finish(answer: PressAnswer): void {
    const done = taken();
    // An idle thread keeps no program from ending.
    worker?.unref();
    if (answer.ok) done?.drawn(answer.bytes);
    else done?.failed(new Error(answer.failure));
    begin();
  }

  /** Ends a thread that does not work any more; the next document starts another. */
  function giveUp(broken: Worker, why: Error): void {
    if (worker !== broken) return;
    worker = null;
    void broken.terminate();
    taken()?.failed(why);
    begin();
  }

  function taken(): Waiting | null {
    const done = drawing;
    if (done !== null) clearTimeout(done.timeout);
    drawing = null;
    return done;
  }

  return {
    draw: (job) =>
      new Promise((resolve, failed) => {
        if (waiting.length >= maxWaiting) return resolve(refused("busy"));
        waiting.push({ job, drawn: (bytes) => resolve(ok(bytes)), failed });
        begin();
      }),
    async close() {
      const closed = new Error("the server stops");
      for (const { failed } of waiting.splice(0)) failed(closed);
      const last = worker;
      if (last === null) return;
      giveUp(last, closed);
      await last.terminate();
    },
  };
}
