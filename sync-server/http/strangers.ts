import type { FastifyInstance, FastifyRequest } from "fastify";
import { askingTillOrFormer } from "./auth.ts";
import type { ServerDeps } from "./deps.ts";

/** So much is read of anybody: some sales, a pairing, a sign-in. More of it, of many who send it slowly, would be the memory of the server. */
export const STRANGERS_BYTES = 16 * 1024;

/** Whether a request says that its body is larger than what is read of anybody, or does not say how large it is. */
export function isMuch({ headers }: Pick<FastifyRequest, "headers">): boolean {
  return (
    headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > STRANGERS_BYTES
  );
}

/** Answers who is no till, and never was, before what they send to tills' addresses is read. Once for an app, before these. */
export function readTillsAlone(app: FastifyInstance, deps: Pick<ServerDeps, "storage" | "contacts">): void {
  // Behind the limit of requests, which is asked in `onRequest` after all others. Not async: every pull comes by here.
  app.addHook("preParsing", (request, _reply, body, done) => {
    const { url = "", bodyLimit } = request.routeOptions;
    if (!isMuch(request) || !url.startsWith(TILLS_ASK) || bodyLimit <= STRANGERS_BYTES)
      return done(null, body);
    askingTillOrFormer(request, deps).then(() => done(null, body), done);
  });
}

const TILLS_ASK = "/sync/v1/";
