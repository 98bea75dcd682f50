import type { FastifyInstance, FastifyRequest } from "fastify";
import type { RequestSpan, Tracing } from "../tracing/port.ts";

/** Asked every second or two by whoever watches the server: their traces would say nothing. */
const WATCHED: readonly string[] = ["/healthz", "/readyz", "/metrics"];

/** Times every request, by the template of its address. A till's stream of wake-ups is one request, and its span as long as it listens. */
export function registerTraces(app: FastifyInstance, tracing: Tracing): void {
  if (!tracing.isOn) return;
  const spans = new WeakMap<FastifyRequest, RequestSpan>();
  app.addHook("onRequest", (request, _reply, done) => {
    const route = request.routeOptions.url ?? "none";
    if (WATCHED.includes(route)) {
      done();
      return;
    }
    const { traceparent } = request.headers;
    const span = tracing.request(
      { "http.request.method": request.method, "http.route": route },
      typeof traceparent === "string" ? traceparent : undefined,
    );
    spans.set(request, span);
    span.run(done);
  });
  // A body arrives by events of its connection, which know nothing of the request.
  app.addHook("preValidation", (request, _reply, done) => {
    const span = spans.get(request);
    if (span === undefined) done();
    else span.run(done);
  });
  app.addHook("onResponse", async (request, reply) => {
    spans.get(request)?.end({ "http.response.status_code": reply.statusCode });
  });
}
