import { describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Order } from "#domain/orders/order.ts";
import type { OrderEventType } from "../../events/order-events.ts";
import { BERLIN } from "../../testing/shop.ts";
import { orderHere, part } from "../order-for-tests.ts";
import type { OrderNews, ShopApi } from "../port.ts";
import { woocommerceDriver } from "./driver.ts";
import { FakeWooCommerce } from "./fake-woocommerce.ts";
import { TORF, wooOrder } from "./fixtures.ts";
import { readWooCommerce } from "./read.ts";

const EUR = idOf<"Currency">("EUR");
const LINE = idOf<"Line">("315");
const NOW = instant(1_795_000_000_000);
const TOLD = { kind: "told" };

const apiOf = (shop: FakeWooCommerce): ShopApi =>
  woocommerceDriver.api({ connector: TORF, http: shop.http, now: () => NOW });

function here(changes: Partial<Order> = {}): Order {
  return orderHere({ line: "315", externalId: "727", ...changes });
}

function payment(refunded: number): Order["payment"] {
  return { state: "paid", total: money(2_000, EUR), paid: money(2_000, EUR), refunded: money(refunded, EUR) };
}

function news(type: OrderEventType, order: Order, id = "n1"): OrderNews {
  return {
    id,
    type,
    order,
    stores: [{ ...BERLIN, store: idOf<"Store">("berlin"), name: "Torf & Moos Berlin" }],
  };
}

const collected = here({
  fulfilments: [part({ line: "315", state: "collected", handed: 2 })],
  payment: payment(0),
});

/** Tells twice, and expects the second time to change nothing. */
async function tellTwice(shop: FakeWooCommerce, told: OrderNews): Promise<void> {
  expect(await apiOf(shop).tellOrder(told)).toEqual(TOLD);
  const { changes } = shop;
  expect(await apiOf(shop).tellOrder({ ...told, id: "n2" })).toEqual(TOLD);
  expect(shop.changes).toBe(changes);
}

describe("news of an order", () => {
  test("goes to the shop's REST API with key and secret", async () => {
    const shop = new FakeWooCommerce();
    await apiOf(shop).tellOrder(news("order.collected", collected));
    expect(shop.requests[0]).toMatchObject({
      method: "GET",
      url: "https://torf.example/shop/wp-json/wc/v3/orders/727",
      headers: { authorization: `Basic ${btoa("ck_made_up:cs_made_up")}` },
    });
  });

  test.each(["order.placed", "order.accepted", "order.rerouted", "order.reminder"] as const)(
    "%s is nothing to WooCommerce",
    async (type) => {
      const shop = new FakeWooCommerce();
      expect(await apiOf(shop).tellOrder(news(type, here()))).toEqual(TOLD);
      expect(shop.requests).toEqual([]);
    },
  );

  test("ready: noted once for the shop's own people, and the status stays", async () => {
    const shop = new FakeWooCommerce();
    await tellTwice(shop, news("order.ready", here({ payment: payment(0) })));
    expect(shop.notes).toMatchObject([
      { note: "Ready to be collected: Torf &amp; Moos Berlin", customer_note: false },
    ]);
    expect(shop.order.status).toBe("processing");
  });

  test("collected in part: not completed yet; collected whole: completed, once", async () => {
    const shop = new FakeWooCommerce();
    await apiOf(shop).tellOrder(
      news("order.collected", here({ fulfilments: [part({ line: "315", handed: 1 })], payment: payment(0) })),
    );
    expect(shop.order.status).toBe("processing");
    await tellTwice(shop, news("order.collected", collected));
    expect(shop.order.status).toBe("completed");
  });

  test("shipped: completed, and the customer gets every tracking number once", async () => {
    const shop = new FakeWooCommerce();
    const parcels = [
      { carrier: "DHL", tracking: "00340" },
      { carrier: "DHL", tracking: "00341" },
    ];
    const shipped = part({ line: "315", kind: "ship", state: "shipped", handed: 2, parcels });
    await tellTwice(shop, news("order.shipped", here({ fulfilments: [shipped], payment: payment(0) })));
    expect(shop.notes).toMatchObject([
      { note: "DHL 00340", customer_note: true },
      { note: "DHL 00341", customer_note: true },
    ]);
    expect(shop.order.status).toBe("completed");
  });

  test("short: the money goes back by the gateway, once, beside what went back before", async () => {
    const shop = new FakeWooCommerce();
    shop.order.refunds.push({ id: 800, total: "-2.50", reason: "" });
    const order = here({
      fulfilments: [part({ line: "315", state: "accepted" })],
      payment: payment(1_000),
      givenUp: [{ line: LINE, quantity: 1 }],
    });
    await tellTwice(shop, news("order.refunded", order));
    expect(shop.order.refunds.map(({ total }) => total)).toEqual(["-2.50", "-7.50"]);
    const sent = shop.requests.find(({ url }) => url.endsWith("/refunds"));
    expect(JSON.parse(sent?.body ?? "")).toMatchObject({
      amount: "7.50",
      api_refund: true,
      api_restock: false,
    });
  });

  test.each(["cod", "bacs", "cheque", ""])(
    "short, paid by “%s”: no gateway gives it back, so it is booked alone",
    async (payment_method) => {
      const shop = new FakeWooCommerce();
      shop.order.payment_method = payment_method;
      const order = here({
        fulfilments: [part({ line: "315", state: "accepted" })],
        payment: payment(1_000),
        givenUp: [{ line: LINE, quantity: 1 }],
      });
      await tellTwice(shop, news("order.refunded", order));
      expect(shop.order.refunds).toMatchObject([{ total: "-10.00" }]);
      const sent = shop.requests.find(({ url }) => url.endsWith("/refunds"));
      expect(JSON.parse(sent?.body ?? "")).toMatchObject({ api_refund: false, api_restock: false });
      // The till gives back what the till took; for the rest the shop's own people have to know.
      expect(shop.notes.map(({ note, customer_note }) => [note, customer_note])).toEqual(
        payment_method === "cod"
          ? []
          : [["To be paid back by hand: 10.00 EUR (refunded in all: 10.00)", false]],
      );
    },
  );

  test("one piece short, the other paid at the till: completed there, by which nothing is given back", async () => {
    const shop = new FakeWooCommerce();
    Object.assign(shop.order, { payment_method: "cod", transaction_id: "", date_paid_gmt: null });
    const order = here({
      fulfilments: [part({ line: "315", quantity: 1, state: "collected", handed: 1 })],
      payment: { ...payment(0), paid: money(1_000, EUR) },
      givenUp: [{ line: LINE, quantity: 1 }],
    });
    await tellTwice(shop, news("order.collected", order));
    expect(shop.order).toMatchObject({ status: "completed", date_paid_gmt: expect.any(String), refunds: [] });
    const body = wooOrder({ ...shop.order, payment_method_title: "Cash on delivery" });
    expect(readWooCommerce({ delivery: "d", topic: "order.updated", body }, TORF)).toMatchObject({
      order: { request: { payment: { kind: "atPickup", paid: { minor: 0 } } } },
    });
  });

  const cancelled = (refunded: number) =>
    here({
      fulfilments: [part({ line: "315", state: "cancelled" })],
      payment: payment(refunded),
      givenUp: [{ line: LINE, quantity: 2 }],
      cancelledAt: NOW,
    });

  test("cancelled and paid: given back whole, by which it is over there", async () => {
    const shop = new FakeWooCommerce();
    await tellTwice(shop, news("order.cancelled", cancelled(2_000)));
    expect(shop.order).toMatchObject({ status: "refunded", refunds: [{ total: "-20.00" }] });
  });

  test("cancelled and not paid: cancelled there", async () => {
    const shop = new FakeWooCommerce();
    await tellTwice(shop, news("order.cancelled", cancelled(0)));
    expect(shop.order).toMatchObject({ status: "cancelled", refunds: [] });
  });

  test("cancelled, and the gateway gives nothing back: cancelled there all the same, and said", async () => {
    const shop = new FakeWooCommerce();
    shop.refusesRefund = "The payment gateway for this order does not support automatic refunds.";
    expect(await apiOf(shop).tellOrder(news("order.cancelled", cancelled(2_000)))).toEqual({
      kind: "refused",
      failure: "WooCommerce: The payment gateway for this order does not support automatic refunds.",
    });
    expect(shop.order.status).toBe("cancelled");
  });

  test("cancelled there: what is given back is decided there", async () => {
    const shop = new FakeWooCommerce();
    shop.order.status = "cancelled";
    expect(await apiOf(shop).tellOrder(news("order.cancelled", cancelled(2_000)))).toEqual(TOLD);
    expect(shop.changes).toBe(0);
  });
});

describe("when telling does not work", () => {
  const reply = (status: number, body = "", headers: Readonly<Record<string, string>> = {}) => ({
    status,
    headers,
    body,
  });

  test.each([
    ["429", reply(429, "", { "retry-after": "7" }), { kind: "later", afterMs: 7_000 }],
    [
      "429 in WordPress's words",
      reply(429, '{"code":"rate","message":"Slow"}', { "retry-after": "7" }),
      { kind: "later", afterMs: 7_000 },
    ],
    ["500", reply(500, "<html>"), { kind: "later", afterMs: null }],
    [
      "a critical error",
      reply(500, '{"code":"internal_server_error","message":"There has been a critical error."}'),
      { kind: "later" },
    ],
    [
      "a critical error amid a refund",
      reply(500, '{"code":"internal_server_error","message":"Critical error in class-wc-refund.php"}'),
      { kind: "later" },
    ],
    ["nobody", { failure: "connection refused" }, { kind: "later", afterMs: null }],
    [
      "401",
      reply(401, '{"code":"woocommerce_rest_cannot_view","message":"Sorry"}'),
      { kind: "later", failure: expect.stringContaining("credentials") },
    ],
    [
      "404",
      reply(404, '{"code":"woocommerce_rest_shop_order_invalid_id","message":"Invalid ID."}'),
      { kind: "refused", failure: "WooCommerce: Invalid ID." },
    ],
    ["a redirect", reply(301), { kind: "later", failure: expect.stringContaining("correct the address") }],
    ["no JSON", reply(200, "<html>"), { kind: "later" }],
    ["another shape", reply(200, "{}"), { kind: "later" }],
  ])("%s", async (_, answer, told) => {
    const shop = new FakeWooCommerce();
    shop.answers.push(answer);
    expect(await apiOf(shop).tellOrder(news("order.collected", collected))).toMatchObject(told);
    expect(shop.changes).toBe(0);
    // And when it works again, all is done.
    expect(await apiOf(shop).tellOrder(news("order.collected", collected))).toEqual(TOLD);
    expect(shop.order.status).toBe("completed");
  });

  test("half way, the other half is done the next time", async () => {
    const shop = new FakeWooCommerce();
    const parcels = ["00340", "00341"].map((tracking) => ({ carrier: "DHL", tracking }));
    const shipped = part({ line: "315", kind: "ship", state: "shipped", handed: 2, parcels });
    const told = news("order.shipped", here({ fulfilments: [shipped], payment: payment(0) }));
    const http: typeof shop.http = (request) =>
      shop.requests.length === 3 ? Promise.resolve({ failure: "timed out" }) : shop.http(request);
    const flaky = woocommerceDriver.api({ connector: TORF, http, now: () => NOW });
    expect(await flaky.tellOrder(told)).toMatchObject({ kind: "later" });
    expect(shop.notes).toHaveLength(1);
    expect(await apiOf(shop).tellOrder(told)).toEqual(TOLD);
    expect(shop.notes).toHaveLength(2);
    expect(shop.order.status).toBe("completed");
  });
});

describe("stock", () => {
  const level = (sku: string, available: number, location = "default") => ({
    sku: idOf<"Sku">(sku),
    location,
    available,
  });

  test("is set for products and variations, and only where it is another", async () => {
    const shop = new FakeWooCommerce();
    const levels = [level("PEAT-20", 9), level("PEAT-40", 3), level("UNKNOWN", 1)];
    expect(await apiOf(shop).tellStock(levels)).toEqual(TOLD);
    expect(shop.products).toMatchObject([{ stock_quantity: 9 }, { stock_quantity: 3, manage_stock: true }]);
    expect(shop.changes).toBe(2);
    expect(await apiOf(shop).tellStock(levels)).toEqual(TOLD);
    expect(shop.changes).toBe(2);
  });

  test("of a product whose stock is not kept is kept from now on", async () => {
    const shop = new FakeWooCommerce();
    shop.products = [{ id: 93, parent_id: 0, sku: "PEAT-20", manage_stock: false, stock_quantity: 9 }];
    expect(await apiOf(shop).tellStock([level("PEAT-20", 9)])).toEqual(TOLD);
    expect(shop.products).toMatchObject([{ manage_stock: true, stock_quantity: 9 }]);
  });

  test("of any other location than the one that WooCommerce shows is passed over", async () => {
    const shop = new FakeWooCommerce();
    expect(await apiOf(shop).tellStock([level("PEAT-20", 9, "Torf Hamburg"), level("A,B", 1)])).toEqual(TOLD);
    expect(shop.requests).toEqual([]);
  });

  test("that WooCommerce will not set is said, and the rest set", async () => {
    const shop = new FakeWooCommerce();
    shop.locked = [93];
    expect(await apiOf(shop).tellStock([level("PEAT-20", 9), level("PEAT-40", 3)])).toEqual({
      kind: "refused",
      failure: "WooCommerce: Invalid ID.",
    });
    expect(shop.products[1]?.stock_quantity).toBe(3);
  });

  test("is told another time when WooCommerce is ill", async () => {
    const shop = new FakeWooCommerce();
    shop.answers.push({ status: 503, headers: { "retry-after": "60" }, body: "" });
    expect(await apiOf(shop).tellStock([level("PEAT-20", 9)])).toMatchObject({
      kind: "later",
      afterMs: 60_000,
    });
  });
});
