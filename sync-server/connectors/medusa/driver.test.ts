import { beforeEach, describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import type { Order } from "#domain/orders/order.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { BERLIN } from "../../testing/shop.ts";
import { newsOf, now, orderOf } from "../order-for-tests.ts";
import type { OrderNews, ShopApi, StockLevel } from "../port.ts";
import { medusaDriver } from "./driver.ts";
import { connector, LAMP_LINE, ORDER_ID, orderPayload, signed } from "./payloads-for-tests.ts";
import { failed, ShopForTests } from "./shop-for-tests.ts";

const TOLD = { kind: "told" };
const PARCEL = { carrier: "DHL", tracking: "00340434161094000001" };
const BERLIN_ID = idOf<"Store">("store-berlin");
const COLLECT = { kind: "pickup", store: BERLIN_ID } as const;
const STORES: readonly StoreSettings[] = [{ ...BERLIN, store: BERLIN_ID, code: "BER1" }];

let shop: ShopForTests;
let api: ShopApi;

beforeEach(() => {
  shop = new ShopForTests();
  api = medusaDriver.api({ connector, http: shop.http, now });
});

function order(change: Omit<Parameters<typeof orderOf>[0], "externalId" | "line"> = {}): Order {
  return orderOf({ externalId: ORDER_ID, line: LAMP_LINE, ...change });
}

function news(told: Order): OrderNews {
  return { ...newsOf(told), stores: STORES };
}

/** Tells it twice: the second time there is nothing left to do. */
async function tell(told: Order): Promise<readonly string[]> {
  shop.changes = [];
  expect(await api.tellOrder(news(told))).toEqual(TOLD);
  const { changes } = shop;
  shop.changes = [];
  expect(await api.tellOrder(news(told))).toEqual(TOLD);
  expect(shop.changes).toEqual([]);
  return changes.map((path) => path.replace(`/admin/orders/${ORDER_ID}`, ""));
}

test("a message that was kept as it was opened is read as well", () => {
  const { open, read } = medusaDriver.webhooks;
  const opened = open(
    signed(JSON.stringify({ name: "order.placed", data: { order: orderPayload() } })),
    connector,
  );
  if (!opened.ok) throw new Error(opened.reason);
  const kept: unknown = JSON.parse(JSON.stringify(opened.value.body));
  const reading = read({ ...opened.value, body: kept }, connector);
  expect(reading).toMatchObject({ kind: "order", order: { request: { id: ORDER_ID } } });
});

describe("telling of an order", () => {
  test("that is not ready says nothing", async () => {
    expect(await tell(order({ part: { state: "picking" } }))).toEqual([]);
  });

  test("that lies ready, then was collected", async () => {
    expect(await tell(order({ part: { state: "ready" }, delivery: COLLECT }))).toEqual(["/fulfillments"]);
    expect(shop.fulfillments).toMatchObject([
      {
        location_id: "sloc_berlin",
        metadata: { onetill_fulfilment: "fulfilment-1" },
        items: [{ line_item_id: LAMP_LINE, quantity: 2 }],
      },
    ]);
    const collected = order({ part: { state: "collected", handed: 2 }, delivery: COLLECT });
    expect(await tell(collected)).toEqual(["/fulfillments/ful_1/mark-as-delivered"]);
  });

  test("that was sent, with its tracking", async () => {
    const part = {
      state: "shipped",
      handed: 2,
      parcels: [PARCEL, { carrier: "Bike", tracking: "" }],
    } as const;
    expect(await tell(order({ part }))).toEqual(["/fulfillments", "/fulfillments/ful_1/shipments"]);
    expect(shop.fulfillments[0]?.labels).toEqual([
      { tracking_number: PARCEL.tracking, tracking_url: "", label_url: "" },
    ]);
  });

  test("in two parts, one of them short", async () => {
    const first = { state: "shipped", missing: 1, handed: 1 } as const;
    const second = { id: idOf<"Fulfilment">("fulfilment-2"), state: "ready", missing: 1 } as const;
    expect(await tell(order({ parts: [first, second] }))).toEqual([
      "/fulfillments",
      "/fulfillments/ful_1/shipments",
      "/fulfillments",
    ]);
    expect(shop.fulfillments.map(({ items }) => items[0]?.quantity)).toEqual([1, 1]);
  });

  test("that somebody fulfilled by hand is not fulfilled again", async () => {
    shop.fulfilled = 2;
    expect(await tell(order({ part: { state: "shipped", handed: 2 } }))).toEqual([]);
  });

  test("that the shop has sent already takes nothing back", async () => {
    await tell(order({ part: { state: "shipped", handed: 2 } }));
    expect(await tell(order({ part: { state: "cancelled" } }))).toEqual([]);
  });

  test("that was cancelled takes back its fulfilment first; the shop gives the money back", async () => {
    await tell(order({ part: { state: "ready" } }));
    const givenUp = [{ line: idOf<"Line">(LAMP_LINE), quantity: 2 }];
    const payment = { state: "refunded", refunded: 3_000 } as const;
    const cancelled = order({ part: { state: "cancelled" }, cancelledAt: instant(1), givenUp, payment });
    expect(await tell(cancelled)).toEqual(["/fulfillments/ful_1/cancel", "/cancel"]);
    expect(shop.payments[0]?.refunds).toEqual([{ amount: 30 }]);
  });

  test("that nobody collected takes back its fulfilment and leaves the rest to people", async () => {
    await tell(order({ part: { state: "ready" }, delivery: COLLECT }));
    const expired = order({ part: { state: "expired" }, delivery: COLLECT });
    expect(await tell(expired)).toEqual(["/fulfillments/ful_1/cancel"]);
  });

  test("of which money is to be given back gives back what is missing, once", async () => {
    const short = (refunded: number) =>
      order({ part: { state: "ready", missing: 1 }, payment: { refunded } });
    shop.payments[0]?.refunds.push({ amount: 5 });
    expect(await tell(short(1_500))).toEqual(["/fulfillments", "/admin/payments/pay_1/refund"]);
    expect(await tell(short(1_999))).toEqual(["/admin/payments/pay_1/refund"]);
    expect(shop.payments[0]?.refunds).toEqual([{ amount: 5 }, { amount: 10 }, { amount: 4.99 }]);
  });

  test("of which more is to be given back than the shop took leaves the rest to where it was paid", async () => {
    shop.payments[0]?.captures.splice(0, 1, { amount: 10 });
    await tell(order({ part: { state: "picking" }, payment: { refunded: 1_500 } }));
    expect(shop.payments[0]?.refunds).toEqual([{ amount: 10 }]);
  });

  test("that was paid as it was collected books the payment that is taken by hand", async () => {
    const payment = {
      id: "pay_1",
      provider_id: "pp_system_default",
      canceled_at: null,
      captures: [],
      refunds: [],
    };
    shop.payments.splice(0, 1, payment);
    expect(await tell(order({ part: { state: "picking" }, delivery: COLLECT }))).toEqual([]);
    const collected = order({ part: { state: "collected", handed: 2 }, delivery: COLLECT });
    expect(await tell(collected)).toContain("/admin/payments/pay_1/capture");
  });
});

describe("a shop that does not take it", () => {
  const ready = (): OrderNews => news(order({ part: { state: "ready" } }));

  test.each([
    [failed(429, "Too many", { "retry-after": "7" }), "Medusa answered 429", 7_000],
    [failed(500, "Oops"), "Medusa answered 500", null],
    [failed(409, "Locked"), "Medusa is busy with the order (409)", null],
    [{ failure: "Nobody answers." }, "Medusa cannot be reached: Nobody answers.", null],
    [{ status: 200, headers: {}, body: "{}" }, "The answer of Medusa (order) is not as expected.", null],
  ])("for now is told later, and then all of it", async (fault, failure, afterMs) => {
    shop.faults.push(fault);
    expect(await api.tellOrder(ready())).toEqual({ kind: "later", failure, afterMs });
    expect(await api.tellOrder(ready())).toEqual(TOLD);
    expect(shop.fulfillments).toHaveLength(1);
  });

  test("but did what it was told does not do it twice", async () => {
    const deaf = medusaDriver.api({
      connector,
      now,
      http: async (request) => {
        const answer = await shop.http(request);
        return request.method === "GET" ? answer : { failure: "The shop did not answer in time." };
      },
    });
    const short = news(order({ part: { state: "picking", missing: 1 }, payment: { refunded: 1_500 } }));
    expect(await deaf.tellOrder(short)).toMatchObject({ kind: "later" });
    expect(await api.tellOrder(short)).toEqual(TOLD);
    expect(shop.payments[0]?.refunds).toEqual([{ amount: 15 }]);
  });

  test("and shows no effect is not told the same again and again", async () => {
    let posts = 0;
    const stuck = medusaDriver.api({
      connector,
      now,
      http: async (request) => {
        if (request.method === "GET") return shop.http(request);
        posts += 1;
        return { status: 200, headers: {}, body: "{}" };
      },
    });
    expect(await stuck.tellOrder(ready())).toMatchObject({ kind: "later" });
    expect(posts).toBe(1);
  });

  test("for good says why", async () => {
    const unknown = news(orderOf({ externalId: "order_gone", line: LAMP_LINE }));
    expect(await api.tellOrder(unknown)).toEqual({
      kind: "refused",
      failure: expect.stringMatching(/^Medusa answered 404: .*Order with id: order_gone was not found/),
    });
  });

  test("because of its credentials waits for HQ to mend them", async () => {
    const wrong = medusaDriver.api({ connector: { ...connector, credentials: {} }, http: shop.http, now });
    expect(await wrong.tellOrder(ready())).toMatchObject({
      kind: "later",
      failure: expect.stringContaining("Medusa does not accept the credentials (401)"),
    });
  });
});

describe("stock", () => {
  function level(sku: string, available: number, location = "sloc_berlin"): StockLevel {
    return { sku: idOf<"Sku">(sku), location, available };
  }

  test("is set where it is another, with what the shop holds reserved on top", async () => {
    const levels = [level("ART-1", 4), level("ART-2", 7)];
    expect(await api.tellStock(levels)).toEqual(TOLD);
    expect(shop.inventory.get("ART-1")?.levels.get("sloc_berlin")).toEqual({ stocked: 6, reserved: 2 });
    expect(shop.inventory.get("ART-2")?.levels.get("sloc_berlin")).toEqual({ stocked: 7, reserved: 0 });
    expect(shop.changes).toEqual([
      "/admin/inventory-items/iitem_1/location-levels/sloc_berlin",
      "/admin/inventory-items/iitem_2/location-levels",
    ]);
    shop.changes = [];
    expect(await api.tellStock(levels)).toEqual(TOLD);
    expect(shop.changes).toEqual([]);
  });

  test("of a shipping option is none", async () => {
    shop.faults.push(failed(500, "Nobody asks"));
    expect(await api.tellStock([level("ART-1", 3, "so_collect_berlin")])).toEqual(TOLD);
  });

  test("of a SKU that the shop does not sell is passed over, and the others are set", async () => {
    expect(await api.tellStock([level("GONE & AWAY", 1), level("ART-2", 8)])).toEqual(TOLD);
    expect(shop.inventory.get("ART-2")?.levels.get("sloc_berlin")?.stocked).toBe(8);
  });

  test("that the shop does not take at a location is refused, with its words", async () => {
    const nowhere = level("ART-2", 8, "sloc_gone");
    expect(await api.tellStock([nowhere])).toEqual({
      kind: "refused",
      failure: expect.stringContaining("Stock location with id: sloc_gone"),
    });
  });

  test.each([
    [failed(403, "Forbidden"), "Medusa does not accept the credentials (403)"],
    [
      { status: 301, headers: { location: "https://example.org/" }, body: "" },
      "leads to https://example.org/",
    ],
    [{ status: 307, headers: {}, body: "" }, "The address of Medusa leads elsewhere (307)"],
    [
      { status: 404, headers: {}, body: "<pre>Cannot GET /admin/inventory-items</pre>" },
      "There is no API of Medusa at its address (404)",
    ],
    [{ status: 200, headers: {}, body: "<!doctype html>" }, "The answer of Medusa is no JSON."],
  ])("waits, in words, for HQ to mend the address or the key", async (fault, words) => {
    shop.faults.push(fault, fault);
    const answer = { kind: "later", failure: expect.stringContaining(words), afterMs: null };
    expect(await api.tellStock([level("ART-1", 3)])).toEqual(answer);
    expect(await api.tellOrder(news(order({ part: { state: "ready" } })))).toEqual(answer);
  });

  test("waits for a mistyped key to be mended, whatever was to be told", async () => {
    const credentials = { apiKey: "sk_secre" };
    const wrong = medusaDriver.api({ connector: { ...connector, credentials }, http: shop.http, now });
    expect(await wrong.tellStock([level("ART-1", 3), level("GONE", 3)])).toMatchObject({
      kind: "later",
      failure: expect.stringContaining("Medusa does not accept the credentials (401)"),
    });
  });

  test("is told later while the shop is busy", async () => {
    shop.faults.push(failed(429, "Too many", { "retry-after": "2" }));
    expect(await api.tellStock([level("ART-1", 3)])).toMatchObject({ kind: "later", afterMs: 2_000 });
  });
});
