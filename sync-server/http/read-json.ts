import type { FastifyInstance, FastifyRequest } from "fastify";
import { isTooDeep } from "#protocol/json-depth.ts";
import { Refusal } from "./errors.ts";

const JSON_TYPE = "application/json";

/** Reads the text of a body. Rejects with a refusal, or what fastify says of a body. */
export type ReadsJson = (request: FastifyRequest, text: string) => Promise<unknown>;

/**
 * Reads bodies of JSON as fastify does, which refuses `__proto__` and the like, but none that goes deeper than any message (SPEC S73). Once for an app, before
 * its routes.
 */
export function readJson(app: FastifyInstance): void {
  const read = readerOf(app);
  app.removeContentTypeParser(JSON_TYPE);
  app.addContentTypeParser(JSON_TYPE, { parseAs: "string" }, (request: FastifyRequest, text: string) =>
    read(request, text),
  );
}

/** Hands the routes of this app bodies as their text, to be read once it is known who sent them and when it is their turn. Answers how. */
export function keepText(app: FastifyInstance): ReadsJson {
  // Plain text would be a text as well.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    JSON_TYPE,
    { parseAs: "string" },
    async (_request: FastifyRequest, text: string) => text,
  );
  return readerOf(app);
}

function readerOf(app: FastifyInstance): ReadsJson {
  const parse = app.getDefaultJsonParser("error", "error");
  return (request, text) =>
    new Promise((done, failed) => {
      if (isTooDeep(text))
        return failed(
          new Refusal(
            "badRequest",
            "The request has objects and lists within each other deeper than any message.",
          ),
        );
      // It answers by `done`, or with a promise of its own.
      void parse(request, text, (error, value) => (error === null ? done(value) : failed(error)));
    });
}
