import { resolve } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { openApiOf } from "./openapi.ts";
import { SHOP_API } from "./shop-api.ts";

/** The description of what web shops can ask, for programs at `/openapi.json` and for people at `/docs/`. Both are open to everyone. */
export async function registerDocs(app: FastifyInstance): Promise<void> {
  const description = openApiOf(SHOP_API);
  app.get("/openapi.json", () => description);
  app.get("/docs", (_request, reply) => reply.redirect("/docs/"));
  await app.register(fastifyStatic, {
    root: resolve(import.meta.dirname, "docs-page"),
    prefix: "/docs/",
    decorateReply: false,
  });
}
