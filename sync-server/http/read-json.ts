import type { FastifyInstance } from "fastify";
import { isTooDeep } from "#protocol/json-depth.ts";
import { Refusal } from "./errors.ts";

/**
 * Reads bodies of JSON as fastify does, which refuses `__proto__` and the like, but none that goes deeper than any message (SPEC S73). Once for an app, before
 * its routes.
 */
export function readJson(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser("application/json");
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body: string, done) => {
    if (isTooDeep(body))
      return done(
        new Refusal(
          "badRequest",
          "The request has objects and lists within each other deeper than any message.",
        ),
      );
    return parse(request, body, done);
  });
}
