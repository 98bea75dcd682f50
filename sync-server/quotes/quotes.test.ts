import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import { businessDayOf, daysAfter } from "#domain/store/business-day.ts";
import { instantOfLocalTime } from "#domain/store/local-time.ts";
import { couponsMadeSchema } from "#protocol/hq/coupons.ts";
import { quoteSchema } from "#protocol/shop/quote.ts";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";
import { BERLIN, CUP, customer, EUR, POT, price, product, TEA } from "../testing/shop.ts";

const NOW = instant(1_800_000_000_000);
const STANDARD = {
  id: idOf<"TaxClass">("standard"),
  name: "Standard",
  rates: [{ id: "de-19", name: "19 %", ppm: 190_000 }],
};
const MEMBERS = {
  id: idOf<"CustomerGroup">("members"),
  name: "Members",
  priceLists: [idOf<"PriceList">("club")],
};
const ANNA = { ...customer("anna"), groups: [MEMBERS.id] };
const off = (ppm: number): Promotion["rule"] => ({
  kind: "fromValue",
  goods: { kind: "all" },
  least: money(1, EUR),
  off: { kind: "percent", ppm },
});

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
  await http.parts.deps.publisher.publish(async (publication) => {
    await publication.putStore({
      ...BERLIN,
      tax: { ...BERLIN.tax, classes: [STANDARD] },
      customerGroups: [MEMBERS],
    });
    await publication.putCustomer(ANNA);
    for (const variant of [TEA, CUP]) {
      await publication.putProduct(product(variant));
      await publication.putPrice(price(variant, { compareAt: variant === CUP ? money(500, EUR) : null }));
    }
    await publication.putPrice(price(TEA, { list: idOf<"PriceList">("club"), amount: money(300, EUR) }));
    await publication.putProduct(product(POT));
  });
});
afterEach(() => http.close());

async function promote(id: string, changes: Partial<Promotion> = {}): Promise<void> {
  const body = { id, name: id, validFrom: 0, validUntil: null, priority: 0, rule: off(100_000), ...changes };
  expect((await http.hq(`/hq/v1/promotions/${id}`, { method: "PUT", body })).status).toBe(200);
}

function ask(changes: object = {}, key?: string): Promise<Response> {
  const body = { channel: "web", lines: [{ sku: "SKU-tea", quantity: 2 }], ...changes };
  return http.hq("/shop/v1/quote", { method: "POST", body, ...(key === undefined ? {} : { token: key }) });
}

async function quote(changes: object = {}) {
  const answer = await ask(changes);
  const body: unknown = await answer.json();
  expect(body).not.toHaveProperty("reason");
  return quoteSchema.parse(body);
}

describe("a quote", () => {
  test("says what each line costs, what each promotion takes off, the tax, and the whole with shipping", async () => {
    await promote("ten-off");
    const lines = [
      { sku: "SKU-tea", quantity: 2 },
      { sku: "SKU-cup", quantity: 1 },
    ];
    const told = await quote({ lines, shipping: money(490, EUR) });
    expect(told.lines).toMatchObject([
      {
        name: "A tea",
        unitPrice: money(350, EUR),
        gross: money(700, EUR),
        discounts: [{ promotion: "ten-off", amount: money(70, EUR) }],
        total: money(630, EUR),
      },
      { compareAt: money(500, EUR), total: money(315, EUR) },
    ]);
    expect(told.promotions).toEqual([{ id: "ten-off", name: "ten-off", amount: money(105, EUR) }]);
    expect(told.totals).toMatchObject({
      gross: money(1_050, EUR),
      goods: money(945, EUR),
      shipping: money(490, EUR),
      total: money(1_435, EUR),
      tax: money(151, EUR),
    });
  });

  test("is by what HQ decided last", async () => {
    expect((await quote()).totals.total).toEqual(money(700, EUR));
    await promote("ten-off");
    expect((await quote()).totals.total).toEqual(money(630, EUR));
    await promote("ten-off", { rule: off(500_000) });
    expect((await quote()).totals.total).toEqual(money(350, EUR));
    await http.hq("/hq/v1/promotions/ten-off", { method: "DELETE" });
    expect((await quote()).totals.total).toEqual(money(700, EUR));
  });

  test("holds until a price or promotion changes by plan", async () => {
    expect((await quote()).validUntil).toBeNull();
    await promote("other", { validUntil: instant(NOW + 1), when: { channels: [idOf<"Channel">("till")] } });
    await promote("ends", { validUntil: instant(NOW + 5_000) });
    expect((await quote()).validUntil).toBe(NOW + 5_000);
    await http.parts.deps.publisher.publish((publication) =>
      publication.putPrice(price(TEA, { amount: money(400, EUR), validFrom: instant(NOW + 2_000) })),
    );
    expect((await quote()).validUntil).toBe(NOW + 2_000);
    expect((await quote({ lines: [{ sku: "SKU-cup", quantity: 1 }] })).validUntil).toBe(NOW + 5_000);
  });

  test("taxes by the rate of the moment, and holds until a planned one begins", async () => {
    const from = daysAfter(businessDayOf({ at: NOW, timeZone: BERLIN.timeZone }), 1);
    const midnight = instantOfLocalTime({ text: `${from}T00:00`, timeZone: BERLIN.timeZone })!;
    const rates = [{ id: "de-19", name: "19 %", ppm: 210_000 }];
    await http.parts.deps.publisher.publish((publication) =>
      publication.putStore({
        ...BERLIN,
        tax: { ...BERLIN.tax, classes: [STANDARD], planned: [{ taxClass: STANDARD.id, from, rates }] },
      }),
    );
    const before = await quote();
    expect(before).toMatchObject({
      validUntil: midnight,
      totals: { tax: money(112, EUR), total: money(700, EUR) },
    });
    http.parts.clock.advance(midnight - http.parts.clock.now());
    const after = await quote();
    expect(after).toMatchObject({
      validUntil: null,
      totals: { tax: money(121, EUR), total: money(700, EUR) },
    });
    expect(after.lines[0]?.taxes).toMatchObject([{ ppm: 210_000 }]);
  });

  test("at the price for so many pieces, and without shipping where a promotion says so, a coupon for it used up", async () => {
    await http.parts.deps.publisher.publish((publication) =>
      publication.putPrice(price(TEA, { tiers: [{ from: 2, amount: money(250, EUR) }] })),
    );
    await promote("no-shipping", {
      when: { coupon: { kind: "word", word: "SHIPFREE" } },
      rule: { kind: "freeShipping", goods: { kind: "all" }, least: money(400, EUR) },
    });
    const asked = { shipping: money(490, EUR), coupons: ["shipfree"] };
    expect(await quote(asked)).toMatchObject({
      freeShipping: { id: "no-shipping" },
      coupons: [{ state: "used" }],
      totals: { goods: money(500, EUR), shipping: money(0, EUR), total: money(500, EUR) },
    });
    const one = await quote({ ...asked, lines: [{ sku: "SKU-tea", quantity: 1 }] });
    expect(one).toMatchObject({
      freeShipping: null,
      coupons: [{ state: "notUsed" }],
      totals: { goods: money(350, EUR), shipping: money(490, EUR) },
    });
    expect((await quote({ coupons: ["shipfree"] })).freeShipping).toBeNull();
  });

  test("charges the deposit with each piece", async () => {
    await http.parts.deps.publisher.publish((publication) =>
      publication.putProduct(product(TEA, { links: [{ variant: POT, kind: "deposit" }] })),
    );
    expect(errorBodySchema.parse(await (await ask()).json()).details).toEqual([
      "Line 1, SKU-tea: its deposit, levy or bag has no price at the moment.",
    ]);
    await http.parts.deps.publisher.publish((publication) =>
      publication.putPrice(price(POT, { amount: money(25, EUR) })),
    );
    const { lines } = await quote();
    expect(lines).toMatchObject([
      { line: 1, charged: null, sku: "SKU-tea" },
      { line: 1, charged: "deposit", sku: "SKU-pot", quantity: 2, gross: money(50, EUR) },
    ]);
  });

  test("asks for a deposit its price for one piece, in whatever number, as tills do", async () => {
    const tiers = [{ from: 2, amount: money(20, EUR) }];
    await http.parts.deps.publisher.publish(async (publication) => {
      await publication.putProduct(product(TEA, { links: [{ variant: POT, kind: "deposit" }] }));
      await publication.putPrice(price(POT, { amount: money(25, EUR), tiers }));
    });
    expect((await quote()).lines[1]).toMatchObject({ unitPrice: money(25, EUR), gross: money(50, EUR) });
    const pots = await quote({ lines: [{ sku: "SKU-pot", quantity: 2 }] });
    expect(pots.lines).toMatchObject([{ unitPrice: money(20, EUR), gross: money(40, EUR) }]);
  });

  test("for a customer is at their group's prices and promotions", async () => {
    await promote("members", { when: { groups: [MEMBERS.id] } });
    expect((await quote()).totals.total).toEqual(money(700, EUR));
    expect((await quote({ customer: ANNA.id })).totals.total).toEqual(money(540, EUR));
  });

  test("for a customer who is exempt from tax is without it, says so in their language and not by which certificate, and holds until the day after its last", async () => {
    const exempt = async (validUntil: string | null) => {
      const day = validUntil === null ? null : idOf<"BusinessDay">(validUntil);
      await http.parts.deps.publisher.publish((publication) =>
        publication.putCustomer({
          ...ANNA,
          groups: [],
          language: "de",
          taxExemption: { certificate: "NATO 7", validUntil: day },
        }),
      );
    };
    await exempt("2027-01-15");
    const told = await quote({ customer: ANNA.id, shipping: money(490, EUR) });
    expect(told.lines).toMatchObject([
      { discounts: [{ promotion: null, name: "Steuer abgezogen", amount: money(112, EUR) }], taxes: [] },
    ]);
    expect(told.totals).toMatchObject({
      gross: money(700, EUR),
      discount: money(112, EUR),
      goods: money(588, EUR),
      tax: money(0, EUR),
      total: money(1_078, EUR),
    });
    expect(told.validUntil).toBe(Date.UTC(2027, 0, 15, 23));
    await exempt("9999-12-31");
    expect((await quote({ customer: ANNA.id })).validUntil).toBeNull();
    await exempt("2027-01-14");
    expect((await quote({ customer: ANNA.id })).totals).toMatchObject({ total: money(700, EUR) });
  });

  test("names every line that it cannot price, and a shop's key names no customer whom its shop never had", async () => {
    const lines = [
      { sku: "SKU-tea", quantity: 1 },
      { sku: "NO-SUCH", quantity: 1 },
      { sku: "SKU-pot", quantity: 1 },
    ];
    const refusal = errorBodySchema.parse(await (await ask({ lines })).json());
    expect(refusal).toMatchObject({
      reason: "badRequest",
      details: [
        "Line 2, NO-SUCH: there is no article of this SKU.",
        "Line 3, SKU-pot: the article has no price at the moment.",
      ],
    });
    expect((await ask({ lines: Array.from({ length: 201 }, () => lines[0]) })).status).toBe(400);
    const body = { name: "web", scope: "shop", channels: ["web"] };
    const made = await (await http.hq("/hq/v1/keys", { method: "POST", body })).json();
    const { key } = made as { key: string };
    expect((await ask({}, key)).status).toBe(200);
    expect(await refusalOf(await ask({ customer: ANNA.id }, key))).toMatchObject({ reason: "notFound" });
    expect(await refusalOf(await ask({ channel: "other" }, key))).toMatchObject({ reason: "forbidden" });
  });

  test("what sending cannot cost is refused, and no failure of the server", async () => {
    for (const minor of [-1, Number.MAX_SAFE_INTEGER])
      expect(await refusalOf(await ask({ shipping: money(minor, EUR) }))).toEqual({
        status: 400,
        reason: "badRequest",
      });
  });
});

describe("a coupon in a quote", () => {
  const coupons = async (...typed: string[]) => (await quote({ coupons: typed })).coupons;

  test("as a word takes off what its promotion does, and is not used where nothing fits", async () => {
    await promote("summer", { when: { coupon: { kind: "word", word: "SUMMER10" } } });
    expect((await quote()).totals.total).toEqual(money(700, EUR));
    expect((await quote({ coupons: ["summer 10"] })).totals.total).toEqual(money(630, EUR));
    expect(await coupons("summer10", "SUMMER10", "winter", "!")).toMatchObject([
      { code: "SUMMER10", state: "used", why: null },
      { state: "refused", why: "couponSamePromotion" },
      { code: "WINTER", state: "refused", why: "couponUnknown" },
      { state: "refused", why: "couponUnknown" },
    ]);
    const goods = { kind: "variants", variants: [CUP] } as const;
    await promote("summer", {
      when: { coupon: { kind: "word", word: "SUMMER10" } },
      rule: { kind: "piecesFor", goods, size: 2, pays: 1 },
    });
    expect(await coupons("SUMMER10")).toMatchObject([{ state: "notUsed", why: null }]);
  });

  test("as a code holds once: the order that names it uses it up", async () => {
    await promote("codes", { when: { coupon: { kind: "codes" } } });
    const made = await http.hq("/hq/v1/promotions/codes/coupons", { method: "POST", body: { count: 3 } });
    const [first = "", second = ""] = couponsMadeSchema.parse(await made.json()).codes;
    expect((await coupons(first.toLowerCase()))[0]).toMatchObject({ code: first, state: "used" });
    const priced = await quote({ coupons: [first], customer: ANNA.id });
    const order = {
      channel: "web",
      id: "1",
      currency: EUR,
      customer: { id: ANNA.id, name: "Anna" },
      lines: priced.lines.map(({ sku, quantity, unitPrice, discounts }) => ({
        sku,
        quantity,
        unitPrice,
        discounts,
      })),
      coupons: [first],
      payment: { kind: "paid" },
      delivery: { kind: "ship", address: null },
    };
    for (const status of [201, 200])
      expect((await http.hq("/shop/v1/orders", { method: "POST", body: order })).status).toBe(status);
    const found = await http.parts.deps.orders.find({ channel: idOf<"Channel">("web"), externalId: "1" });
    expect(found?.payment.total).toEqual(priced.totals.total);
    expect(await coupons(first, second)).toMatchObject([
      { state: "refused", why: "couponUsed" },
      { state: "used" },
    ]);
    expect(await (await http.hq("/hq/v1/promotions/codes/coupons")).json()).toMatchObject({
      series: [{ count: 3, uses: 1, used: 1 }],
    });
    const known = await http.parts.storage.read((tx) => tx.customer(ANNA.id));
    expect(known?.hasBought).toBe(true);
  });

  test("is not needed for shipping that each customer has free once: the order that names its promotion counts it", async () => {
    await promote("once", {
      rule: { kind: "freeShipping", goods: { kind: "all" }, least: money(1, EUR) },
      limits: { perCustomer: 1 },
    });
    const asked = { customer: ANNA.id, shipping: money(490, EUR) };
    const { freeShipping } = await quote(asked);
    expect(freeShipping?.id).toBe("once");
    const order = {
      channel: "web",
      id: "7",
      currency: EUR,
      customer: { id: ANNA.id, name: "Anna" },
      lines: [{ sku: "SKU-tea", quantity: 2, unitPrice: money(350, EUR) }],
      freeShipping: freeShipping?.id,
      payment: { kind: "paid" },
      delivery: { kind: "ship", address: null },
    };
    expect((await http.hq("/shop/v1/orders", { method: "POST", body: order })).status).toBe(201);
    expect((await quote(asked)).freeShipping).toBeNull();
  });
});
