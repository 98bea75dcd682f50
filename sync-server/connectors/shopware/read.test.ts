import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sumMoney } from "#domain/money/arithmetic.ts";
import { money } from "#domain/money/money.ts";
import { shopOrderRequestSchema } from "#protocol/shop/order.ts";
import type { Reading, SeenOrder, Unreadable } from "../port.ts";
import {
  ADDRESS,
  CUSHION_LINE,
  connector,
  delivery,
  EUR,
  eur,
  hex,
  item,
  JPY,
  LAMP_LINE,
  ORDER_ID,
  orderPayload,
  promotion,
  transaction,
  webhookBody,
} from "./payloads-for-tests.ts";
import { readWebhook } from "./read.ts";

function read(payload: unknown, event = "checkout.order.placed"): Reading | Unreadable {
  const body: unknown = JSON.parse(JSON.stringify(webhookBody(payload, { event })));
  return readWebhook({ delivery: "d", topic: event, body }, connector);
}

function seen(change: Record<string, unknown> = {}, event?: string): SeenOrder {
  const reading = read({ order: orderPayload(change) }, event);
  if (!("kind" in reading) || reading.kind !== "order") throw new Error(JSON.stringify(reading));
  // The inbox takes in only what is an order of the shop protocol.
  shopOrderRequestSchema.parse(reading.order.request);
  return reading.order;
}

const COLLECT = { deliveries: [delivery("shipping_collect_berlin")], shippingTotal: 0, amountTotal: 64.98 };

function totals({ request }: SeenOrder): readonly number[] {
  return request.lines.map(({ total }) => total?.minor ?? Number.NaN);
}

describe("an order that was placed", () => {
  test("is read whole", () => {
    expect(seen()).toEqual({
      request: {
        channel: "web",
        id: ORDER_ID,
        number: "10042",
        currency: "EUR",
        customer: { name: "Ada Brandt", email: "ada@example.org", phone: "+49 30 1234" },
        lines: [
          {
            id: LAMP_LINE,
            sku: "ART-1",
            name: "Article 1",
            quantity: 1,
            unitPrice: eur(2_499),
            total: eur(2_499),
          },
          // 19.995 a piece cannot be paid: the dearer of the two pieces is named.
          {
            id: CUSHION_LINE,
            sku: "ART-2",
            name: "Article 2",
            quantity: 2,
            unitPrice: eur(2_000),
            total: eur(3_999),
          },
        ],
        shipping: eur(499),
        total: eur(6_997),
        payment: { kind: "paid", paid: eur(6_997) },
        delivery: {
          kind: "ship",
          address: {
            name: "Ada Brandt",
            lines: ["Lindenweg 4", "Hinterhaus"],
            postcode: "10115",
            city: "Berlin",
            country: "DE",
          },
        },
        maySplit: true,
        note: "Bitte klingeln",
      },
      updatedAt: Date.parse("2026-11-20T10:15:30Z"),
      stillWanted: [
        { line: LAMP_LINE, quantity: 1 },
        { line: CUSHION_LINE, quantity: 2 },
      ],
      refunded: eur(0),
      cancelled: null,
      release: "toDo",
      fulfilledThere: "nothing",
    });
  });

  test("says how much of it the shop has sent", () => {
    const sent = (technicalName: string) =>
      seen({ deliveries: [{ ...delivery("standard"), stateMachineState: { technicalName } }] })
        .fulfilledThere;
    expect(sent("open")).toBe("nothing");
    expect(sent("shipped_partially")).toBe("part");
    expect(sent("shipped")).toBe("all");
    expect(seen({ stateMachineState: { technicalName: "completed" } }).fulfilledThere).toBe("all");
  });

  test("is to be collected where HQ mapped its shipping method to a store, by name or by id", () => {
    expect(seen(COLLECT).request.delivery).toEqual({ kind: "pickup", store: "BER1" });
    const locations = { [hex(801)]: "HAM1" };
    const reading = readWebhook(
      { delivery: "d", topic: "checkout.order.placed", body: webhookBody({ order: orderPayload() }) },
      { ...connector, locations },
    );
    expect(reading).toMatchObject({ order: { request: { delivery: { kind: "pickup", store: "HAM1" } } } });
  });

  test("without an address, a street or a country is taken without one", () => {
    for (const address of [null, { ...ADDRESS, street: " " }, { ...ADDRESS, country: null }]) {
      const { request } = seen({ deliveries: [delivery("shipping_standard", address)] });
      expect(request.delivery).toEqual({ kind: "ship", address: null });
    }
    expect(seen({ deliveries: [] }).request.delivery).toEqual({ kind: "ship", address: null });
  });

  test("keeps a state of the country, where an address has one", () => {
    const address = {
      ...ADDRESS,
      city: "Albany",
      country: { iso: "US" },
      countryState: { shortCode: "US-NY" },
    };
    const { delivery: wish } = seen({ deliveries: [delivery("shipping_standard", address)] }).request;
    expect(wish).toMatchObject({ address: { city: "Albany, NY", country: "US" } });
  });

  test("loses no line that has no product number", () => {
    const lineItems = [
      item({ line: 1, price: 60, type: "custom", payload: [] }),
      item({ line: 2, price: 4.98, type: "product", payload: { productNumber: "" } }),
    ];
    const skus = seen({ lineItems }).request.lines.map(({ sku }) => sku);
    expect(skus).toEqual([`shopware-${hex(1)}`, `shopware-${hex(2)}`]);
  });

  test("counts what is in a container once", () => {
    const lineItems = [
      item({ line: 5, price: 64.98, type: "container" }),
      item({ line: 1, price: 60, parentId: hex(5) }),
      item({ line: 2, price: 4.98, parentId: hex(5) }),
    ];
    expect(totals(seen({ lineItems }))).toEqual([6_000, 498]);
  });

  test("takes no free gift's promotion for goods", () => {
    const lineItems = [item({ price: 64.98 }), promotion({ off: 0 })];
    expect(seen({ lineItems }).request.lines).toHaveLength(1);
  });

  test("of a net order has its lines net and its tax in the total", () => {
    const price = {
      netPrice: 100,
      rawTotal: 119,
      totalPrice: 119,
      taxStatus: "net",
      calculatedTaxes: [{ tax: 19, taxRate: 19, price: 100 }],
    };
    const order = seen({ price, amountTotal: 119, shippingTotal: 0, lineItems: [item({ price: 100 })] });
    expect(totals(order)).toEqual([10_000]);
    expect(order.request.total).toEqual(eur(11_900));
  });

  test("in a currency without decimals is read in whole units", () => {
    const order = seen({
      currency: { isoCode: "JPY" },
      price: { taxStatus: "gross", rawTotal: 3960, totalPrice: 3960 },
      amountTotal: 3960,
      shippingTotal: 0,
      lineItems: [item({ quantity: 2, price: 1980 })],
      transactions: [transaction("paid", { amount: { totalPrice: 3960 } })],
    });
    expect(order.request).toMatchObject({ total: money(3_960, JPY), payment: { paid: money(3_960, JPY) } });
  });

  test("of francs rounded to five cents takes what was rounded off from the lines", () => {
    const order = seen({
      currency: { isoCode: "CHF" },
      price: { taxStatus: "gross", rawTotal: 24.92, totalPrice: 24.9 },
      amountTotal: 24.9,
      shippingTotal: 4.93,
      lineItems: [item({ price: 19.99 })],
    });
    expect(totals(order)).toEqual([1_997]);
  });

  test("is unreadable where an amount has more decimals than can be paid, and says where", () => {
    expect(read({ order: orderPayload({ amountTotal: 69.975 }) })).toEqual({
      problem: expect.stringContaining("amountTotal: 69.975 has more decimals than the currency"),
    });
  });
});

describe("promotions", () => {
  const three = [1, 2, 3].map((line) => item({ line, price: 9.99 }));

  test("whose cents do not divide are shared by largest remainder", () => {
    const order = seen({
      lineItems: [...three, promotion({ off: 10 })],
      amountTotal: 19.97,
      shippingTotal: 0,
    });
    expect(totals(order)).toEqual([665, 666, 666]);
    expect(order.request.lines.map(({ unitPrice }) => unitPrice.minor)).toEqual([999, 999, 999]);
  });

  test("come off the lines that they were for", () => {
    const payload = { composition: [{ id: "cart-2", quantity: 1, discount: 5 }] };
    const order = seen({
      lineItems: [...three, promotion({ off: 5, payload })],
      amountTotal: 24.97,
      shippingTotal: 0,
    });
    expect(totals(order)).toEqual([999, 499, 999]);
  });

  test("for more than their lines still cost are shared over all", () => {
    const payload = { composition: [{ id: "cart-2", quantity: 1, discount: 12 }] };
    const order = seen({
      lineItems: [...three, promotion({ off: 12, payload })],
      amountTotal: 17.97,
      shippingTotal: 0,
    });
    expect(totals(order)).toEqual([599, 599, 599]);
  });

  test("for more than the goods come off shipping, and beyond it the order cannot be read", () => {
    const lineItems = [item({ price: 10 }), { ...promotion({ off: 12 }), type: "credit" }];
    const order = seen({ lineItems, amountTotal: 2.99 });
    expect([totals(order), order.request.shipping]).toEqual([[0], eur(299)]);
    expect(read({ order: orderPayload({ lineItems, shippingTotal: 1, amountTotal: 0 }) })).toHaveProperty(
      "problem",
    );
  });

  test("leave parts that add up to the total, whatever was bought", () => {
    const cents = fc.integer({ min: 0, max: 500_000 });
    const goods = fc.array(fc.tuple(cents, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 12 });
    const discounts = fc.array(fc.tuple(fc.double({ min: 0, max: 0.4, noNaN: true }), fc.nat(11)), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(goods, discounts, cents, (bought, taken, shipping) => {
        const lineItems = bought.map(([unit, quantity], index) =>
          item({ line: index + 1, quantity, price: unit / 100, totalPrice: (unit * quantity) / 100 }),
        );
        const worth = bought.reduce((sum, [unit, quantity]) => sum + unit * quantity, 0);
        const offs = taken.map(([part]) => Math.floor(worth * part * 0.8));
        const promotions = offs.map((off, index) => {
          const composition = [{ id: `cart-${taken[index]![1] + 1}`, quantity: 1, discount: off / 100 }];
          return promotion({ off: off / 100, id: hex(900 + index), payload: { composition } });
        });
        const total = worth - offs.reduce((sum, off) => sum + off, 0) + shipping;
        const price = { taxStatus: "gross", rawTotal: total / 100, totalPrice: total / 100 };
        const order = seen({
          lineItems: [...lineItems, ...promotions],
          price,
          amountTotal: total / 100,
          shippingTotal: shipping / 100,
        });
        const parts = order.request.lines.map((line) => line.total!);
        expect(sumMoney([...parts, order.request.shipping!], EUR)).toEqual(eur(total));
        expect(parts.every(({ minor }) => minor >= 0)).toBe(true);
      }),
    );
  });
});

describe("what changed", () => {
  test("is as new as the newest of its parts", () => {
    const transactions = [transaction("paid", { updatedAt: "2026-11-21T08:00:00.000+00:00" })];
    expect(seen({ transactions }).updatedAt).toBe(Date.parse("2026-11-21T08:00:00Z"));
  });

  test("of a line's pieces is said even though the shop changes them in place", () => {
    const lineItems = [item({ line: 2, quantity: 1, price: 19.99 })];
    expect(seen({ lineItems }).stillWanted).toEqual([{ line: CUSHION_LINE, quantity: 1 }]);
  });

  test("by cancelling is said", () => {
    const order = seen(
      { stateMachineState: { technicalName: "cancelled" } },
      "state_enter.order.state.cancelled",
    );
    expect(order.cancelled).toEqual({ reason: "Cancelled in the shop" });
  });
});

describe("a message without an order", () => {
  test("is nothing where it names ids only", () => {
    const written = [
      { entity: "order", operation: "update", primaryKey: ORDER_ID, updatedFields: ["stateId"] },
    ];
    expect(read(written, "order.written")).toEqual({
      kind: "nothing",
      why: expect.stringContaining("order.written"),
    });
  });

  test("is unreadable where the order was to be in it", () => {
    expect(read({}, "checkout.order.placed")).toHaveProperty("problem");
    expect(
      read({ order: orderPayload({ currency: null }) }, "state_enter.order.state.cancelled"),
    ).toHaveProperty("problem");
  });
});
