import { describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Order } from "#domain/orders/order.ts";
import type { OrderEventType } from "../../events/order-events.ts";
import { orderHere, part } from "../order-for-tests.ts";
import type { OrderNews, ShopApi } from "../port.ts";
import { shopifyDriver } from "./driver.ts";
import { FakeShopify } from "./fake-shopify.ts";
import { FEN, shopifyOrder } from "./fixtures.ts";
import { readShopify } from "./read.ts";

const EUR = idOf<"Currency">("EUR");
const LINE = idOf<"Line">("13456789012345");
const NOW = instant(1_795_000_000_000);
const LATER = instant(NOW + 1_000);
const TOLD = { kind: "told" };

function apiOf(shop: FakeShopify): ShopApi {
  return shopifyDriver.api({ connector: FEN, http: shop.http, now: () => NOW });
}

function news(type: OrderEventType, order: Order, id = "n1"): OrderNews {
  return { id, type, order, stores: [] };
}

function refunded(minor: number): Order["payment"] {
  return { ...orderHere().payment, refunded: money(minor, EUR) };
}

/** Tells twice, and expects the second time to do nothing. */
async function tellTwice(shop: FakeShopify, told: OrderNews): Promise<void> {
  expect(await apiOf(shop).tellOrder(told)).toEqual(TOLD);
  const { changes } = shop;
  const mails = shop.state.mails.length;
  expect(await apiOf(shop).tellOrder({ ...told, id: "n2" })).toEqual(TOLD);
  expect(shop.changes).toBe(changes);
  expect(shop.state.mails).toHaveLength(mails);
}

describe("news of an order", () => {
  test("goes to the shop's Admin API with its token", async () => {
    const shop = new FakeShopify();
    await apiOf(shop).tellOrder(news("order.ready", orderHere()));
    expect(shop.requests[0]).toMatchObject({
      method: "POST",
      url: "https://fen.example/admin/api/2026-07/graphql.json",
      headers: { "x-shopify-access-token": "shpat_made_up" },
    });
  });

  test.each(["order.placed", "order.accepted", "order.rerouted", "order.reminder"] as const)(
    "%s is nothing to Shopify",
    async (type) => {
      const shop = new FakeShopify();
      expect(await apiOf(shop).tellOrder(news(type, orderHere()))).toEqual(TOLD);
      expect(shop.requests).toEqual([]);
    },
  );

  test("ready: the customer is written to once", async () => {
    const shop = new FakeShopify();
    await tellTwice(shop, news("order.ready", orderHere()));
    expect(shop.state.mails).toEqual(["ready for pickup"]);
  });

  test("ready in one store, not yet in the other: nobody is written to", async () => {
    const shop = new FakeShopify();
    const halves = [
      part({ quantity: 1 }),
      part({ id: idOf<"Fulfilment">("f2"), quantity: 1, state: "picking" }),
    ];
    expect(await apiOf(shop).tellOrder(news("order.ready", orderHere({ fulfilments: halves })))).toEqual(
      TOLD,
    );
    expect(shop.mutations).toBe(0);
  });

  test("collected: what was handed out is fulfilled, once", async () => {
    const shop = new FakeShopify();
    await tellTwice(
      shop,
      news("order.collected", orderHere({ fulfilments: [part({ state: "collected", handed: 2 })] })),
    );
    expect(shop.state.fulfillments).toMatchObject([
      { pieces: [{ quantity: 2 }], tracking: null, notified: false },
    ]);
  });

  test("collected in two goes: each is fulfilled, whichever order news comes in", async () => {
    const shop = new FakeShopify();
    await tellTwice(shop, news("order.collected", orderHere({ fulfilments: [part({ handed: 1 })] })));
    const all = orderHere({ fulfilments: [part({ state: "collected", handed: 2 })] });
    await tellTwice(shop, news("order.collected", all, "n3"));
    expect(shop.state.fulfillments.map(({ pieces }) => pieces[0]?.quantity)).toEqual([1, 1]);
  });

  test("collected: fulfilled again where somebody there cancelled the fulfilment, and never in what is over", async () => {
    const shop = new FakeShopify();
    const all = orderHere({ fulfilments: [part({ state: "collected", handed: 2 })] });
    await tellTwice(shop, news("order.collected", all));
    shop.undone.push("gid://shopify/Fulfillment/1");
    shop.state.lines[0]!.remaining = 2;
    expect(await apiOf(shop).tellOrder(news("order.collected", all, "n3"))).toEqual(TOLD);
    expect(shop.state.fulfillments).toHaveLength(2);
    expect(shop.requests.some(({ body }) => body?.includes("FulfillmentOrder/0"))).toBe(false);
  });

  test("shipped: with carrier and tracking numbers", async () => {
    const shop = new FakeShopify();
    shop.isPickup = false;
    const parcels = [
      { carrier: "DHL", tracking: "00340" },
      { carrier: "DHL", tracking: "00341" },
    ];
    const shipped = part({ kind: "ship", state: "shipped", handed: 2, parcels });
    await tellTwice(shop, news("order.shipped", orderHere({ fulfilments: [shipped] })));
    expect(shop.state.fulfillments).toMatchObject([
      { tracking: { company: "DHL", numbers: ["00340", "00341"] }, notified: true },
    ]);
    expect(shop.state.mails).toEqual([]);
  });

  test("handed out of an order that Shopify holds back is refused in words, and the rest done", async () => {
    const shop = new FakeShopify();
    shop.state.onHold = true;
    const order = orderHere({
      fulfilments: [part({ state: "collected", handed: 1, quantity: 1 })],
      payment: refunded(1_999),
      givenUp: [{ line: LINE, quantity: 1 }],
    });
    const told = await apiOf(shop).tellOrder(news("order.collected", order));
    expect(told).toMatchObject({ kind: "refused", failure: expect.stringContaining("holds back") });
    expect(shop.state.lines[0]?.current).toBe(1);
  });

  test("short: the pieces come off and their money goes back, once", async () => {
    const shop = new FakeShopify();
    const order = orderHere({ payment: refunded(1_999), givenUp: [{ line: LINE, quantity: 1 }] });
    await tellTwice(shop, news("order.refunded", order));
    expect(shop.state.transactions.slice(1)).toMatchObject([
      { kind: "REFUND", amount: "19.99", parent: "t1" },
    ]);
    expect(shop.state.lines[0]).toMatchObject({ current: 1, remaining: 1 });
  });

  test("refunded there already: nothing more goes back", async () => {
    const shop = new FakeShopify();
    shop.state.transactions.push({
      id: "r1",
      kind: "REFUND",
      status: "PENDING",
      amount: "19.99",
      parent: "t1",
    });
    shop.state.lines[0]!.current = 1;
    const order = orderHere({
      fulfilments: [part({ state: "accepted" })],
      payment: refunded(1_999),
      givenUp: [{ line: LINE, quantity: 1 }],
    });
    expect(await apiOf(shop).tellOrder(news("order.refunded", order))).toEqual(TOLD);
    expect(shop.mutations).toBe(0);
  });

  test("a refund whose answer was lost is no second refund", async () => {
    const shop = new FakeShopify();
    const order = orderHere({ fulfilments: [part({ state: "accepted" })], payment: refunded(500) });
    await apiOf(shop).tellOrder(news("order.refunded", order));
    // As if Shopify had not listed it yet: the key alone knows it again.
    const [sale, refund] = shop.state.transactions;
    shop.state.transactions = [sale!];
    expect(await apiOf(shop).tellOrder(news("order.refunded", order))).toEqual(TOLD);
    expect(shop.state.transactions).toEqual([sale]);
    expect(refund?.amount).toBe("5.00");
  });

  test("a refund is spread over the payments that have something left", async () => {
    const shop = new FakeShopify();
    shop.state.transactions = [
      { id: "a1", kind: "AUTHORIZATION", status: "SUCCESS", amount: "39.98", parent: null },
      { id: "c1", kind: "CAPTURE", status: "SUCCESS", amount: "10.00", parent: "a1" },
      { id: "s0", kind: "SALE", status: "FAILURE", amount: "29.98", parent: null },
      { id: "s1", kind: "SALE", status: "SUCCESS", amount: "29.98", parent: null },
      { id: "r1", kind: "REFUND", status: "SUCCESS", amount: "4.00", parent: "c1" },
    ];
    const order = orderHere({ fulfilments: [part({ state: "accepted" })], payment: refunded(2_000) });
    expect(await apiOf(shop).tellOrder(news("order.refunded", order))).toEqual(TOLD);
    expect(shop.state.transactions.slice(5)).toMatchObject([
      { amount: "6.00", parent: "c1" },
      { amount: "10.00", parent: "s1" },
    ]);
  });

  test.each([
    ["the customer paid in dollars", (shop: FakeShopify) => (shop.state.presentment = "USD")],
    ["too little was ever paid", (shop: FakeShopify) => (shop.state.transactions[0]!.amount = "3.00")],
  ])("a refund is a person's when %s", async (_, when) => {
    const shop = new FakeShopify();
    when(shop);
    const order = orderHere({ fulfilments: [part({ state: "accepted" })], payment: refunded(500) });
    expect(await apiOf(shop).tellOrder(news("order.refunded", order))).toMatchObject({
      kind: "refused",
      failure: expect.stringContaining("5.00"),
    });
    expect(shop.mutations).toBe(0);
  });

  const cancelled = orderHere({
    fulfilments: [part({ state: "cancelled" })],
    payment: { ...refunded(3_998), state: "refunded" },
    givenUp: [{ line: LINE, quantity: 2 }],
    cancelledAt: LATER,
  });
  const STILL_CANCELLING = {
    kind: "later",
    failure: expect.stringContaining("not cancelled yet"),
    afterMs: expect.toSatisfy((ms: number) => ms > 0 && ms <= 30_000),
  };

  test("cancelled: the money goes back and the order is cancelled, once, and told once it is", async () => {
    const shop = new FakeShopify();
    expect(await apiOf(shop).tellOrder(news("order.cancelled", cancelled))).toEqual(STILL_CANCELLING);
    shop.runJobs();
    await tellTwice(shop, news("order.cancelled", cancelled));
    expect(shop.state.cancelledAt).not.toBeNull();
    expect(shop.state.transactions.slice(1).map(({ amount }) => amount)).toEqual(["39.98"]);
    expect(shop.changes).toBe(2);
  });

  test("cancelled, and told again and of its refund before Shopify has got to it: none of it is dead", async () => {
    const shop = new FakeShopify();
    expect(await apiOf(shop).tellOrder(news("order.cancelled", cancelled))).toEqual(STILL_CANCELLING);
    expect(await apiOf(shop).tellOrder(news("order.refunded", cancelled, "n2"))).toEqual(STILL_CANCELLING);
    shop.runJobs();
    expect(await apiOf(shop).tellOrder(news("order.refunded", cancelled, "n2"))).toEqual(TOLD);
    expect(await apiOf(shop).tellOrder(news("order.cancelled", cancelled))).toEqual(TOLD);
    expect(shop.state.transactions.slice(1).map(({ amount }) => amount)).toEqual(["39.98"]);
  });

  test("cancelled there between the look and the word: told the next time", async () => {
    const shop = new FakeShopify();
    const http: typeof shop.http = async (request) => {
      if (request.body?.includes("mutation Cancel")) {
        shop.state.cancelledAt = "2026-11-21T12:00:00Z";
      }
      return shop.http(request);
    };
    const api = shopifyDriver.api({ connector: FEN, http, now: () => NOW });
    expect(await api.tellOrder(news("order.cancelled", cancelled))).toEqual(STILL_CANCELLING);
    expect(await api.tellOrder(news("order.cancelled", cancelled))).toEqual(TOLD);
  });

  test("cancelled, and Shopify's job fails without a word: tried again", async () => {
    const shop = new FakeShopify();
    await apiOf(shop).tellOrder(news("order.cancelled", cancelled));
    shop.runJobs({ isFailing: true });
    expect(await apiOf(shop).tellOrder(news("order.cancelled", cancelled))).toEqual(STILL_CANCELLING);
    shop.runJobs();
    expect(await apiOf(shop).tellOrder(news("order.cancelled", cancelled))).toEqual(TOLD);
    expect(shop.state.cancelledAt).not.toBeNull();
  });

  test("cancelled: its pieces come back into stock by the stock that is told, and not twice", async () => {
    const shop = new FakeShopify();
    await apiOf(shop).tellOrder(news("order.cancelled", cancelled));
    await apiOf(shop).tellStock([{ sku: idOf<"Sku">("SHIRT-M"), location: "124656943", available: 7 }]);
    shop.runJobs();
    expect([...shop.state.stock]).toEqual([["1@124656943", 7]]);
  });

  test("cancelled, and the money cannot go back by itself: said at once, for later nobody would find it", async () => {
    const shop = new FakeShopify();
    shop.state.presentment = "USD";
    expect(await apiOf(shop).tellOrder(news("order.cancelled", cancelled))).toMatchObject({
      kind: "refused",
      failure: expect.stringContaining("39.98"),
    });
    shop.runJobs();
    expect(shop.state.cancelledAt).not.toBeNull();
  });

  test("cancelled, and Shopify will not: refused in its words", async () => {
    const shop = new FakeShopify();
    shop.state.fulfillments.push({
      id: "gid://shopify/Fulfillment/1",
      pieces: [],
      tracking: null,
      notified: true,
    });
    expect(await apiOf(shop).tellOrder(news("order.cancelled", cancelled))).toEqual({
      kind: "refused",
      failure: "Shopify: Cannot cancel an order with fulfillments",
    });
  });

  test("cancelled after a part was collected: the rest comes off, and the order stands", async () => {
    const shop = new FakeShopify();
    const order = orderHere({
      fulfilments: [part({ state: "cancelled", handed: 1 })],
      payment: refunded(1_999),
      givenUp: [{ line: LINE, quantity: 1 }],
      cancelledAt: LATER,
    });
    await tellTwice(shop, news("order.cancelled", order));
    expect(shop.state).toMatchObject({ cancelledAt: null, lines: [{ current: 1, remaining: 0 }] });
  });

  test("cancelled there: what is given back is decided there", async () => {
    const shop = new FakeShopify();
    shop.state.cancelledAt = "2026-11-20T12:00:00Z";
    const order = orderHere({
      fulfilments: [part({ state: "cancelled" })],
      payment: { ...refunded(3_998), state: "refunded" },
      cancelledAt: LATER,
    });
    expect(await apiOf(shop).tellOrder(news("order.cancelled", order))).toEqual(TOLD);
    expect(shop.mutations).toBe(0);
  });

  test("paid at the till: marked as paid there, once", async () => {
    const shop = new FakeShopify();
    shop.state.canMarkAsPaid = true;
    shop.state.transactions = [];
    const ready = orderHere({ payment: { ...refunded(0), state: "toPayAtPickup", paid: money(0, EUR) } });
    await apiOf(shop).tellOrder(news("order.ready", ready));
    await apiOf(shop).tellOrder(news("order.collected", orderHere({ fulfilments: [part({ handed: 1 })] })));
    expect(shop.state.canMarkAsPaid).toBe(true);
    await tellTwice(
      shop,
      news("order.collected", orderHere({ fulfilments: [part({ state: "collected", handed: 2 })] })),
    );
    expect(shop.state.canMarkAsPaid).toBe(false);
  });
});

describe("one piece short, the other paid at the till", () => {
  const short = orderHere({
    fulfilments: [part({ state: "collected", handed: 1, quantity: 1 })],
    payment: { ...refunded(0), paid: money(1_999, EUR) },
    givenUp: [{ line: LINE, quantity: 1 }],
  });
  function toPay(): FakeShopify {
    const shop = new FakeShopify();
    shop.state.canMarkAsPaid = true;
    shop.state.transactions = [];
    return shop;
  }

  test("is booked there as what the till took, and the message that follows says no more", async () => {
    const shop = toPay();
    await tellTwice(shop, news("order.collected", short));
    expect(shop.state.transactions).toMatchObject([{ kind: "SALE", amount: "19.99" }]);
    expect(shop.amounts).toEqual({
      total_price: "39.98",
      current_total_price: "19.99",
      total_outstanding: "0.00",
    });
    const body = shopifyOrder(shop.amounts);
    expect(readShopify({ delivery: "d", topic: "orders/paid", body }, FEN)).toMatchObject({
      order: { request: { payment: { kind: "paid", paid: { minor: 1_999 } } } },
    });
  });

  test("is not marked as paid there while the missing piece is still on the bill", async () => {
    const shop = toPay();
    shop.refusesRefund = "Quantity cannot refund more items than were purchased";
    expect(await apiOf(shop).tellOrder(news("order.collected", short))).toEqual({
      kind: "refused",
      failure: "Shopify: Quantity cannot refund more items than were purchased",
    });
    expect(shop.state.transactions).toEqual([]);
  });
});

describe("when telling does not work", () => {
  const order = orderHere({ fulfilments: [part({ state: "collected", handed: 2 })] });
  const reply = (status: number, body: unknown = "", headers: Readonly<Record<string, string>> = {}) => ({
    status,
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  const throttled = {
    errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }],
    extensions: {
      cost: {
        requestedQueryCost: 400,
        throttleStatus: { maximumAvailable: 2_000, currentlyAvailable: 100, restoreRate: 100 },
      },
    },
  };
  const hardlyThrottled = {
    ...throttled,
    extensions: {
      cost: { requestedQueryCost: 10, throttleStatus: { currentlyAvailable: 20, restoreRate: 100 } },
    },
  };
  const denied = { errors: [{ message: "Access denied", extensions: { code: "ACCESS_DENIED" } }] };

  test.each([
    ["429", reply(429, "", { "retry-after": "2.0" }), { kind: "later", afterMs: 2_000 }],
    [
      "a date to come back at",
      reply(503, "", { "retry-after": new Date(NOW + 60_000).toUTCString() }),
      { kind: "later", afterMs: 60_000 },
    ],
    [
      "throttled, though enough is there again",
      reply(200, hardlyThrottled),
      { kind: "later", afterMs: 1_000 },
    ],
    ["408", reply(408), { kind: "later" }],
    ["425", reply(425), { kind: "later" }],
    ["500", reply(500), { kind: "later", afterMs: null }],
    ["nobody", { failure: "connection refused" }, { kind: "later", afterMs: null }],
    ["401", reply(401), { kind: "later", failure: expect.stringContaining("credentials") }],
    ["403", reply(403), { kind: "later", failure: expect.stringContaining("credentials") }],
    ["404", reply(404, "Not Found"), { kind: "refused" }],
    ["a redirect", reply(301), { kind: "later", failure: expect.stringContaining("correct the address") }],
    ["throttled, in an answer of 200", reply(200, throttled), { kind: "later", afterMs: 3_000 }],
    [
      "not allowed, in an answer of 200",
      reply(200, denied),
      { kind: "later", failure: expect.stringContaining("allowed") },
    ],
    [
      "a question that it does not know",
      reply(200, { errors: [{ message: "No such field" }] }),
      { kind: "refused" },
    ],
    ["no JSON", reply(200, "<html>"), { kind: "later" }],
    ["another shape", reply(200, { data: { order: {} } }), { kind: "later" }],
  ])("%s", async (_, answer, told) => {
    const shop = new FakeShopify();
    shop.answers.push(answer);
    expect(await apiOf(shop).tellOrder(news("order.collected", order))).toMatchObject(told);
    // And when it works again, all is done.
    expect(await apiOf(shop).tellOrder(news("order.collected", order))).toEqual(TOLD);
    expect(shop.state.fulfillments).toHaveLength(1);
  });

  test("half way, nothing more is tried until the next time", async () => {
    const shop = new FakeShopify();
    shop.illAt = "mutation Ready";
    const half = orderHere({ fulfilments: [part({ handed: 1 })] });
    expect(await apiOf(shop).tellOrder(news("order.collected", half))).toMatchObject({ kind: "later" });
    expect(shop.state.fulfillments).toEqual([]);
    shop.illAt = null;
    expect(await apiOf(shop).tellOrder(news("order.collected", half))).toEqual(TOLD);
    expect(shop.state.fulfillments).toHaveLength(1);
  });

  test("an order that is gone is refused", async () => {
    const shop = new FakeShopify();
    shop.isGone = true;
    expect(await apiOf(shop).tellOrder(news("order.collected", order))).toMatchObject({ kind: "refused" });
  });

  test("what Shopify will not do is refused in its own words", async () => {
    const shop = new FakeShopify();
    shop.refusesToFulfil = "Fulfillment order is closed";
    expect(await apiOf(shop).tellOrder(news("order.collected", order))).toEqual({
      kind: "refused",
      failure: "Shopify: Fulfillment order is closed",
    });
  });
});

describe("stock", () => {
  const level = (sku: string, location: string, available: number) => ({
    sku: idOf<"Sku">(sku),
    location,
    available,
  });

  test("is set by SKU and location, again and again", async () => {
    const shop = new FakeShopify();
    expect(await apiOf(shop).tellStock([level("SHIRT-M", "124656943", 7)])).toEqual(TOLD);
    expect(await apiOf(shop).tellStock([level("SHIRT-M", "124656943", 7)])).toEqual(TOLD);
    expect([...shop.state.stock]).toEqual([["1@124656943", 7]]);
    const input = JSON.parse(shop.requests[1]?.body ?? "").variables.input;
    expect(input).toMatchObject({
      name: "available",
      quantities: [{ quantity: 7, changeFromQuantity: null }],
    });
  });

  test("is set again when it is told again another time, whatever was sold there meanwhile", async () => {
    const shop = new FakeShopify();
    let now = NOW;
    const api = shopifyDriver.api({ connector: FEN, http: shop.http, now: () => now });
    await api.tellStock([level("SHIRT-M", "124656943", 7)]);
    shop.state.stock.set("1@124656943", 3);
    now = LATER;
    await api.tellStock([level("SHIRT-M", "124656943", 7)]);
    expect([...shop.state.stock]).toEqual([["1@124656943", 7]]);
  });

  test("of what Shopify does not sell, or of a place that is no location, is passed over", async () => {
    const shop = new FakeShopify();
    expect(await apiOf(shop).tellStock([level("shirt-m", "124656943", 7)])).toEqual(TOLD);
    expect(await apiOf(shop).tellStock([level("SHIRT-M", "Fen Berlin", 7)])).toEqual(TOLD);
    expect(shop.mutations).toBe(0);
  });

  test("that a location does not keep does not hold up the rest", async () => {
    const shop = new FakeShopify();
    shop.state.variants.push({ sku: "MUG", item: "gid://shopify/InventoryItem/2" });
    shop.state.unstocked.push("gid://shopify/InventoryItem/2");
    const levels = [level("MUG", "124656943", 3), level("SHIRT-M", "124656943", 7)];
    expect(await apiOf(shop).tellStock(levels)).toEqual(TOLD);
    expect([...shop.state.stock]).toEqual([["1@124656943", 7]]);
  });

  test("asks for SKUs as they are, quotes and all", async () => {
    const shop = new FakeShopify();
    await apiOf(shop).tellStock([level('6" PAN', "124656943", 1)]);
    expect(JSON.parse(shop.requests[0]?.body ?? "").variables.search).toBe('sku:"6\\" PAN"');
  });

  test("is told another time when Shopify is busy", async () => {
    const shop = new FakeShopify();
    shop.answers.push({ status: 429, headers: { "retry-after": "5" }, body: "" });
    expect(await apiOf(shop).tellStock([level("SHIRT-M", "124656943", 7)])).toMatchObject({ afterMs: 5_000 });
  });
});
