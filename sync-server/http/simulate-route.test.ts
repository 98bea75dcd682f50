import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { idOf } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { simulationSchema } from "#protocol/hq/simulate.ts";
import { quoteSchema } from "#protocol/shop/quote.ts";
import { errorBodySchema } from "#protocol/sync/error.ts";
import { HttpForTests, refusalOf } from "../http-for-tests.ts";
import { BERLIN, CUP, EUR, HAMBURG, price, product, TEA } from "../testing/shop.ts";

const goods = { kind: "variants", variants: [TEA] };
const PROMOTION = { validFrom: 0, validUntil: null, priority: 10 };
const THREE_FOR_TWO = {
  ...PROMOTION,
  id: "three",
  name: "3 for 2",
  rule: { kind: "piecesFor", goods, size: 3, pays: 2 },
};
const HALF_OFF = {
  ...PROMOTION,
  id: "half",
  name: "Half off",
  priority: 5,
  rule: { kind: "eachPiece", goods, off: { kind: "percent", ppm: 500_000 } },
};

let http: HttpForTests;
beforeEach(async () => {
  http = await HttpForTests.open();
  await http.parts.deps.publisher.publish(async (publication) => {
    await publication.putStore({
      ...BERLIN,
      customerGroups: [{ id: idOf<"CustomerGroup">("club"), name: "Club", priceLists: [] }],
    });
    for (const variant of [TEA, CUP]) {
      await publication.putProduct(product(variant));
      await publication.putPrice(price(variant));
    }
  });
});
afterEach(() => http.close());

const ask = (changes: object = {}) =>
  http.hq("/hq/v1/promotions/simulate", {
    method: "POST",
    body: { channel: "till", store: BERLIN.store, lines: [{ variant: TEA, quantity: 3 }], ...changes },
  });

async function simulate(changes: object = {}) {
  const answer = await ask(changes);
  const body: unknown = await answer.json();
  expect(body).not.toHaveProperty("reason");
  const { quote, promotions } = simulationSchema.parse(body);
  return { total: quote.totals.total.minor, why: Object.fromEntries(promotions.map((p) => [p.id, p.why])) };
}

async function make(promotion: { readonly id: string }): Promise<void> {
  const made = await http.hq(`/hq/v1/promotions/${promotion.id}`, { method: "PUT", body: promotion });
  expect(made.status).toBe(200);
}

describe("HQ tries a basket", () => {
  test("with a promotion that is not saved: among those that run, and by itself", async () => {
    await make(THREE_FOR_TWO);
    expect(await simulate()).toEqual({ total: 700, why: { three: null } });
    expect(await simulate({ draft: HALF_OFF })).toEqual({
      total: 700,
      why: { three: null, half: "otherIsBetter" },
    });
    expect(await simulate({ draft: HALF_OFF, among: "draft" })).toEqual({ total: 525, why: { half: null } });
    const cheaper = { ...THREE_FOR_TWO, rule: { ...THREE_FOR_TWO.rule, pays: 1 } };
    expect(await simulate({ draft: cheaper })).toEqual({ total: 350, why: { three: null } });
    expect((await http.hq("/hq/v1/promotions/half", { method: "DELETE" })).status).toBe(404);
  });

  test("and hears why a promotion does nothing", async () => {
    const why = async (changes: object, draft: object = {}) =>
      (await simulate({ draft: { ...HALF_OFF, ...draft }, at: "2026-11-26T12:00", ...changes })).why.half;
    expect(await why({})).toBeNull();
    expect(await why({ lines: [{ sku: "SKU-cup", quantity: 1 }] })).toBe("nothingFits");
    expect(await why({}, { when: { days: [1] } })).toBe("notNow");
    expect(await why({ at: "2026-11-30T12:00" }, { when: { days: [1] } })).toBeNull();
    expect(await why({}, { when: { stores: ["elsewhere"] } })).toBe("notHere");
    expect(await why({}, { when: { groups: ["club"] } })).toBe("notForCustomer");
    expect(await why({ shopper: { groups: ["club"] } }, { when: { groups: ["club"] } })).toBeNull();
    expect(await why({ shopper: { isFirstPurchase: true } }, { when: { firstPurchase: true } })).toBeNull();
    const word = { when: { coupon: { kind: "word", word: "TEATIME" } } };
    expect(await why({}, word)).toBe("couponMissing");
    expect(await why({ coupons: ["tea time"] }, word)).toBeNull();
    expect(await why({ couponsFor: ["half"] }, word)).toBeNull();
    expect(await why({}, { validFrom: Date.UTC(2027, 0) })).toBe("notBegun");
    expect(await why({}, { validUntil: Date.UTC(2026, 0) })).toBe("ended");
    const free = { rule: { kind: "freeShipping", goods, least: money(100, EUR) } };
    expect(await why({}, free)).toBe("noShipping");
    expect(await why({ shipping: money(490, EUR) }, free)).toBeNull();
  });

  test("and hears in words what cannot be tried", async () => {
    expect(await refusalOf(await ask({ store: "nowhere" }))).toMatchObject({ reason: "notFound" });
    for (const [wrong, words] of [
      [{ lines: [{ variant: "gone", quantity: 1 }] }, "no such article"],
      [{ lines: [{ sku: "gone", quantity: 1 }] }, "no article of this SKU"],
      [{ at: "2026-02-30T12:00" }, "no time"],
      [{ shipping: { minor: 1, currency: "USD" } }, "another currency"],
    ] as const) {
      const { reason, message, details = [] } = errorBodySchema.parse(await (await ask(wrong)).json());
      expect(reason).toBe("badRequest");
      expect([message, ...details].join(" ")).toContain(words);
    }
  });
});

test("which of several promotions are granted is the retailer's choice, in every store, quote and simulation", async () => {
  await make(THREE_FOR_TWO);
  await make(HALF_OFF);
  expect((await simulate()).total).toBe(700);
  const choice = { choice: "bestForCustomer" };
  expect((await http.hq("/hq/v1/promotion-choice", { method: "PUT", body: choice })).status).toBe(200);
  expect(await (await http.hq("/hq/v1/promotions")).json()).toMatchObject({
    ...choice,
    stores: [{ id: BERLIN.store }, { id: HAMBURG.store }],
    channels: ["till"],
    groups: [{ id: "club", name: "Club" }],
  });
  expect(await simulate()).toEqual({ total: 525, why: { three: "otherIsBetter", half: null } });
  const lines = [{ sku: "SKU-tea", quantity: 3 }];
  const quoted = await http.hq("/shop/v1/quote", { method: "POST", body: { channel: "web", lines } });
  expect(quoteSchema.parse(await quoted.json()).totals.total.minor).toBe(525);
});

test("a store that opens later chooses between promotions as the others do", async () => {
  const choice = { choice: "bestForCustomer" };
  await http.hq("/hq/v1/promotion-choice", { method: "PUT", body: choice });
  await http.parts.deps.publisher.publish((publication) =>
    publication.putStore({ ...BERLIN, store: idOf<"Store">("store-muc1"), code: "MUC1" }),
  );
  const stores = await http.parts.storage.read((tx) => tx.stores());
  expect(new Set(stores.map(({ promotionChoice }) => promotionChoice))).toEqual(new Set(["bestForCustomer"]));
});
