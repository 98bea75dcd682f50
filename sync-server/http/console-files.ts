import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** Serves the built console under `/console/` and leads `/` there. */
export async function registerConsole(app: FastifyInstance, root: string): Promise<void> {
  await app.register(fastifyStatic, { root, prefix: "/console/", index: "index.html" });
  app.get("/", (_request, reply) => reply.redirect("/console/"));
  app.get("/console", (_request, reply) => reply.redirect("/console/"));
}
