import { createHash, timingSafeEqual } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { Refusal } from "./errors.ts";
import type { Metrics } from "./metrics.ts";

/** Measures every request, and serves `GET /metrics` to whoever has the token: the address is open to everyone, and tells how a chain is doing. */
export function registerMetrics(
  app: FastifyInstance,
  { metrics, token }: { readonly metrics: Metrics; readonly token: string },
): void {
  app.addHook("onResponse", async (request, reply) => {
    metrics.answered({
      method: request.method,
      route: request.routeOptions.url ?? "none",
      status: reply.statusCode,
      tookMs: reply.elapsedTime,
    });
  });
  app.get("/metrics", async (request, reply) => {
    if (!isSame(request.headers.authorization ?? "", `Bearer ${token}`))
      throw new Refusal(
        "unauthorised",
        "This address needs the token of the metrics: Authorization: Bearer TOKEN.",
      );
    const { type, text } = await metrics.read();
    return reply.type(type).send(text);
  });
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [one, other].map((text) => createHash("sha256").update(text).digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
