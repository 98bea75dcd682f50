import { AsyncLocalStorage } from "node:async_hooks";
import { randomUUID } from "node:crypto";
import { type Context, ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { parseTraceParent } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import type { RequestSpan, SpanFacts, SpanName, TraceSettings, Tracing } from "./port.ts";

// The only file that knows OpenTelemetry; it is loaded where traces were asked for, and nowhere else.

/** A collector that answers later than this is taken for away: its spans are lost, and the server goes on. */
const EXPORT_TIMEOUT_MS = 3_000;
const SAMPLED = 1;

const KINDS: Readonly<Partial<Record<SpanName, SpanKind>>> = {
  "webhook.send": SpanKind.CLIENT,
  "shop.call": SpanKind.CLIENT,
  "mail.send": SpanKind.CLIENT,
};

/** Sends spans to a collector in batches, as JSON. At most 2,048 wait; what comes on top is dropped. */
export function createTracing({ url, share, serviceName }: TraceSettings): Tracing {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      "service.name": serviceName,
      // Several servers on one database are told apart.
      "service.instance.id": randomUUID(),
    }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter({ url, timeoutMillis: EXPORT_TIMEOUT_MS }),
        exportTimeoutMillis: EXPORT_TIMEOUT_MS,
      }),
    ],
  });
  const tracer = provider.getTracer("onetill");
  const here = new AsyncLocalStorage<Context>();
  const contextNow = () => here.getStore() ?? ROOT_CONTEXT;

  return {
    isOn: true,
    get isWithin() {
      return here.getStore() !== undefined;
    },
    async within(name, facts, work) {
      const parent = contextNow();
      const kind = KINDS[name] ?? SpanKind.INTERNAL;
      const span = tracer.startSpan(name, { kind, attributes: attributesOf(facts) }, parent);
      try {
        return await here.run(trace.setSpan(parent, span), () =>
          work((more) => void span.setAttributes(attributesOf(more))),
        );
      } catch (error) {
        fail(span, error instanceof Error ? error.name : typeof error);
        throw error;
      } finally {
        span.end();
      }
    },
    request(facts, traceparent): RequestSpan {
      const parent = callersContext(traceparent);
      const name = `${facts["http.request.method"]} ${facts["http.route"]}`;
      const span = tracer.startSpan(name, { kind: SpanKind.SERVER, attributes: attributesOf(facts) }, parent);
      const context = trace.setSpan(parent, span);
      return {
        run: (work) => here.run(context, work),
        end: (more) => {
          span.setAttributes(attributesOf(more));
          const status = more["http.response.status_code"] ?? 0;
          if (status >= 500) fail(span, String(status));
          span.end();
        },
      };
    },
    outgoing() {
      const span = trace.getSpan(contextNow());
      if (span === undefined) return {};
      const { traceId, spanId, traceFlags } = span.spanContext();
      return { traceparent: `00-${traceId}-${spanId}-0${traceFlags & SAMPLED}` };
    },
    // What cannot be sent any more is lost; nobody waits for it.
    close: () => provider.shutdown().catch(() => undefined),
  };
}

/** Of the caller's headers `traceparent` alone is believed: `tracestate` and baggage may hold anything, and would be handed on. */
function callersContext(traceparent: string | undefined): Context {
  const caller = traceparent === undefined ? null : parseTraceParent(traceparent);
  return caller === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, { ...caller, isRemote: true });
}

function fail(span: Span, type: string): void {
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.setAttributes(attributesOf({ "error.type": type }));
}

function attributesOf(facts: SpanFacts): Record<string, string | number> {
  return { ...facts };
}
