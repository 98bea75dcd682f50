import { beforeEach, describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import type { Order } from "#domain/orders/order.ts";
import { newsOf, now, orderOf } from "../order-for-tests.ts";
import type { ShopApi, StockLevel } from "../port.ts";
import { shopwareDriver } from "./driver.ts";
import {
  connector,
  hex,
  LAMP_LINE,
  ORDER_ID,
  orderPayload,
  signed,
  webhookBody,
} from "./payloads-for-tests.ts";
import { failed, ShopForTests } from "./shop-for-tests.ts";

const TOLD = { kind: "told" };
const PARCEL = { carrier: "DHL", tracking: "00340434161094000001" };
const COLLECT = { kind: "pickup", store: idOf<"Store">("store-berlin") } as const;

let shop: ShopForTests;
let api: ShopApi;

beforeEach(() => {
  shop = new ShopForTests();
  api = shopwareDriver.api({ connector, http: shop.http, now });
});

function order(change: Omit<Parameters<typeof orderOf>[0], "externalId" | "line"> = {}): Order {
  return orderOf({ externalId: ORDER_ID, line: LAMP_LINE, ...change });
}

/** Tells it twice: the second time there is nothing left to do. */
async function tell(told: Order): Promise<void> {
  expect(await api.tellOrder(newsOf(told))).toEqual(TOLD);
  const { changes } = shop;
  shop.changes = [];
  expect(await api.tellOrder(newsOf(told))).toEqual(TOLD);
  expect(shop.changes).toEqual([]);
  shop.changes = changes;
}

function states(): readonly string[] {
  return [shop.order.state, shop.delivery.state, shop.transaction.state];
}

test("a message that was kept as it was opened is read as well", () => {
  const { open, read } = shopwareDriver.webhooks;
  const opened = open(signed(JSON.stringify(webhookBody({ order: orderPayload() }))), connector);
  if (!opened.ok) throw new Error(opened.reason);
  const kept: unknown = JSON.parse(JSON.stringify(opened.value.body));
  const reading = read({ ...opened.value, body: kept }, connector);
  expect(reading).toMatchObject({ kind: "order", order: { request: { id: ORDER_ID } } });
});

describe("telling of an order", () => {
  test("that no store has begun changes no state", async () => {
    await tell(order());
    expect(states()).toEqual(["open", "open", "paid"]);
  });

  test("that a store has begun, or that lies ready", async () => {
    await tell(order({ part: { state: "accepted" } }));
    expect(states()).toEqual(["in_progress", "open", "paid"]);
    await tell(order({ part: { state: "ready" }, delivery: COLLECT }));
    expect(shop.order.fields).toEqual({ onetill_status: "ready", onetill_stores: "store-berlin" });
  });

  test("that was sent: tracking first, then shipped and complete", async () => {
    shop.delivery.trackingCodes = ["BY-HAND"];
    await tell(order({ part: { state: "shipped", handed: 2, parcels: [PARCEL] } }));
    expect(states()).toEqual(["completed", "shipped", "paid"]);
    expect(shop.delivery.trackingCodes).toEqual(["BY-HAND", PARCEL.tracking]);
    expect(shop.changes[0]).toBe(`PATCH /api/order-delivery/${hex(800)}`);
  });

  test("of which a part was sent, then the rest", async () => {
    const rest = { id: idOf<"Fulfilment">("fulfilment-2"), state: "accepted" } as const;
    await tell(order({ parts: [{ state: "shipped", handed: 1, missing: 1 }, rest] }));
    expect(states()).toEqual(["in_progress", "shipped_partially", "paid"]);
    await tell(
      order({
        parts: [
          { state: "shipped", handed: 1, missing: 1 },
          { ...rest, state: "shipped" },
        ],
      }),
    );
    expect(states()).toEqual(["completed", "shipped", "paid"]);
  });

  test("that was paid as it was collected", async () => {
    shop.transaction.state = "open";
    await tell(order({ part: { state: "collected", handed: 2 }, delivery: COLLECT }));
    expect(states()).toEqual(["completed", "shipped", "paid"]);
  });

  test.each([
    ["reminded", true],
    ["reminded", false],
    ["paid_partially", true],
    ["paid_partially", false],
  ])("that was %s and then paid in the store, before 6.7 (%s) as well", async (state, isBefore67) => {
    Object.assign(shop, { isBefore67 });
    shop.transaction.state = state;
    const part = { state: "collected", handed: 2 } as const;
    await tell(order({ part, delivery: COLLECT, payment: { refunded: 500 } }));
    expect(states()).toEqual(["completed", "shipped", "refunded_partially"]);
  });

  test("that is paid and still in the store leaves the payment to the shop", async () => {
    shop.transaction.state = "open";
    await tell(order({ part: { state: "ready" } }));
    expect(shop.transaction.state).toBe("open");
  });

  test("that went without a tracking number names none", async () => {
    await tell(
      order({ part: { state: "shipped", handed: 2, parcels: [{ carrier: "Bike", tracking: "" }] } }),
    );
    expect(shop.delivery.trackingCodes).toEqual([]);
  });

  test("that was cancelled and given back", async () => {
    const givenUp = [{ line: idOf<"Line">(LAMP_LINE), quantity: 2 }];
    const payment = { state: "refunded", refunded: 3_000 } as const;
    await tell(order({ part: { state: "cancelled" }, cancelledAt: instant(1), givenUp, payment }));
    expect(states()).toEqual(["cancelled", "cancelled", "refunded"]);
  });

  test("of which a part is to be given back", async () => {
    await tell(order({ part: { state: "ready", missing: 1 }, payment: { refunded: 1_500 } }));
    expect(shop.transaction.state).toBe("refunded_partially");
  });

  test("that was paid and given back in part in the store, in one go", async () => {
    shop.transaction.state = "open";
    const part = { state: "collected", handed: 2 } as const;
    await tell(order({ part, delivery: COLLECT, payment: { refunded: 500 } }));
    expect(shop.transaction.state).toBe("refunded_partially");
  });

  test("that nobody collected leaves it to people", async () => {
    await tell(order({ part: { state: "expired" }, delivery: COLLECT }));
    expect(shop.order).toMatchObject({ state: "in_progress", fields: { onetill_status: "expired" } });
  });

  test("that the shop has taken further itself takes nothing back", async () => {
    Object.assign(shop.order, { state: "cancelled" });
    Object.assign(shop.delivery, { state: "returned" });
    await tell(order({ part: { state: "shipped", handed: 2 } }));
    expect(states()).toEqual(["cancelled", "returned", "paid"]);
  });

  test("that the shop does not know is refused", async () => {
    const unknown = orderOf({ externalId: hex(5), line: LAMP_LINE });
    expect(await api.tellOrder(newsOf(unknown))).toEqual({
      kind: "refused",
      failure: "The shop has no such order (any more).",
    });
  });
});

describe("a shop that refuses a part of it", () => {
  const collected = () => newsOf(order({ part: { state: "collected", handed: 2 }, delivery: COLLECT }));

  beforeEach(() => {
    shop.transaction.state = "open";
    shop.takenOut.add("open ship").add("open paid");
  });

  test("is told the rest, and the first refusal is said in the end", async () => {
    const refusal = { kind: "refused", failure: expect.stringMatching(/"ship\\?" from state/) };
    expect(await api.tellOrder(collected())).toEqual(refusal);
    expect(states()).toEqual(["completed", "open", "open"]);
    expect(shop.order.fields).toMatchObject({ onetill_status: "completed" });
  });

  test("is asked no further steps of what it refused", async () => {
    const { tellOrder } = api;
    const back = order({ part: { state: "collected", handed: 2 }, payment: { refunded: 500 } });
    expect(await tellOrder(newsOf(back))).toMatchObject({ kind: "refused" });
    expect(shop.changes.filter((change) => change.includes("order_transaction"))).toEqual(
      ["paid", "pay"].map((action) => `POST /api/_action/order_transaction/${hex(700)}/state/${action}`),
    );
  });

  test("says why it cannot be paid by the name that is in force", async () => {
    shop.takenOut.delete("open ship");
    expect(await api.tellOrder(collected())).toMatchObject({
      kind: "refused",
      failure: expect.stringMatching(/"paid\\?" from state/),
    });
  });

  /** The shop, but that it answers otherwise to calls whose address ends so. */
  function answering(end: string, answer: ReturnType<typeof failed>): ShopApi {
    const http: typeof shop.http = async (request) =>
      request.url.endsWith(end) ? answer : shop.http(request);
    return shopwareDriver.api({ connector, now, http });
  }

  test.each(["/state/paid", "/state/pay", "/state/process"])("and then is ill at %s stops", async (end) => {
    const ill = answering(end, failed(503, "Maintenance"));
    expect(await ill.tellOrder(collected())).toMatchObject({ kind: "later" });
    expect(shop.order).toMatchObject({ state: "open", fields: {} });
  });

  test("is told the rest where what it refuses is a tracking code", async () => {
    shop.takenOut.clear();
    const sent = newsOf(order({ part: { state: "shipped", handed: 2, parcels: [PARCEL] } }));
    const refusing = answering(`/order-delivery/${hex(800)}`, failed(400, "No such code"));
    expect(await refusing.tellOrder(sent)).toMatchObject({ kind: "refused" });
    expect(states().slice(0, 2)).toEqual(["completed", "shipped"]);
  });
});

describe("a shop that does not take it", () => {
  const accepted = newsOf(orderOf({ externalId: ORDER_ID, line: LAMP_LINE, part: { state: "accepted" } }));

  test.each([
    [failed(429, "Too many", { "retry-after": "7" }), "Shopware answered 429", 7_000],
    [failed(503, "Maintenance"), "Shopware answered 503", null],
    [{ failure: "Nobody answers." }, "Shopware cannot be reached: Nobody answers.", null],
    [{ status: 200, headers: {}, body: "<html>" }, "The answer of Shopware is no JSON.", null],
  ])("for now is told later, and then all of it", async (fault, failure, afterMs) => {
    shop.faults.push(fault);
    expect(await api.tellOrder(accepted)).toEqual({ kind: "later", failure, afterMs });
    expect(await api.tellOrder(accepted)).toEqual(TOLD);
    expect(shop.order.state).toBe("in_progress");
  });

  test("in the middle is told the rest the next time", async () => {
    const sent = newsOf(order({ part: { state: "shipped", handed: 2, parcels: [PARCEL] } }));
    const { http } = shop;
    let calls = 0;
    const flaky = shopwareDriver.api({
      connector,
      now,
      http: async (request) => {
        calls += 1;
        return calls === 5 ? failed(500, "Oops") : http(request);
      },
    });
    expect(await flaky.tellOrder(sent)).toMatchObject({ kind: "later" });
    expect(await flaky.tellOrder(sent)).toEqual(TOLD);
    expect(states()).toEqual(["completed", "shipped", "paid"]);
    expect(shop.delivery.trackingCodes).toEqual([PARCEL.tracking]);
  });

  test("for good says why", async () => {
    shop.faults.push(shop.tokenAnswer(), failed(400, "This query is not allowed"));
    expect(await api.tellOrder(accepted)).toEqual({
      kind: "refused",
      failure: expect.stringMatching(/^Shopware answered 400: .*This query is not allowed/),
    });
  });

  test("because of its credentials waits for HQ to mend them", async () => {
    const wrong = { ...connector, credentials: { clientId: "SWIA-ID", clientSecret: "wrong" } };
    const { tellOrder } = shopwareDriver.api({ connector: wrong, http: shop.http, now });
    expect(await tellOrder(accepted)).toMatchObject({
      kind: "later",
      failure: expect.stringContaining("Shopware does not accept the credentials (401)"),
    });
  });
});

describe("a shop whose connector is not set up well", () => {
  const HTML = { "content-type": "text/html" };
  const levels = [{ sku: idOf<"Sku">("ART-1"), location: "default", available: 3 }];
  const page = (status: number, headers: Record<string, string> = HTML) => ({
    status,
    headers,
    body: "<html>Not here</html>",
  });

  async function toldOf(parts: Partial<Parameters<typeof shopwareDriver.api>[0]>): Promise<string> {
    const { tellOrder, tellStock } = shopwareDriver.api({ connector, http: shop.http, now, ...parts });
    const accepted = newsOf(order({ part: { state: "accepted" } }));
    const [ofOrder, ofStock] = [await tellOrder(accepted), await tellStock(levels)];
    expect(ofStock).toEqual(ofOrder);
    if (ofStock.kind !== "later") throw new Error(`${ofStock.kind}: levels are passed over`);
    return ofStock.failure;
  }

  test.each([301, 302, 307, 308])("is told later, with where it leads to (%s)", async (status) => {
    const moved = page(status, { ...HTML, location: "https://www.example.org/api/oauth/token" });
    expect(await toldOf({ http: async () => moved })).toMatch(
      /leads to https:\/\/www\.example\.org\/api\/oauth\/token.*address/,
    );
    const late = async (...[request]: Parameters<typeof shop.http>) =>
      request.url.endsWith("/oauth/token") ? shop.http(request) : page(status);
    expect(await toldOf({ http: late })).toMatch(/address/);
  });

  test.each([404, 405, 410])("is told later where there is no API (%s)", async (status) => {
    expect(await toldOf({ http: async () => page(status) })).toMatch(/no .*API .*address/);
    const late = async (...[request]: Parameters<typeof shop.http>) =>
      request.url.endsWith("/oauth/token") ? shop.http(request) : page(status);
    expect(await toldOf({ http: late })).toMatch(/no .*API .*address/);
  });

  test.each([
    ["SWIA-ID", "mistyped", 401],
    ["SWIA-MISTYPED", "SWIA-SECRET", 401],
    ["", "", 400],
    // What is no key at all makes Shopware stumble.
    ["XXIA-ID", "SWIA-SECRET", 500],
  ])("is told later where its keys are %s, %s", async (clientId, clientSecret, status) => {
    const words = await toldOf({ connector: { ...connector, credentials: { clientId, clientSecret } } });
    expect(words).toContain(String(status));
    if (status < 500) expect(words).toContain("credentials");
  });

  test("is told later where it may not do that", async () => {
    const http = async (...[request]: Parameters<typeof shop.http>) =>
      request.url.endsWith("/oauth/token") ? shop.http(request) : failed(403, "Missing privilege");
    expect(await toldOf({ http })).toMatch(/\(403\): check them and what they are allowed to do/);
  });

  test("is refused what is gone there", async () => {
    const http = async (...[request]: Parameters<typeof shop.http>) =>
      request.url.includes("/_action/order/") ? failed(404, "The order does not exist.") : shop.http(request);
    const { tellOrder } = shopwareDriver.api({ connector, http, now });
    expect(await tellOrder(newsOf(order({ part: { state: "accepted" } })))).toEqual({
      kind: "refused",
      failure: expect.stringContaining("The order does not exist."),
    });
  });
});

describe("the token", () => {
  test("is kept while it holds and asked for anew when it is turned down or outdated", async () => {
    let at = now();
    const later = shopwareDriver.api({ connector, http: shop.http, now: () => at });
    await later.tellOrder(newsOf(order()));
    await later.tellOrder(newsOf(order()));
    expect(shop.tokens).toBe(1);
    shop.tokens = 4;
    expect(await later.tellOrder(newsOf(order()))).toEqual(TOLD);
    expect(shop.tokens).toBe(5);
    at = instant(at + 599_000);
    await later.tellOrder(newsOf(order()));
    expect(shop.tokens).toBe(6);
  });
});

describe("stock", () => {
  function level(sku: string, available: number, location = "default"): StockLevel {
    return { sku: idOf<"Sku">(sku), location, available };
  }

  test("is set where it is another", async () => {
    const levels = [level("ART-1", 3), level("ART-2", 0)];
    expect(await api.tellStock(levels)).toEqual(TOLD);
    expect([...shop.products.values()].map(({ stock }) => stock)).toEqual([3, 0]);
    expect(await api.tellStock(levels)).toEqual(TOLD);
    expect(shop.changes).toEqual(["POST /api/_action/sync"]);
  });

  test("of a shipping method is none of Shopware's", async () => {
    expect(await api.tellStock([level("ART-1", 3, "shipping_collect_berlin")])).toEqual(TOLD);
    expect(shop.tokens).toBe(0);
  });

  test("of a number that the shop does not sell is passed over, and the others are set", async () => {
    expect(await api.tellStock([level("GONE", 1), level("ART-2", 8)])).toEqual(TOLD);
    expect(shop.products.get("ART-2")?.stock).toBe(8);
  });

  test("is told later while the shop is busy", async () => {
    shop.faults.push(failed(429, "Too many", { "retry-after": "Wed, 21 Oct 2015 07:28:00 GMT" }));
    expect(await api.tellStock([level("ART-1", 3)])).toMatchObject({ kind: "later", afterMs: 0 });
  });
});
