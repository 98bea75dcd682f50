import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { HqCall } from "./hq-call.ts";
import { requireOwnPage } from "./session-cookie.ts";
import { STRANGERS_BYTES } from "./strangers.ts";
import { validated } from "./validate.ts";

/** A call that whoever has not signed in may ask. */
export type OpenCall<B extends z.ZodType> = HqCall<null, null, B> & { readonly open: true };

/** Serves a call that anybody may ask, from a page of this server. What it changes, whoever changes it writes into the audit log: nobody is known yet. */
export function serveOpen<B extends z.ZodType>(
  app: FastifyInstance,
  call: OpenCall<B>,
  handler: (asking: {
    readonly body: z.output<B>;
    readonly request: FastifyRequest;
    readonly reply: FastifyReply;
  }) => Promise<unknown>,
): void {
  app.route({
    method: call.method,
    url: call.path,
    bodyLimit: STRANGERS_BYTES,
    onRequest: async (request) => requireOwnPage(request),
    handler: (request, reply) => handler({ body: validated(call.body, request.body), request, reply }),
  });
}

/** Gives an open call its types. */
export function openCall<B extends z.ZodType>(call: OpenCall<B>): OpenCall<B> {
  return call;
}
