import { setTimeout as pause } from "node:timers/promises";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Storage } from "../storage/port.ts";

/** A database that takes longer to say where it is counts as one that does not answer. */
const DATABASE_PATIENCE_MS = 2_000;
/** Whoever asks more often is told the same. */
const ASKED_ANEW_MS = 500;
/** Answers at work are waited for so long, once nothing new is taken. */
const FINISH_MS = 10_000;

/**
 * `ready`: takes whatever comes. `leaving`: does so as well, and says that it is not ready, so that nobody is sent here any more. `closing`: takes
 * nothing new.
 */
type State = "ready" | "leaving" | "closing";

/** Whether requests are to be sent to this server, for load balancers and whoever started it. */
export interface Readiness {
  /** Serves `/livez`, `/readyz` and `/healthz`, and counts what is being answered. */
  attach(app: FastifyInstance): void;
  /** Says that it is not ready for `noticeMs`, then calls `endStreams`, takes nothing new and waits, no longer than bounds, for what is being answered. */
  drain(ask: { readonly noticeMs: number; readonly endStreams: () => void }): Promise<void>;
}

export function createReadiness(storage: Storage): Readiness {
  let state: State = "ready";
  let answering = 0;
  let asked: { readonly at: number; readonly answer: Promise<boolean> } | null = null;

  function databaseAnswers(): Promise<boolean> {
    const at = performance.now();
    if (asked !== null && at - asked.at < ASKED_ANEW_MS) return asked.answer;
    const answer = Promise.race([
      storage.read(async (tx) => (await tx.feedHead("catalog")).head >= 0),
      pause(DATABASE_PATIENCE_MS, false, { ref: false }),
    ]).catch(() => false);
    asked = { at, answer };
    return answer;
  }

  async function ready(reply: FastifyReply): Promise<unknown> {
    if (state !== "ready") return reply.code(503).send({ ok: false, reason: "closing" });
    if (await databaseAnswers()) return { ok: true };
    return reply.code(503).send({ ok: false, reason: "database" });
  }

  return {
    attach(app) {
      app.addHook("onRequest", async (_request, reply) => {
        if (state !== "ready") void reply.header("connection", "close");
        if (state === "closing")
          return reply
            .code(503)
            .header("retry-after", "1")
            .send({ reason: "internal", message: "This server is being closed. Ask again." });
        answering += 1;
        reply.raw.once("close", () => {
          answering -= 1;
        });
      });
      app.get("/livez", () => ({ ok: true }));
      app.get("/readyz", (_request, reply) => ready(reply));
      app.get("/healthz", (_request, reply) => ready(reply));
    },
    async drain({ noticeMs, endStreams }) {
      state = "leaving";
      await pause(noticeMs);
      state = "closing";
      endStreams();
      const until = performance.now() + FINISH_MS;
      while (answering > 0 && performance.now() < until) await pause(10);
    },
  };
}
