import { expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { FakeTimers } from "../testing/fake-timers.ts";
import { ServerClient, Unreachable } from "./server-client.ts";
import { createServerLine } from "./server-line.ts";

const SYNC = { online: true, clockOffsetMs: 0, watch: () => () => undefined };

/** A line to a server that gives one answer; `asked` is what it was asked. */
function lineTo(answer: () => Response) {
  const asked: { method: string; url: string; body: unknown }[] = [];
  const client = new ServerClient(
    { server: "http://server.test", token: "secret" },
    {
      fetch: async (url, init) => {
        const body = typeof init?.body === "string" ? JSON.parse(init.body) : null;
        asked.push({ method: init?.method ?? "GET", url: String(url), body });
        return answer();
      },
      timers: new FakeTimers(),
      nowMs: () => 0,
      closing: new AbortController().signal,
      version: "0.3.0",
    },
  );
  return { asked, line: createServerLine({ client: () => client, sync: SYNC }) };
}

test("asking for an order's lease names the order and the time", async () => {
  const granted = { granted: true, holder: "device-1", expiresAt: 5 };
  const { asked, line } = lineTo(() => Response.json(granted));
  const request = { act: "ask", subject: { kind: "order", id: "f-1" }, ttlMs: 1_000 } as const;
  expect(await line.lease(request)).toEqual(granted);
  expect(asked).toEqual([{ method: "POST", url: "http://server.test/sync/v1/leases", body: request }]);
});

test("availability is asked article by article, whatever letters their numbers have", async () => {
  const { asked, line } = lineTo(() => Response.json({ items: [], unknown: ["A&B", "C"] }));
  await line.availability([idOf<"Sku">("A&B"), idOf<"Sku">("C")]);
  expect(asked[0]?.url).toBe("http://server.test/sync/v1/availability?sku=A%26B&sku=C");
});

test.each(["codeUnknown", "codeExpired", "notFound", "badRequest"] as const)(
  "a basket that the server answers %s for is none",
  async (reason) => {
    const { asked, line } = lineTo(() => Response.json({ reason, message: "No." }, { status: 404 }));
    expect(await line.openBasket("A/B")).toBeNull();
    expect(asked[0]?.url).toBe("http://server.test/sync/v1/baskets/A%2FB");
  },
);

test("a refusal of the till itself is no missing basket", async () => {
  const { line } = lineTo(() => Response.json({ reason: "unauthorised", message: "No." }, { status: 401 }));
  await expect(line.openBasket("AB")).rejects.toThrow();
});

test("a basket goes up as articles and pieces", async () => {
  const answer = { code: "AB", qr: "OTB:AB", link: null, expiresAt: 5 };
  const { asked, line } = lineTo(() => Response.json(answer, { status: 201 }));
  expect(await line.shareBasket([{ sku: idOf<"Sku">("A"), quantity: 2 }])).toEqual(answer);
  expect(asked[0]?.body).toEqual({ lines: [{ sku: "A", quantity: 2 }] });
});

test("purchases are asked for by name, and an answer that is none of this protocol is no answer", async () => {
  const ref = { kind: "ticket", id: idOf<"Ticket">("t-1") } as const;
  const { asked, line } = lineTo(() => Response.json({ standings: [] }));
  expect(await line.purchases({ refs: [ref] })).toEqual({ standings: [] });
  expect(asked).toEqual([
    { method: "POST", url: "http://server.test/sync/v1/purchases", body: { refs: [ref] } },
  ]);
  const { line: wrong } = lineTo(() => Response.json({ found: [] }));
  await expect(wrong.purchases({ refs: [ref] })).rejects.toThrow();
});

test("a customer's history is asked for by the customer's id; where the server knows none, there is none", async () => {
  const history = { customer: "anna", entries: [], hasMore: false };
  const { asked, line } = lineTo(() => Response.json(history));
  expect(await line.customerHistory(idOf<"Customer">("anna"))).toEqual(history);
  expect(asked[0]?.url).toBe("http://server.test/sync/v1/customers/anna/history");
  const unknown = lineTo(() => Response.json({ reason: "notFound", message: "No." }, { status: 404 }));
  expect(await unknown.line.customerHistory(idOf<"Customer">("ben"))).toBeNull();
});

test("a server in trouble counts as away", async () => {
  const { line } = lineTo(() => new Response("oops", { status: 502 }));
  await expect(line.shareBasket([])).rejects.toBeInstanceOf(Unreachable);
});

test("a till that is not paired asks nobody", async () => {
  const line = createServerLine({ client: () => null, sync: SYNC });
  await expect(line.openBasket("AB")).rejects.toThrow("not paired");
});
