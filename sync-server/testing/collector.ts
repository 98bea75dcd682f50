import { createServer, type Server } from "node:http";
import { z } from "zod";

const valueSchema = z.union([
  z.object({ stringValue: z.string() }).transform(({ stringValue }) => stringValue),
  z.object({ intValue: z.number() }).transform(({ intValue }) => intValue),
]);
const attributesSchema = z
  .array(z.object({ key: z.string(), value: valueSchema }))
  .transform((all) => Object.fromEntries(all.map(({ key, value }) => [key, value])));
const spanSchema = z.object({
  name: z.string(),
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  kind: z.number(),
  status: z.object({ code: z.number() }),
  attributes: attributesSchema,
});
const sentSchema = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({ attributes: attributesSchema }),
      scopeSpans: z.array(z.object({ spans: z.array(spanSchema) })),
    }),
  ),
});
export type CollectedSpan = z.infer<typeof spanSchema>;

/** A collector of OpenTelemetry for tests: takes OTLP over HTTP as JSON, and keeps what it was sent. */
export class TraceCollector {
  /** As it came over the wire. */
  readonly said: string[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, answer) => {
      let text = "";
      request.setEncoding("utf8").on("data", (piece: string) => {
        text += piece;
      });
      request.on("end", () => {
        if (request.url === "/v1/traces") this.said.push(text);
        answer.setHeader("content-type", "application/json").end("{}");
      });
    });
  }

  static async open(): Promise<TraceCollector> {
    const collector = new TraceCollector();
    await new Promise<void>((ready) => collector.#server.listen(0, "127.0.0.1", ready));
    return collector;
  }

  /** Its address, without the path of traces. */
  get url(): string {
    const bound = this.#server.address();
    return `http://127.0.0.1:${typeof bound === "object" ? bound?.port : ""}`;
  }

  /** All spans that came in, in the order they came. */
  get spans(): readonly CollectedSpan[] {
    return this.said.flatMap((text) =>
      sentSchema
        .parse(JSON.parse(text))
        .resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    );
  }

  /** The name that the sender goes by. */
  get service(): unknown {
    return sentSchema.parse(JSON.parse(this.said[0] ?? "")).resourceSpans[0]?.resource.attributes[
      "service.name"
    ];
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((closed) => this.#server.close(() => closed()));
  }
}
