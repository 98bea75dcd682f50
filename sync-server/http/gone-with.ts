import type { FastifyReply } from "fastify";

/** Says when whoever asked has gone away: nobody waits for the answer any more. */
export function goneWith(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once("close", () => {
    if (!reply.raw.writableFinished) gone.abort();
  });
  return gone.signal;
}
