import { afterEach, beforeEach, expect, test } from "vitest";
import { HttpForTests } from "../http-for-tests.ts";
import { TraceCollector } from "../testing/collector.ts";
import { createTracing } from "./otel.ts";
import type { Tracing } from "./port.ts";
import { tracedMail, tracedPost, tracedStorage } from "./traced.ts";

const CALLER = { traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331" };
const TRACEPARENT = `00-${CALLER.traceId}-${CALLER.spanId}-01`;

let collector: TraceCollector;
let tracing: Tracing;
beforeEach(async () => {
  collector = await TraceCollector.open();
  tracing = createTracing({ url: `${collector.url}/v1/traces`, share: 1, serviceName: "tea-sync" });
});
afterEach(() => collector.close());

const spansOf = async () => {
  await tracing.close();
  return collector.spans;
};

test("a request is a span by the template of its address, within the caller's trace, and what watches the server is none", async () => {
  const server = await HttpForTests.open({ tracing });
  await server.hq("/hq/v1/customers/anna@example.com?q=Annegret", {
    headers: { traceparent: TRACEPARENT, tracestate: "vendor=Annegret", baggage: "user=Annegret" },
  });
  await server.ask("/healthz");
  await server.ask("/nowhere/Annegret");
  await server.close();
  const [asked, nowhere, ...more] = await spansOf();
  expect(more).toEqual([]);
  expect(asked).toMatchObject({
    name: "GET /hq/v1/customers/:id",
    traceId: CALLER.traceId,
    parentSpanId: CALLER.spanId,
    kind: 2,
    attributes: {
      "http.request.method": "GET",
      "http.route": "/hq/v1/customers/:id",
      "http.response.status_code": 404,
    },
  });
  expect(nowhere).toMatchObject({ name: "GET none" });
  expect(nowhere?.traceId).not.toBe(CALLER.traceId);
  expect(collector.said.join("")).not.toMatch(/anna/i);
  expect(collector.service).toBe("tea-sync");
});

test.each(["00-not-a-trace", `00-${"0".repeat(32)}-${CALLER.spanId}-01`, "", "x".repeat(5_000)])(
  "a traceparent that is none begins a trace of its own (%#)",
  async (traceparent) => {
    tracing.request({ "http.request.method": "GET", "http.route": "/a" }, traceparent).end({});
    const [span] = await spansOf();
    expect(span?.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(span?.parentSpanId).toBeUndefined();
  },
);

test("a caller that does not keep its trace is not kept here either, and a share of none keeps none that begins here", async () => {
  tracing.request({}, TRACEPARENT.replace(/01$/, "00")).end({});
  const none = createTracing({ url: `${collector.url}/v1/traces`, share: 0, serviceName: "none" });
  none.request({}, undefined).end({});
  none.request({ "http.route": "/kept" }, TRACEPARENT).end({});
  await none.close();
  expect((await spansOf()).map(({ attributes }) => attributes["http.route"])).toEqual(["/kept"]);
});

test("what is read and written for something that is timed is a part of it, and what the chores look up is not", async () => {
  const server = await HttpForTests.open();
  const storage = tracedStorage(server.parts.storage, tracing);
  await storage.read((tx) => tx.stores());
  await tracing.within("webhook.receive", {}, async () => {
    await storage.read((tx) => tx.stores());
    await storage.write(async () => undefined);
    await storage.aside.read("reportRows" as never, {} as never).catch(() => undefined);
  });
  await server.close();
  const spans = await spansOf();
  const outer = spans.find(({ name }) => name === "webhook.receive");
  const inner = spans.filter((span) => span !== outer);
  expect(inner.map(({ name }) => name)).toEqual(["storage.read", "storage.write", "storage.aside"]);
  for (const span of inner) expect(span.parentSpanId).toBe(outer?.spanId);
  expect(inner[1]?.attributes["onetill.waited_ms"]).toBeTypeOf("number");
});

test("a webhook carries the trace on to its receiver, who is not named", async () => {
  const sent: Readonly<Record<string, string>>[] = [];
  const post = tracedPost(async ({ headers }) => {
    sent.push(headers);
    return { status: 202 };
  }, tracing);
  await post({ url: "https://hooks.example/T-secret", headers: { "webhook-id": "1" }, body: "{}" });
  const [span] = await spansOf();
  expect(sent).toEqual([{ "webhook-id": "1", traceparent: `00-${span?.traceId}-${span?.spanId}-01` }]);
  expect(span).toMatchObject({
    name: "webhook.send",
    kind: 3,
    attributes: { "http.response.status_code": 202 },
  });
  expect(collector.said.join("")).not.toContain("secret");
});

test("what fails is told by its class, never by its words", async () => {
  const failing = tracing.within("mail.send", {}, () => Promise.reject(new TypeError("no Annegret here")));
  await expect(failing).rejects.toThrow("no Annegret here");
  tracing.request({ "http.route": "/a" }, undefined).end({ "http.response.status_code": 503 });
  const [mail, request] = await spansOf();
  expect(mail).toMatchObject({ status: { code: 2 }, attributes: { "error.type": "TypeError" } });
  expect(request).toMatchObject({ status: { code: 2 }, attributes: { "error.type": "503" } });
  expect(collector.said.join("")).not.toContain("Annegret");
});

test("a mail's outcome is told, and nobody who gets it", async () => {
  const mail = {
    id: "mail-1",
    fromName: "Tea & Pots",
    to: "annegret@example.com",
    subject: "Receipt",
    text: "",
    html: "",
    attachment: null,
  };
  const port = tracedMail(
    { send: async () => ({ ok: false, failure: "no annegret", isFinal: true }), close: () => undefined },
    tracing,
  );
  expect(await port.send(mail)).toMatchObject({ ok: false });
  expect(await spansOf()).toMatchObject([
    { name: "mail.send", attributes: { "onetill.outcome": "refused" } },
  ]);
  expect(collector.said.join("")).not.toContain("annegret");
});

test("a collector that is away takes the traces with it, and nothing else", async () => {
  await collector.close();
  const server = await HttpForTests.open({ tracing });
  expect((await server.ask("/nowhere")).status).toBe(404);
  await server.close();
  await expect(tracing.close()).resolves.toBeUndefined();
});
