import type { FastifyReply } from "fastify";
import type { ErrorBody } from "#protocol/sync/error.ts";

/** The HTTP status of each refusal. */
export const STATUS: Readonly<Record<ErrorBody["reason"], number>> = {
  badRequest: 400,
  unauthorised: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  codeUnknown: 404,
  codeExpired: 410,
  checkpointExpired: 410,
  tooLarge: 413,
  protocolTooOld: 426,
  tooManyRequests: 429,
  deviceRevoked: 403,
  keyRevoked: 403,
  internal: 500,
};

const UNAVAILABLE = 503;

/** A refusal that a route throws; the error handler turns it into the one body that every refusal has. */
export class Refusal extends Error {
  readonly body: ErrorBody;

  constructor(reason: ErrorBody["reason"], message: string, details?: readonly string[]) {
    super(message);
    this.body = details === undefined ? { reason, message } : { reason, message, details: [...details] };
  }
}

export function sendRefusal(reply: FastifyReply, body: ErrorBody): FastifyReply {
  return reply.code(STATUS[body.reason]).type("application/json").send(body);
}

/** Something that the server needs is away for a moment: the same again may go well. To programs the server failed, and they come again as they do then. */
export function sendUnavailable(reply: FastifyReply, message: string): FastifyReply {
  const body: ErrorBody = { reason: "internal", message };
  return reply.code(UNAVAILABLE).header("retry-after", "1").type("application/json").send(body);
}
