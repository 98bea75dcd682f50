import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Receipt } from "../connectors/inbox.ts";
import type { ServerDeps } from "./deps.ts";
import { Refusal } from "./errors.ts";
import { isMuch } from "./strangers.ts";
import { validated } from "./validate.ts";

/** Orders of many lines with all that platforms say of each. */
const MAX_WEBHOOK_BYTES = 2 * 1024 * 1024;
/** From one address; a platform sends the changes of a sale's first minutes in a burst. */
const WEBHOOKS_PER_MINUTE = 1_200;

const params = z.object({ id: z.string().min(1).max(64) });

/**
 * Where platforms send their webhooks. Who asks is known by the signature over the raw bytes alone, so the body is read by nobody before that. All that is
 * genuine is answered with 200, whatever becomes of it: platforms turn a webhook off that is refused too often, and what is wrong HQ sees in the inbox.
 */
export function registerConnectorWebhook(app: FastifyInstance, { inbox }: Pick<ServerDeps, "inbox">): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    scope.route({
      method: "POST",
      url: "/connectors/v1/:id/webhook",
      bodyLimit: MAX_WEBHOOK_BYTES,
      config: { rateLimit: { max: WEBHOOKS_PER_MINUTE, timeWindow: 60_000 } },
      preParsing: async (request) => {
        const { id } = validated(params, request.params);
        if (isMuch(request) && !(await inbox.knows(id))) throw noSuchConnector();
      },
      handler: async (request, reply) => {
        const { id } = validated(params, request.params);
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        return answered(reply, await inbox.receive(id, { headers: headersOf(request), body }));
      },
    });
  });
}

function headersOf({ headers }: FastifyRequest): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : value]),
  );
}

function answered(reply: FastifyReply, receipt: Receipt): FastifyReply {
  switch (receipt) {
    case "noSuchConnector":
      throw noSuchConnector();
    case "forged":
      throw new Refusal("unauthorised", "The signature is missing or wrong.");
    case "malformed":
      throw new Refusal("badRequest", "The message is not in the form that this platform sends.");
    default:
      return reply.code(200).send({ receipt });
  }
}

function noSuchConnector(): Refusal {
  return new Refusal("notFound", "There is no such connector.");
}
