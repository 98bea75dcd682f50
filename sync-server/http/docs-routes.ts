import { resolve } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { HQ_AREAS } from "./hq-api.ts";
import { openApiOf } from "./openapi.ts";
import { SHOP_API } from "./shop-api.ts";

/** The description of what web shops and HQ can ask, for programs at `/openapi.json` and for people at `/docs/`. Both are open to everyone. */
export async function registerDocs(app: FastifyInstance): Promise<void> {
  let description: string | null = null;
  app.get("/openapi.json", (_request, reply) => {
    description ??= JSON.stringify(openApiOf(SHOP_API, HQ_AREAS));
    return reply.type("application/json; charset=utf-8").send(description);
  });
  app.get("/docs", (_request, reply) => reply.redirect("/docs/"));
  await app.register(fastifyStatic, {
    root: resolve(import.meta.dirname, "docs-page"),
    prefix: "/docs/",
    decorateReply: false,
  });
}
