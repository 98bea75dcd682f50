import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { sumMoney } from "#domain/money/arithmetic.ts";
import { decimalText } from "#domain/money/format.ts";
import { money } from "#domain/money/money.ts";
import type { SeenOrder } from "../port.ts";
import { ANNA, flatRate, PICKUP, TORF, wooLine, wooOrder } from "./fixtures.ts";
import { readWooCommerce } from "./read.ts";

const EUR = idOf<"Currency">("EUR");
const eur = (minor: number) => money(minor, EUR);
const TO_SHIP = { shipping_lines: [flatRate("0.00")] };

function read(body: unknown, topic = "order.updated") {
  return readWooCommerce({ delivery: "d", topic, body: JSON.parse(JSON.stringify(body)) }, TORF);
}

function seen(body: unknown, topic?: string): SeenOrder {
  const reading = read(body, topic);
  if ("problem" in reading || reading.kind !== "order") throw new Error(JSON.stringify(reading));
  return reading.order;
}

describe("an order of WooCommerce", () => {
  test.each(["order.created", "order.updated", "order.restored"])("comes whole with %s", (topic) => {
    expect(seen(wooOrder(), topic)).toEqual({
      request: {
        channel: "torf",
        id: "727",
        number: "727",
        currency: "EUR",
        customer: { name: "Anna Ahrens", email: "anna@example.com", phone: "+49 30 000000" },
        lines: [
          {
            id: "315",
            sku: "PEAT-20",
            name: "Peat, 20 l",
            quantity: 2,
            unitPrice: eur(1_000),
            total: eur(2_000),
          },
        ],
        shipping: eur(0),
        total: eur(2_000),
        payment: { kind: "paid", paid: eur(2_000) },
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
  });

  test("with tax on top has it in the total alone", () => {
    const { request } = seen(wooOrder({ prices_include_tax: false }));
    expect(request.lines[0]).toMatchObject({ unitPrice: eur(841), total: eur(1_681) });
    expect(request.total).toEqual(eur(2_000));
  });

  test("has coupons in its lines, and its price per piece before them", () => {
    const line = wooLine({ total: "12.60", total_tax: "2.40" });
    const { request } = seen(wooOrder({ line_items: [line], total: "15.00", total_tax: "2.40" }));
    expect(request.lines[0]).toMatchObject({ unitPrice: eur(1_000), total: eur(1_500) });
  });

  test("shares a fee below zero over its lines to the cent", () => {
    const lines = [1, 2, 3].map((id) => wooLine({ id, quantity: 1, total: "5.00", total_tax: "0.00" }));
    const off = { id: 9, name: "Voucher", total: "-1.00", total_tax: "0.00" };
    const { request } = seen(
      wooOrder({ line_items: lines, fee_lines: [off], total: "14.00", total_tax: "0.00" }),
    );
    expect(request.lines.map((line) => line.total?.minor)).toEqual([466, 467, 467]);
  });

  test("that a voucher covers, shipping and all, costs nothing", () => {
    const off = { id: 9, name: "Voucher", total: "-24.90", total_tax: "0.00" };
    const { request } = seen(
      wooOrder({ shipping_lines: [flatRate("4.90")], fee_lines: [off], total: "0.00", total_tax: "0.00" }),
    );
    expect(request.lines[0]?.total).toEqual(eur(0));
    expect(request.shipping).toEqual(eur(0));
  });

  test("has fees with the shipping: nobody picks them", () => {
    const wrap = { id: 9, name: "Gift wrap", total: "1.68", total_tax: "0.32" };
    const { request } = seen(
      wooOrder({ shipping_lines: [flatRate("4.12", "0.78")], fee_lines: [wrap], total: "26.90" }),
    );
    expect(request.shipping).toEqual(eur(690));
    expect(request.lines).toHaveLength(1);
  });

  test("settles the cent that WooCommerce's rounding is off, and leaves alone what is no rounding", () => {
    const rounded = seen(wooOrder({ total: "19.99" })).request;
    expect(rounded.lines[0]?.total).toEqual(eur(1_999));
    const free = wooLine({ subtotal: "0.00", subtotal_tax: "0.00", total: "0.00", total_tax: "0.00" });
    const shipped = wooOrder({
      line_items: [free],
      shipping_lines: [flatRate("5.00")],
      total: "4.99",
      total_tax: "0.00",
    });
    expect(seen(shipped).request).toMatchObject({ lines: [{ total: eur(0) }], shipping: eur(500) });
    const strange = seen(wooOrder({ total: "27.00" })).request;
    expect(strange).toMatchObject({ lines: [{ total: eur(2_000) }], total: eur(2_700) });
  });

  test("in yen has no decimals to lose", () => {
    const line = wooLine({ subtotal: "1000", subtotal_tax: "100", total: "1000", total_tax: "100" });
    const order = wooOrder({ currency: "JPY", line_items: [line], total: "1100.00", total_tax: "100" });
    expect(seen(order).request.total).toEqual(money(1_100, idOf<"Currency">("JPY")));
  });

  test("to be sent goes to the shipping address, or else to the billing address", () => {
    const address = {
      name: "Anna Ahrens",
      lines: ["Beispielallee 3"],
      postcode: "10115",
      city: "Berlin",
      country: "DE",
    };
    expect(seen(wooOrder(TO_SHIP)).request.delivery).toEqual({ kind: "ship", address });
    const other = { ...ANNA, country: "de", first_name: "Bo", address_1: "Weg 1", company: "Torf AG" };
    expect(seen(wooOrder({ ...TO_SHIP, shipping: other })).request.delivery).toEqual({
      kind: "ship",
      address: { ...address, name: "Bo Ahrens", lines: ["Torf AG", "Weg 1"] },
    });
  });

  test("without any address is taken all the same", () => {
    const order = wooOrder({ ...TO_SHIP, billing: {}, shipping: {} });
    expect(seen(order).request).toMatchObject({
      delivery: { kind: "ship", address: null },
      customer: { name: "?" },
    });
  });

  test("is collected where the pickup location's name says, however it was chosen", () => {
    const blocks = {
      ...PICKUP,
      method_id: "pickup_location",
      instance_id: "0",
      meta_data: [
        { id: 1, key: "pickup_location", value: "Torf Hamburg" },
        { id: 2, key: "pickup_address", value: "Weg 1, Hamburg" },
      ],
    };
    expect(seen(wooOrder({ shipping_lines: [blocks] })).request.delivery).toEqual({
      kind: "pickup",
      store: "HAM1",
    });
    const unknown = { ...blocks, meta_data: [{ id: 1, key: "pickup_location", value: "Torf Bremen" }] };
    expect(read(wooOrder({ shipping_lines: [unknown] }))).toEqual({
      problem: expect.stringContaining("“Torf Bremen” (pickup_location:0)"),
    });
  });

  test("of products without a SKU, or deleted ones, is raised and never lost", () => {
    const lines = [
      wooLine({ id: 1, sku: "" }),
      wooLine({ id: 2, sku: null, variation_id: 94 }),
      wooLine({ id: 3, sku: "", product_id: 0 }),
    ];
    expect(seen(wooOrder({ line_items: lines, total: "60.00" })).request.lines.map(({ sku }) => sku)).toEqual(
      ["woocommerce-93", "woocommerce-94", "woocommerce-line-3"],
    );
  });

  test("says what was refunded in all", () => {
    const refunds = [
      { id: 801, reason: "", total: "-5.00" },
      { id: 802, reason: "damaged", total: "-2.50" },
    ];
    expect(seen(wooOrder({ refunds })).refunded).toEqual(eur(750));
  });

  test.each([
    ["cancelled", "Cancelled in WooCommerce"],
    ["refunded", "Refunded in WooCommerce"],
    ["trash", "Deleted in WooCommerce"],
  ])("that is %s says so", (status, reason) => {
    expect(seen(wooOrder({ status })).cancelled).toEqual({ reason });
  });

  test("that is a basket, or has nothing in it, is no concern of ours", () => {
    expect(read(wooOrder({ status: "checkout-draft" }))).toMatchObject({ kind: "nothing" });
    expect(read(wooOrder({ line_items: [wooLine({ quantity: 0 })] }))).toMatchObject({ kind: "nothing" });
  });

  test("that the shop has completed is fulfilled there", () => {
    expect(read(wooOrder({ status: "completed" }))).toMatchObject({ order: { fulfilledThere: "all" } });
  });

  test("that cannot be read is a problem in words", () => {
    expect(read(wooOrder({ total: "20.005" }))).toEqual({
      problem: "The order cannot be read: total: 20.005 has more decimals than the currency (EUR).",
    });
    expect(read({ ...wooOrder({}), currency: undefined })).toEqual({
      problem: "The order cannot be read: currency: missing, or of another type than string.",
    });
    expect(read(wooOrder({ date_modified_gmt: null, date_created_gmt: null }))).toHaveProperty("problem");
    expect(read([])).toHaveProperty("problem");
  });
});

describe("what is still to be paid", () => {
  const unpaid = { date_paid_gmt: null };

  test.each([
    ["pending", "stripe", {}, "authorised", "waiting"],
    ["failed", "stripe", {}, "authorised", "waiting"],
    ["failed", "cod", {}, "authorised", "waiting"],
    ["on-hold", "bacs", {}, "authorised", "waiting"],
    ["processing", "cod", {}, "atPickup", "toDo"],
    ["on-hold", "cod", {}, "atPickup", "toDo"],
    ["on-hold", "pay_in_store", {}, "atPickup", "toDo"],
    ["processing", "cod", TO_SHIP, "authorised", "toDo"],
    ["processing", "bacs", {}, "authorised", "toDo"],
    ["packing", "stripe", {}, "authorised", "toDo"],
    ["cancelled", "stripe", {}, "authorised", "toDo"],
  ])("%s by %s %o is %s", (status, payment_method, changes, kind, release) => {
    const order = wooOrder({ ...unpaid, status, payment_method, payment_method_title: "", ...changes });
    expect(seen(order)).toMatchObject({ request: { payment: { kind, paid: eur(0) } }, release });
  });

  test.each(["pending", "failed"])("%s again after it was paid waits again", (status) => {
    expect(seen(wooOrder({ status })).release).toBe("waiting");
  });

  test.each([
    ["bacs", "", {}],
    ["stripe_cashapp", "pi_made_up", { payment_method_title: "Cash App Pay" }],
    ["cod", "", TO_SHIP],
    // Of a plugin whose till is a gateway of its own.
    ["pay_in_store", "pi_made_up", {}],
  ])("paid by %s (%s) is paid", (payment_method, transaction_id, changes) => {
    const order = wooOrder({ payment_method, transaction_id, payment_method_title: "", ...changes });
    expect(seen(order).request.payment).toEqual({ kind: "paid", paid: eur(2_000) });
  });

  test.each([
    ["completed", "cod"],
    ["processing", "pay_in_store"],
    ["refunded", "cod"],
  ])(
    "%s by %s counts as paid to WooCommerce, but only the till knows what it took",
    (status, payment_method) => {
      const order = wooOrder({ status, payment_method, transaction_id: "", payment_method_title: "" });
      expect(seen(order)).toMatchObject({
        request: { payment: { kind: "atPickup", paid: eur(0) } },
        release: "toDo",
      });
    },
  );
});

describe("other messages", () => {
  test("a deleted order is cancelled, and the rest is nothing", () => {
    expect(read({ id: 727 }, "order.deleted")).toEqual({
      kind: "cancelled",
      externalId: "727",
      reason: "Deleted in WooCommerce",
      at: null,
    });
    expect(read(null, "ping")).toMatchObject({ kind: "nothing" });
    expect(read({}, "product.updated")).toMatchObject({ kind: "nothing" });
    expect(read({}, "order.deleted")).toHaveProperty("problem");
  });
});

describe("amounts", () => {
  /** As WooCommerce does: each amount and each tax rounded for itself, the order's total rounded once. */
  const line = fc.record({
    gross: fc.integer({ min: 0, max: 100_000 }),
    quantity: fc.integer({ min: 1, max: 9 }),
    percentOff: fc.nat(100),
    rate: fc.constantFrom(0, 7, 19),
  });

  test("lines and shipping, with the tax that comes on top, are the total, however it was rounded", () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 8 }),
        fc.nat(2_000),
        fc.nat(3_000),
        fc.boolean(),
        (lines, shipping, voucher, prices_include_tax) => {
          const text = (minor: number) => decimalText(eur(Math.round(minor)));
          const parts = lines.map(({ gross, percentOff, rate }) => {
            const after = (gross * (100 - percentOff)) / 100;
            const net = (of: number) => of / (1 + rate / 100);
            return {
              subtotal: net(gross),
              subtotal_tax: gross - net(gross),
              total: net(after),
              total_tax: after - net(after),
            };
          });
          const goods = parts.reduce((sum, { total, total_tax }) => sum + total + total_tax, 0);
          const off = Math.min(voucher, Math.floor(goods));
          const tax = Math.round(parts.reduce((sum, { total_tax }) => sum + total_tax, 0));
          const { request } = seen(
            wooOrder({
              prices_include_tax,
              total: text(goods + shipping - off),
              total_tax: text(tax),
              shipping_lines: [flatRate(text(shipping))],
              fee_lines: off === 0 ? [] : [{ id: 9, total: text(-off), total_tax: "0.00" }],
              line_items: parts.map((part, index) => {
                const texts = Object.entries(part).map(([name, value]) => [name, text(value)]);
                return wooLine({
                  id: index + 1,
                  quantity: lines[index]!.quantity,
                  ...Object.fromEntries(texts),
                });
              }),
            }),
          );
          const all = sumMoney([...request.lines.map((each) => each.total!), request.shipping!], EUR);
          // On top, a voucher may be more than the goods cost without their tax: then it is left alone, and seen in the total.
          fc.pre(prices_include_tax || off <= goods - tax - lines.length);
          expect(all.minor + (prices_include_tax ? 0 : tax)).toBe(request.total!.minor);
          expect(request.lines.every((each) => each.total!.minor >= 0)).toBe(true);
        },
      ),
    );
  });
});
