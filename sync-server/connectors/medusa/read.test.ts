import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sumMoney } from "#domain/money/arithmetic.ts";
import { money } from "#domain/money/money.ts";
import { shopOrderRequestSchema } from "#protocol/shop/order.ts";
import type { Reading, SeenOrder, Unreadable } from "../port.ts";
import {
  ADDRESS,
  adjustment,
  CUSHION_LINE,
  connector,
  EUR,
  eur,
  item,
  JPY,
  LAMP_LINE,
  ORDER_ID,
  orderPayload,
  paymentCollection,
  shippingMethod,
  summary,
} from "./payloads-for-tests.ts";
import { readWebhook } from "./read.ts";

function read(data: unknown, topic = "order.placed"): Reading | Unreadable {
  const body: unknown = JSON.parse(JSON.stringify({ name: topic, data }));
  return readWebhook({ delivery: "d", topic, body }, connector);
}

function seen(change: Record<string, unknown> = {}, topic?: string): SeenOrder {
  const reading = read({ order: orderPayload(change) }, topic);
  if (!("kind" in reading) || reading.kind !== "order") throw new Error(JSON.stringify(reading));
  // The inbox takes in only what is an order of the shop protocol.
  shopOrderRequestSchema.parse(reading.order.request);
  return reading.order;
}

function totals({ request }: SeenOrder): readonly number[] {
  return request.lines.map(({ total }) => total?.minor ?? Number.NaN);
}

const COLLECT = { shipping_methods: [shippingMethod(0, { shipping_option_id: "so_collect_berlin" })] };
const BY_HAND = { payment_collections: [{ payments: [{ provider_id: "pp_system_default" }] }] };

describe("an order", () => {
  test("is read whole", () => {
    expect(seen()).toEqual({
      request: {
        channel: "web",
        id: ORDER_ID,
        number: "42",
        currency: "EUR",
        customer: { name: "Ada Brandt", email: "ada@example.org", phone: "+49 30 1234" },
        lines: [
          {
            id: LAMP_LINE,
            sku: "SKU-LAMP",
            name: "Lamp",
            quantity: 1,
            unitPrice: eur(2_499),
            total: eur(2_499),
          },
          {
            id: CUSHION_LINE,
            sku: "CUSHION",
            name: "Cushion",
            quantity: 2,
            unitPrice: eur(2_000),
            total: eur(4_000),
          },
        ],
        shipping: eur(500),
        total: eur(6_999),
        payment: { kind: "paid", paid: eur(6_999) },
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
        note: "",
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

  test("is to be collected by an option that HQ mapped, or by a stock location's own pickup", () => {
    expect(seen(COLLECT).request.delivery).toEqual({ kind: "pickup", store: "BER1" });
    const own = (id: string) => {
      const fulfillment_set = { type: "pickup", location: { id } };
      return {
        shipping_methods: [shippingMethod(0, { shipping_option: { service_zone: { fulfillment_set } } })],
      };
    };
    expect(seen(own("sloc_berlin")).request.delivery).toEqual({ kind: "pickup", store: "BER1" });
    expect(read({ order: orderPayload(own("sloc_other")) })).toEqual({
      problem: expect.stringContaining("collected at sloc_other, which stands for no store"),
    });
  });

  test("says how much of it the shop has fulfilled", () => {
    const done = (...quantities: readonly (number | null)[]) =>
      seen({
        items: quantities.map((fulfilled_quantity, index) =>
          item({ id: `ordli_${index}`, quantity: 2, price: 5, detail: { fulfilled_quantity } }),
        ),
      }).fulfilledThere;
    expect(done(null, 0)).toBe("nothing");
    expect(done(2, 0)).toBe("part");
    expect(done(1, 2)).toBe("part");
    expect(done(2, 2)).toBe("all");
  });

  test("without an address, a street or a country is taken without one", () => {
    for (const shipping_address of [null, { ...ADDRESS, address_1: null }, { ...ADDRESS, country_code: "" }])
      expect(seen({ shipping_address }).request.delivery).toEqual({ kind: "ship", address: null });
    expect(seen({ shipping_address: null }).request.customer.name).toBe("ada@example.org");
  });

  test("keeps a state of the country, where an address has one", () => {
    const shipping_address = { ...ADDRESS, city: "Albany", province: "us-ny", country_code: "us" };
    expect(seen({ shipping_address }).request.delivery).toMatchObject({
      address: { city: "Albany, NY", country: "US" },
    });
  });

  test("loses no line that has no SKU", () => {
    const items = [item({ price: 64.99, variant_sku: null, variant: { sku: " " } })];
    expect(seen({ items }).request.lines[0]?.sku).toBe(`medusa-${LAMP_LINE}`);
  });

  test("in a currency without decimals is read in whole units", () => {
    const items = [item({ price: 1980, quantity: 2 })];
    const order = seen({ currency_code: "jpy", items, shipping_methods: [], summary: summary(3960) });
    expect(order.request).toMatchObject({ total: money(3_960, JPY), payment: { paid: money(3_960, JPY) } });
  });

  test("whose prices are without tax has its lines without it, and the tax in the total", () => {
    const tax_lines = [{ rate: 8 }, { rate: 0.875 }];
    const items = [
      item({
        price: 19.99,
        quantity: 3,
        is_tax_inclusive: false,
        tax_lines,
        adjustments: [adjustment(5, false)],
      }),
    ];
    const order = seen({ items, shipping_methods: [] });
    // 54.97 and 8.875 % of it, which is 4.8785875.
    expect([totals(order), order.request.total]).toEqual([[5_497], eur(5_985)]);
  });

  test("is unreadable where something is missing or no decimal, and says where", () => {
    const { summary: _, ...rest } = orderPayload();
    expect(read({ order: rest })).toEqual({ problem: expect.stringContaining("summary") });
    const { payment_collections: __, ...unasked } = orderPayload();
    expect(read({ order: unasked })).toEqual({
      problem: expect.stringContaining("payment_collections: the subscriber has to send them"),
    });
    expect(read({ order: { ...unasked, payment_status: "captured" } })).toMatchObject({ kind: "order" });
    const items = [item({ price: 1, raw_unit_price: { value: "1,00" } })];
    expect(read({ order: orderPayload({ items }) })).toEqual({
      problem: expect.stringContaining("items.0.raw_unit_price.value: 1,00 is no decimal number"),
    });
  });
});

describe("discounts", () => {
  test("of parts of a cent are rounded together, so that none is lost", () => {
    const third = "3.33333333333333333333";
    const items = ["a", "b", "c"].map((id) => item({ id, price: 9.99, adjustments: [adjustment(third)] }));
    const order = seen({ items, shipping_methods: [] });
    expect(totals(order)).toEqual([666, 666, 665]);
    expect(order.request.total).toEqual(eur(1_997));
  });

  test("without tax are more off a price with tax in it, and the other way round", () => {
    const off = (isIncluded: boolean, amount: number, isNet: boolean) =>
      seen({
        items: [
          item({ price: 119, is_tax_inclusive: isIncluded, adjustments: [adjustment(amount, !isNet)] }),
        ],
        shipping_methods: [],
      });
    expect(totals(off(true, 10, true))).toEqual([10_710]);
    expect(totals(off(true, 10, false))).toEqual([10_900]);
    expect(totals(off(false, 11.9, false))).toEqual([10_900]);
  });

  test("and prices are read from their exact values, where a number cannot say them", () => {
    const exact = { value: "90071992547409.91", precision: 20 };
    const price = item({ price: 90071992547409.9, raw_unit_price: exact, adjustments: [] });
    expect(totals(seen({ items: [price], shipping_methods: [] }))).toEqual([9_007_199_254_740_991]);
    const off = item({
      price: 90071992547409.9,
      raw_unit_price: exact,
      adjustments: [adjustment("90071992547409.41")],
    });
    expect(totals(seen({ items: [off], shipping_methods: [] }))).toEqual([50]);
  });

  test("of shipping come off it", () => {
    const shipping_methods = [shippingMethod(5, { adjustments: [adjustment(5)] })];
    expect(seen({ shipping_methods }).request.shipping).toEqual(eur(0));
  });

  test("that are more than the line costs cannot be read", () => {
    const items = [item({ price: 5, adjustments: [adjustment(6)] })];
    expect(read({ order: orderPayload({ items }) })).toHaveProperty("problem");
  });

  test("leave parts that add up to the total, whatever was bought", () => {
    const cents = fc.integer({ min: 0, max: 500_000 });
    const bought = fc.tuple(cents, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 1_000_000 }));
    fc.assert(
      fc.property(fc.array(bought, { minLength: 1, maxLength: 12 }), cents, (goods, shipping) => {
        const items = goods.map(([unit, quantity, ppm], index) => {
          // As exact as Medusa's own BigNumbers: eight decimals.
          const off = (BigInt(unit * quantity) * BigInt(ppm)).toString().padStart(9, "0");
          const decimal = `${off.slice(0, -8)}.${off.slice(-8)}`;
          return item({
            id: `line-${index}`,
            price: unit / 100,
            quantity,
            adjustments: [adjustment(decimal)],
          });
        });
        const { request } = seen({ items, shipping_methods: [shippingMethod(shipping / 100)] });
        const parts = request.lines.map(({ total }) => total!);
        expect(sumMoney([...parts, request.shipping!], EUR)).toEqual(request.total);
        const exact = goods.reduce(
          (sum, [unit, quantity, ppm]) => sum + BigInt(unit * quantity) * BigInt(1_000_000 - ppm),
          0n,
        );
        const minor = (exact + 500_000n) / 1_000_000n + BigInt(shipping);
        expect(request.total).toEqual(eur(Number(minor)));
      }),
    );
  });
});

describe("payment", () => {
  test.each([
    ["not_paid", "waiting"],
    ["awaiting", "waiting"],
    ["requires_action", "waiting"],
    ["partially_authorized", "waiting"],
    ["partially_captured", "waiting"],
    ["canceled", "waiting"],
    ["authorized", "toDo"],
    ["captured", "toDo"],
  ])("that is %s leaves an order to be sent %s", (payment_status, release) => {
    expect(seen({ payment_status }).release).toBe(release);
  });

  test("is told by what was authorised and captured, where no status says it", () => {
    const order = (collection: Parameters<typeof paymentCollection>[0], paid: number) =>
      seen({ payment_collections: [paymentCollection(collection)], summary: summary(paid) });
    expect(order({}, 0)).toMatchObject({ release: "toDo", request: { payment: { kind: "authorised" } } });
    expect(order({ status: "awaiting", authorized_amount: 0 }, 0).release).toBe("waiting");
    expect(order({ captured: 20 }, 20).release).toBe("waiting");
    expect(order({ captured: 69.99 }, 69.99).request.payment.kind).toBe("paid");
    expect(order({ captured: 69.99, refunded: 5 }, 69.99).request.payment.kind).toBe("paid");
  });

  test("of a draft is waited for", () => {
    expect(seen({ status: "draft" }).release).toBe("waiting");
  });

  test("that is authorised is the shop's to capture; taken by hand it is due as the order is collected", () => {
    const unpaid = { payment_status: "authorized", summary: summary(0) };
    expect(seen(unpaid).request.payment).toEqual({ kind: "authorised", paid: eur(0) });
    expect(seen({ ...unpaid, ...COLLECT }).request.payment.kind).toBe("authorised");
    expect(seen({ ...unpaid, ...BY_HAND }).request.payment.kind).toBe("authorised");
    expect(seen({ ...unpaid, ...COLLECT, ...BY_HAND }).request.payment).toEqual({
      kind: "atPickup",
      paid: eur(0),
    });
  });

  test("of a part leaves the rest due as the order is collected", () => {
    const { request, release } = seen({
      ...COLLECT,
      payment_status: "partially_captured",
      summary: summary(20),
    });
    expect([request.payment, release]).toEqual([{ kind: "atPickup", paid: eur(2_000) }, "toDo"]);
  });

  test("of more than the order costs now is said, for somebody has to give it back", () => {
    const items = [item({ price: 24.99 })];
    expect(seen({ items, summary: summary(69.99) }).request).toMatchObject({
      total: eur(2_999),
      payment: { kind: "paid", paid: eur(6_999) },
    });
  });

  test("by credit counts as paid", () => {
    const order = seen({ credit_line_total: 10, summary: summary(59.99) });
    expect(order.request.payment).toEqual({ kind: "paid", paid: eur(6_999) });
  });

  test("that was given back comes as credit as well, and is not paid twice", () => {
    const back = { summary: summary(69.99, 4.5), credit_line_total: 4.5 };
    expect(seen(back).request.payment).toEqual({ kind: "paid", paid: eur(6_999) });
    const both = { summary: summary(59.99, 4.5), credit_line_total: 14.5 };
    expect(seen(both).request.payment).toEqual({ kind: "paid", paid: eur(6_999) });
  });

  test("that was given back, in part or whole, is said", () => {
    const part = seen({ payment_status: "partially_refunded", summary: summary(69.99, 4.5) });
    expect([part.refunded, part.request.payment]).toEqual([eur(450), { kind: "paid", paid: eur(6_999) }]);
    expect(seen({ payment_status: "refunded", summary: summary(69.99, 69.99) }).refunded).toEqual(eur(6_999));
  });
});

describe("what changed", () => {
  test("is as new as the newest booking of its payments", () => {
    const refunds = [{ created_at: "2026-11-22T08:00:00.000Z" }];
    const payments = [{ updated_at: "2026-11-21T08:00:00.000Z", refunds }];
    const payment_collections = [paymentCollection({ payments })];
    expect(seen({ payment_collections }).updatedAt).toBe(Date.parse("2026-11-22T08:00:00Z"));
  });

  test("of a line's pieces is said, also where none are left", () => {
    const gone = item({ id: CUSHION_LINE, quantity: 0, price: 20, adjustments: [adjustment(3)] });
    const lessened = item({ quantity: 3, price: 10, detail: { written_off_quantity: 1 } });
    const order = seen({ items: [lessened, gone] }, "order.updated");
    expect(order.request.lines.map(({ id }) => id)).toEqual([LAMP_LINE]);
    expect(order.stillWanted).toEqual([
      { line: LAMP_LINE, quantity: 2 },
      { line: CUSHION_LINE, quantity: 0 },
    ]);
  });

  test("by returning leaves what was ordered", () => {
    const items = [item({ quantity: 3, price: 10, detail: { return_received_quantity: 2 } })];
    expect(seen({ items })).toMatchObject({
      request: { lines: [{ quantity: 3 }] },
      stillWanted: [{ quantity: 3 }],
    });
  });

  test("by cancelling is said, with the order or without it", () => {
    const reason = "Cancelled in the shop";
    expect(seen({ status: "canceled" }, "order.canceled").cancelled).toEqual({ reason });
    expect(seen({ canceled_at: "2026-11-21T08:00:00.000Z" }).cancelled).toEqual({ reason });
    const without = { kind: "cancelled", externalId: ORDER_ID, reason, at: null };
    expect(read({ id: ORDER_ID }, "order.canceled")).toEqual(without);
  });
});

describe("a message without an order", () => {
  test("is unreadable where it is about one, and else nothing", () => {
    expect(read({ id: ORDER_ID }, "order.placed")).toEqual({
      problem: expect.stringContaining("send it whole"),
    });
    expect(read({ id: "pay_1" }, "payment.captured")).toEqual({
      kind: "nothing",
      why: "payment.captured came without an order.",
    });
  });
});
