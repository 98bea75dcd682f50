import type { FastifyReply } from "fastify";
import { Refusal } from "./errors.ts";

/** What was worked out beside the server's thread; refuses where too much is asked at once. */
export function answeredAside<T>(
  result:
    | { readonly ok: true; readonly value: T }
    | { readonly ok: false; readonly reason: "busy" | "cancelled" },
): T {
  if (result.ok) return result.value;
  throw new Refusal("tooManyRequests", "Too much is being worked out. Try again in a moment.", [
    result.reason,
  ]);
}

/** Says when whoever asked has gone away: nobody waits for the answer any more. */
export function goneWith(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once("close", () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}
