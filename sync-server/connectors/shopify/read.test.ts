import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { sumMoney } from "#domain/money/arithmetic.ts";
import { decimalText } from "#domain/money/format.ts";
import { type Currency, money } from "#domain/money/money.ts";
import { editedByShop } from "#domain/orders/shop-edit.ts";
import { orderHere } from "../order-for-tests.ts";
import type { SeenOrder } from "../port.ts";
import {
  ANNA_HOME,
  allocation,
  FEN,
  moneySet,
  PICKUP_LINE,
  shippingLine,
  shopifyLine,
  shopifyOrder,
  shopifyRefund,
} from "./fixtures.ts";
import { readShopify } from "./read.ts";

const EUR = idOf<"Currency">("EUR");
const eur = (minor: number) => money(minor, EUR);
const LINE = "13456789012345";
const TO_SHIP = { shipping_address: ANNA_HOME, shipping_lines: [shippingLine("0.00")] };

function read(body: unknown, topic = "orders/updated") {
  // As it arrives: through JSON.
  return readShopify({ delivery: "d", topic, body: JSON.parse(JSON.stringify(body)) }, FEN);
}

function seen(body: unknown, topic?: string): SeenOrder {
  const reading = read(body, topic);
  if ("problem" in reading || reading.kind !== "order") throw new Error(JSON.stringify(reading));
  return reading.order;
}

describe("an order of Shopify", () => {
  test.each(["orders/create", "orders/updated", "orders/paid", "orders/cancelled"])(
    "comes whole with %s",
    (topic) => {
      expect(seen(shopifyOrder(), topic)).toEqual({
        request: {
          channel: "fen",
          id: "5678901234567",
          number: "#1042",
          currency: "EUR",
          customer: { name: "Anna Ahrens", email: "anna@example.com", phone: "+49 30 000000" },
          lines: [
            {
              id: LINE,
              sku: "SHIRT-M",
              name: "Linen shirt - M",
              quantity: 2,
              unitPrice: eur(1_999),
              total: eur(3_998),
            },
          ],
          shipping: eur(0),
          total: eur(3_998),
          payment: { kind: "paid", paid: eur(3_998) },
          delivery: { kind: "pickup", store: "BER1" },
          maySplit: false,
          note: "",
        },
        updatedAt: Date.parse("2026-11-20T09:00:05Z"),
        stillWanted: [],
        refunded: eur(0),
        cancelled: null,
        release: "toDo",
        fulfilledThere: "nothing",
      });
    },
  );

  test("to be sent carries the address", () => {
    expect(seen(shopifyOrder(TO_SHIP)).request.delivery).toEqual({
      kind: "ship",
      address: {
        name: "Anna Ahrens",
        lines: ["Beispielallee 3", "2. OG"],
        postcode: "10115",
        city: "Berlin",
        country: "DE",
      },
    });
  });

  test("to be sent says where on the map it goes, where Shopify knows", () => {
    const at = (latitude: unknown, longitude: unknown) =>
      seen(shopifyOrder({ ...TO_SHIP, shipping_address: { ...ANNA_HOME, latitude, longitude } })).request
        .delivery;
    expect(at(52.39, 13.06)).toMatchObject({ place: { latitude: 52.39, longitude: 13.06 } });
    expect(at(null, null)).not.toHaveProperty("place.latitude");
    expect(at(999, 13)).not.toHaveProperty("place.latitude");
  });

  test("to be sent without an address is taken all the same", () => {
    const nowhere = shopifyOrder({ ...TO_SHIP, shipping_address: null });
    expect(seen(nowhere).request.delivery).toEqual({ kind: "ship", address: null });
    const noCountry = shopifyOrder({ ...TO_SHIP, shipping_address: { ...ANNA_HOME, country_code: null } });
    expect(seen(noCountry).request.delivery).toEqual({ kind: "ship", address: null });
  });

  test("to be collected where nobody knows is a problem in words, not a parcel", () => {
    const line = { ...PICKUP_LINE, code: "Fen Bremen", title: "Fen Bremen" };
    expect(read(shopifyOrder({ shipping_lines: [line] }))).toEqual({
      problem: expect.stringContaining("“Fen Bremen”"),
    });
  });

  test("is collected at the location that it names by id, or by a name in other letters", () => {
    const byId = shopifyOrder({ shipping_lines: [], location_id: 124656943 });
    expect(seen(byId).request.delivery).toEqual({ kind: "pickup", store: "BER1" });
    const byName = shopifyOrder({ shipping_lines: [{ ...PICKUP_LINE, code: "fen hamburg" }] });
    expect(seen(byName).request.delivery).toEqual({ kind: "pickup", store: "HAM1" });
  });

  test("sold at a till of Shopify's own to be sent is sent, and not collected where it was sold", () => {
    const sold = { source_name: "pos", location_id: 124656943 };
    expect(seen(shopifyOrder({ ...sold, ...TO_SHIP })).request.delivery).toMatchObject({
      kind: "ship",
      address: { city: "Berlin" },
    });
    const noLine = { ...sold, shipping_lines: [], shipping_address: ANNA_HOME };
    expect(seen(shopifyOrder(noLine)).request.delivery).toMatchObject({ kind: "ship" });
    const noAddress = { ...sold, shipping_lines: [shippingLine("4.90")] };
    expect(seen(shopifyOrder(noAddress)).request.delivery).toEqual({ kind: "ship", address: null });
    const removed = { ...sold, shipping_lines: [shippingLine("4.90", { is_removed: true })] };
    expect(seen(shopifyOrder(removed)).request.delivery).toEqual({ kind: "pickup", store: "BER1" });
  });

  test("to be collected where nobody knows is no pickup where it was sold either", () => {
    const line = { ...PICKUP_LINE, code: "Fen Bremen", title: "Fen Bremen" };
    expect(read(shopifyOrder({ shipping_lines: [line], location_id: 124656943 }))).toHaveProperty("problem");
  });

  test("has discounts in its lines to the cent, though they do not divide", () => {
    const order = shopifyOrder({
      total_price: "49.97",
      line_items: [
        shopifyLine({ id: 1, quantity: 1, discount_allocations: [allocation("3.34")] }),
        shopifyLine({ id: 2, quantity: 2, discount_allocations: [allocation("3.33"), allocation("3.33")] }),
      ],
    });
    expect(seen(order).request.lines.map((line) => line.total?.minor)).toEqual([1_665, 3_332]);
  });

  test("with tax on top has it in the total alone", () => {
    const order = shopifyOrder({ ...TO_SHIP, taxes_included: false, total_price: "43.53" });
    const { request } = seen(order);
    expect(request.lines[0]?.total).toEqual(eur(3_998));
    expect(request.total).toEqual(eur(4_353));
  });

  test("has its shipping after every discount", () => {
    const free = shippingLine("4.90", {
      discounted_price: "4.90",
      discount_allocations: [allocation("4.90")],
    });
    expect(seen(shopifyOrder({ ...TO_SHIP, shipping_lines: [free] })).request.shipping).toEqual(eur(0));
    const less = shippingLine("4.90", { discounted_price: "2.40", discounted_price_set: moneySet("2.40") });
    expect(seen(shopifyOrder({ ...TO_SHIP, shipping_lines: [less] })).request.shipping).toEqual(eur(240));
    const removed = shippingLine("4.90", { is_removed: true });
    expect(seen(shopifyOrder({ ...TO_SHIP, shipping_lines: [removed] })).request.shipping).toEqual(eur(0));
  });

  test("in yen has no decimals to lose", () => {
    const line = shopifyLine({ price: "1200", price_set: moneySet("1200", "JPY") });
    const order = shopifyOrder({
      currency: "JPY",
      line_items: [line],
      shipping_lines: [
        { ...PICKUP_LINE, price_set: moneySet("0", "JPY"), discounted_price_set: moneySet("0", "JPY") },
      ],
      total_price: "2400",
      total_price_set: moneySet("2400", "JPY"),
    });
    expect(seen(order).request.total).toEqual(money(2_400, idOf<"Currency">("JPY")));
  });

  test("of a customer who paid in dollars is in the shop's euros", () => {
    const order = shopifyOrder({
      presentment_currency: "USD",
      line_items: [shopifyLine({ price_set: moneySet("19.99", "EUR", ["22.50", "USD"]) })],
      total_price_set: moneySet("39.98", "EUR", ["45.00", "USD"]),
      refunds: [
        shopifyRefund({
          transactions: [{ id: 1, kind: "refund", status: "success", amount: "22.50", currency: "USD" }],
          order_adjustments: [{ id: 1, amount: "-1.00", amount_set: moneySet("-1.00"), tax_amount: "0.00" }],
        }),
      ],
    });
    expect(seen(order).request.total).toEqual(eur(3_998));
    expect(seen(order).refunded).toEqual(eur(2_099));
    expect(seen({ ...order, taxes_included: false }).refunded).toEqual(eur(2_418));
  });

  test("with products that have no SKU, and custom items, is raised and never lost", () => {
    const order = shopifyOrder({
      line_items: [
        shopifyLine({ id: 1, sku: null }),
        shopifyLine({ id: 2, sku: "  ", variant_id: null, product_id: null, name: "Hemming" }),
      ],
    });
    expect(seen(order).request.lines.map(({ sku }) => sku)).toEqual(["shopify-808950810", "shopify-line-2"]);
  });

  test("leaves gift cards and tips to Shopify, but not what they cost", () => {
    const order = shopifyOrder({
      total_price: "91.98",
      line_items: [
        shopifyLine(),
        shopifyLine({ id: 2, gift_card: true, sku: "GIFT-50", quantity: 1, price: "50.00" }),
        shopifyLine({
          id: 3,
          quantity: 1,
          price: "2.00",
          sku: null,
          tip: { payment_gateway: "shopify_payments" },
        }),
      ],
    });
    expect(seen(order).request.lines).toHaveLength(1);
    expect(seen(order).request.total).toEqual(eur(9_198));
    const cardsOnly = shopifyOrder({ line_items: [shopifyLine({ gift_card: true })] });
    expect(read(cardsOnly)).toMatchObject({ kind: "nothing" });
  });

  test("that was edited wants fewer pieces of what was placed", () => {
    const order = shopifyOrder({
      line_items: [shopifyLine({ current_quantity: 1, fulfillable_quantity: 1 }), shopifyLine({ id: 2 })],
    });
    expect(seen(order).stillWanted).toEqual([{ line: LINE, quantity: 1 }]);
    expect(seen(order).request.lines[0]?.quantity).toBe(2);
  });

  test("that was handed out is wanted whole still", () => {
    const order = shopifyOrder({
      fulfillment_status: "fulfilled",
      line_items: [shopifyLine({ fulfillable_quantity: 0 })],
    });
    expect(seen(order).stillWanted).toEqual([]);
  });

  test("of an API without current_quantity wants what its refunds left", () => {
    const order = shopifyOrder({
      refunds: [shopifyRefund()],
      line_items: [{ ...shopifyLine(), current_quantity: undefined }],
    });
    expect(seen(order).stillWanted).toEqual([{ line: LINE, quantity: 1 }]);
  });

  test("says what was refunded in all, but nothing for refunds that failed or moved no money", () => {
    const failed = [{ id: 1, kind: "refund", status: "failure", amount: "19.99", currency: "EUR" }];
    const order = shopifyOrder({
      financial_status: "partially_refunded",
      current_total_price: "19.99",
      refunds: [
        shopifyRefund(),
        shopifyRefund({ id: 2, transactions: failed }),
        shopifyRefund({ id: 3, transactions: [] }),
      ],
    });
    expect(seen(order).refunded).toEqual(eur(1_999));
    expect(seen(order).request.payment).toEqual({ kind: "paid", paid: eur(3_998) });
  });

  test("that is cancelled says why", () => {
    const cancelled_at = "2026-11-21T12:00:00+01:00";
    const order = shopifyOrder({ cancelled_at, cancel_reason: "inventory" });
    expect(seen(order).cancelled).toEqual({ reason: "Cancelled in Shopify: there was not enough stock" });
    expect(seen(shopifyOrder({ cancelled_at, cancel_reason: "other" })).cancelled).toEqual({
      reason: "Cancelled in Shopify",
    });
  });

  test("sold at a till of Shopify's own is no concern of ours", () => {
    expect(read(shopifyOrder({ source_name: "pos", fulfillment_status: "fulfilled" }))).toMatchObject({
      kind: "nothing",
    });
  });

  test.each([
    [null, "nothing"],
    ["partial", "part"],
    ["fulfilled", "all"],
    ["restocked", "nothing"],
  ])("that the shop has down as %s: %s of it is done", (fulfillment_status, fulfilledThere) => {
    expect(seen(shopifyOrder({ fulfillment_status }))).toMatchObject({ fulfilledThere });
  });

  test("with a fee for the pickup that is paid there has it in total and note, where the till's people see it", () => {
    const line = {
      ...PICKUP_LINE,
      price: "2.00",
      price_set: moneySet("2.00"),
      discounted_price: "2.00",
      discounted_price_set: moneySet("2.00"),
    };
    const { request } = seen(
      shopifyOrder({
        financial_status: "pending",
        payment_gateway_names: ["Cash on pickup"],
        shipping_lines: [line],
        total_price: "41.98",
        note: "Please call",
      }),
    );
    expect(request).toMatchObject({ shipping: eur(0), total: eur(4_198) });
    expect(request.note).toBe("€2.00 are to be paid for the pickup too. Please call");
  });

  test("of nobody is somebody's", () => {
    const order = shopifyOrder({ customer: null, billing_address: null, email: "", contact_email: null });
    expect(seen(order).request.customer).toEqual({ name: "?", email: null, phone: null });
  });

  test("with half a cent, or with more pieces than an order may have, is a problem in words", () => {
    expect(read(shopifyOrder({ line_items: [shopifyLine({ price: "19.995" })] }))).toEqual({
      problem:
        "The order cannot be read: line_items.0.price: 19.995 has more decimals than the currency (EUR).",
    });
    expect(read(shopifyOrder({ line_items: [shopifyLine({ quantity: 5_000 })] }))).toHaveProperty("problem");
    expect(read("nonsense")).toHaveProperty("problem");
  });
});

describe("what is still to be paid", () => {
  const unpaid = { financial_status: "pending", total_outstanding: "39.98" };

  test.each([
    ["authorized", "shopify_payments", {}, "authorised", 0, "toDo"],
    ["pending", "paypal", {}, "authorised", 0, "waiting"],
    ["pending", "Bank Deposit", {}, "authorised", 0, "waiting"],
    ["pending", "Vorkasse", {}, "authorised", 0, "waiting"],
    ["pending", "Cash on pickup", {}, "atPickup", 0, "toDo"],
    ["pending", "Zahlung bei Abholung", {}, "atPickup", 0, "toDo"],
    ["pending", "manual", {}, "atPickup", 0, "toDo"],
    ["pending", "Cash on Delivery (COD)", TO_SHIP, "authorised", 0, "toDo"],
    ["pending", "Cash on pickup", TO_SHIP, "authorised", 0, "waiting"],
    ["partially_paid", "Pay in store", { total_outstanding: "29.98" }, "atPickup", 1_000, "toDo"],
    ["partially_paid", "paypal", { total_outstanding: "29.98" }, "authorised", 1_000, "waiting"],
    ["voided", "shopify_payments", {}, "authorised", 0, "waiting"],
    ["expired", "shopify_payments", {}, "authorised", 0, "waiting"],
    [null, "shopify_payments", {}, "authorised", 0, "waiting"],
  ])("%s by %s %o is %s", (financial_status, gateway, changes, kind, paid, release) => {
    const order = shopifyOrder({ ...unpaid, payment_gateway_names: [gateway], ...changes, financial_status });
    expect(seen(order)).toMatchObject({ request: { payment: { kind, paid: eur(paid) } }, release });
  });
});

describe("what was paid", () => {
  const short = {
    current_total_price: "19.99",
    line_items: [shopifyLine({ current_quantity: 1 })],
    refunds: [shopifyRefund({ transactions: [] })],
  };
  /** What becomes of an order of two shirts, one of them given up, with the other paid (and nothing else), when the message is taken in. */
  const afterShort = (message: Record<string, unknown>, state: "paid" | "authorised") => {
    const { request, stillWanted, refunded: back, cancelled } = seen(shopifyOrder(message));
    const order = orderHere({
      payment: { state, total: eur(3_998), paid: eur(state === "paid" ? 1_999 : 0), refunded: eur(0) },
      givenUp: [{ line: idOf<"Line">(LINE), quantity: 1 }],
    });
    return editedByShop({
      order,
      edit: {
        contact: null,
        delivery: null,
        lines: request.lines,
        payment: { kind: request.payment.kind, paid: request.payment.paid! },
        stillWanted,
        refunded: back,
        cancelled,
      },
      context: { at: instant(1_795_000_000_000), by: { kind: "server" }, keepReadyMs: 0 },
    }).order.payment;
  };

  test("a piece that was short before the till took the rest, and that we marked as paid, gives nothing back", () => {
    const paid = { ...short, payment_gateway_names: ["Cash on pickup"] };
    expect(afterShort(paid, "paid")).toMatchObject({ paid: eur(1_999), refunded: eur(0), state: "paid" });
  });

  test("a piece that was short before the card was charged gives nothing back", () => {
    expect(afterShort(short, "authorised")).toMatchObject({
      paid: eur(1_999),
      refunded: eur(0),
      state: "paid",
    });
  });

  test("charged for less than it still costs is not paid in full", () => {
    const part = { financial_status: "partially_paid", total_outstanding: "9.98" };
    expect(seen(shopifyOrder(part)).request.payment.paid).toEqual(eur(3_000));
    expect(seen(shopifyOrder({ ...short, ...part })).request.payment.paid).toEqual(eur(1_001));
  });

  test("a refund that is still on its way is not yet money that had been taken", () => {
    const pending = [{ id: 1, kind: "refund", status: "pending", amount: "19.99", currency: "EUR" }];
    const order = shopifyOrder({ ...short, refunds: [shopifyRefund({ transactions: pending })] });
    // One shirt was charged, and the money of the other was never taken.
    expect(seen(order).request.payment.paid).toEqual(eur(1_999));
    expect(seen(order).refunded).toEqual(eur(1_999));
  });

  test("of an API without current_total_price is what is not outstanding", () => {
    const old = {
      ...shopifyOrder({ refunds: [shopifyRefund()], financial_status: "partially_refunded" }),
      current_total_price: undefined,
      current_total_price_set: undefined,
    };
    expect(seen(old).request.payment.paid).toEqual(eur(3_998));
    expect(seen({ ...old, total_outstanding: undefined }).request.payment.paid).toEqual(eur(3_998));
  });

  test("is never more than was taken, nor than was ordered, nor below zero, whatever was edited, charged and refunded", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 3_998 }),
        fc.nat(6_000),
        fc.nat(6_000),
        fc.constantFrom("paid", "partially_paid", "partially_refunded", "refunded"),
        (current, taken, back, financial_status) => {
          const text = (minor: number) => decimalText(eur(minor));
          const refund = Math.min(taken, back);
          const order = shopifyOrder({
            financial_status,
            current_total_price: text(current),
            total_outstanding: text(current - (taken - refund)),
            refunds: [
              shopifyRefund({
                transactions: [
                  { id: 1, kind: "refund", status: "success", amount: text(refund), currency: "EUR" },
                ],
              }),
            ],
          });
          expect(seen(order).request.payment.paid).toEqual(eur(Math.min(taken, 3_998)));
        },
      ),
    );
  });
});

describe("messages that do not carry the order", () => {
  test("a refund names its amount and its pieces", () => {
    expect(read(shopifyRefund(), "refunds/create")).toEqual({
      kind: "refund",
      externalId: "5678901234567",
      refund: { id: "929361462", amount: eur(1_999), lines: [{ line: LINE, quantity: 1 }] },
    });
  });

  test("a gesture takes no pieces off", () => {
    const gesture = shopifyRefund({
      refund_line_items: [],
      order_adjustments: [{ id: 1, amount: "-5.00", amount_set: moneySet("-5.00"), kind: "shipping_refund" }],
      transactions: [{ id: 1, kind: "refund", status: "success", amount: "5.00", currency: "EUR" }],
    });
    expect(read(gesture, "refunds/create")).toMatchObject({ refund: { amount: eur(500), lines: [] } });
  });

  test("a refund in the customer's own currency is left to the order, which tells it in the shop's", () => {
    const foreign = [{ id: 1, kind: "refund", status: "success", amount: "22.50", currency: "USD" }];
    expect(read(shopifyRefund({ transactions: foreign }), "refunds/create")).toMatchObject({
      kind: "nothing",
    });
  });

  test("a deleted order is cancelled, an edit tells nothing, and other topics are none of ours", () => {
    expect(read({ id: 5678901234567 }, "orders/delete")).toEqual({
      kind: "cancelled",
      externalId: "5678901234567",
      reason: "Deleted in Shopify",
      at: null,
    });
    expect(read({ order_edit: { id: 1, order_id: 2 } }, "orders/edited")).toMatchObject({ kind: "nothing" });
    expect(read({}, "products/update")).toMatchObject({ kind: "nothing" });
    expect(read({}, "refunds/create")).toHaveProperty("problem");
    expect(read({}, "orders/delete")).toHaveProperty("problem");
  });
});

describe("amounts", () => {
  const currency = fc.constantFrom(EUR, idOf<"Currency">("JPY"), idOf<"Currency">("KWD"));
  const line = fc.record({
    price: fc.nat(100_000),
    quantity: fc.integer({ min: 1, max: 9 }),
    share: fc.array(fc.nat(30), { maxLength: 3 }),
  });

  test("lines and shipping, with the tax that comes on top, are the total, whatever was sold", () => {
    fc.assert(
      fc.property(
        currency,
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.nat(2_000),
        fc.nat(5_000),
        fc.boolean(),
        (of: Currency, lines, shipping, tax, taxes_included) => {
          const text = (minor: number) => decimalText(money(minor, of));
          const discounts = lines.map(({ price, quantity, share }) =>
            share.map((percent) => Math.floor((price * quantity * percent) / 100)),
          );
          const goods = lines.reduce(
            (sum, { price, quantity }, index) =>
              sum + price * quantity - discounts[index]!.reduce((all, each) => all + each, 0),
            0,
          );
          const total = text(goods + shipping + (taxes_included ? 0 : tax));
          const { request } = seen(
            shopifyOrder({
              currency: of,
              taxes_included,
              total_price: total,
              total_price_set: moneySet(total, of),
              shipping_address: ANNA_HOME,
              shipping_lines: [
                shippingLine(text(shipping), {
                  price_set: moneySet(text(shipping), of),
                  discounted_price_set: moneySet(text(shipping), of),
                }),
              ],
              line_items: lines.map(({ price, quantity }, index) =>
                shopifyLine({
                  id: index + 1,
                  quantity,
                  price: text(price),
                  price_set: moneySet(text(price), of),
                  discount_allocations: discounts[index]!.map((each) => allocation(text(each), of)),
                }),
              ),
            }),
          );
          const parts = sumMoney([...request.lines.map((each) => each.total!), request.shipping!], of);
          expect(parts.minor + (taxes_included ? 0 : tax)).toBe(request.total!.minor);
        },
      ),
    );
  });
});
