import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Customer } from "#domain/customer/customer.ts";
import { type CustomerId, idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import type { Price, Product } from "#domain/product/product.ts";
import type { Promotion, PromotionConditions } from "#domain/promotions/promotion.ts";
import type { StoreSettings } from "#domain/store/store.ts";
import { arbitraryPromotionsUpTo } from "#domain/testing/arbitrary-promotions.ts";
import { promotionSchema } from "#protocol/documents/promotion.ts";
import type { Quote } from "#protocol/shop/quote.ts";
import type { BasketView } from "#protocol/till/basket.ts";
import { SETTINGS } from "../src-main/engine/testing/shop-fixture.ts";
import { TillInMemory } from "../src-main/engine/testing/till-in-memory.ts";
import { createQuotes, type Quotes } from "../sync-server/quotes/quotes.ts";
import { ServerForTests } from "../sync-server/server-for-tests.ts";
import { BERLIN, product } from "../sync-server/testing/shop.ts";

const EUR = idOf<"Currency">("EUR");
const RETAIL = idOf<"PriceList">("retail");
const CLUB = idOf<"PriceList">("club");
const MEMBERS = idOf<"CustomerGroup">("members");
const eur = (minor: number) => money(minor, EUR);

interface Article {
  readonly name: string;
  readonly category: string;
  readonly taxClass: string;
  readonly price: number;
  readonly tiers?: readonly (readonly [from: number, minor: number])[];
  readonly club?: number;
  readonly deposit?: true;
}

/** The goods that arbitrary promotions are about, and one that is a deposit. */
const ARTICLES: readonly Article[] = [
  {
    name: "tea",
    category: "food",
    taxClass: "reduced",
    price: 399,
    tiers: [
      [3, 349],
      [6, 301],
    ],
    club: 333,
  },
  { name: "mug", category: "home", taxClass: "standard", price: 1_250, club: 1_111 },
  { name: "tray", category: "home", taxClass: "standard", price: 1_999, deposit: true },
  { name: "book", category: "books", taxClass: "reduced", price: 1_250, tiers: [[2, 1_199]] },
  { name: "crate", category: "deposits", taxClass: "standard", price: 25, tiers: [[2, 23]], club: 20 },
];
const SOLD = ARTICLES.filter(({ name }) => name !== "crate");
const variantOf = (name: string) => idOf<"Variant">(`variant-${name}`);

const PRODUCTS: readonly Product[] = ARTICLES.map(({ name, category, taxClass, deposit }) =>
  product(variantOf(name), {
    category,
    taxClass: idOf<"TaxClass">(taxClass),
    ...(deposit === undefined ? {} : { links: [{ variant: variantOf("crate"), kind: "deposit" }] }),
  }),
);

const PRICES: readonly Price[] = ARTICLES.flatMap(({ name, price, tiers, club }): Price[] => {
  const plain = { variant: variantOf(name), compareAt: null, validFrom: null, validTo: null };
  const steps = tiers?.map(([from, minor]) => ({ from, amount: eur(minor) }));
  return [
    { ...plain, list: RETAIL, amount: eur(price), ...(steps === undefined ? {} : { tiers: steps }) },
    ...(club === undefined ? [] : [{ ...plain, list: CLUB, amount: eur(club) }]),
  ];
});

const arbitraryWhen: fc.Arbitrary<PromotionConditions> = fc.record(
  {
    groups: fc.constantFrom([MEMBERS], [idOf<"CustomerGroup">("others"), MEMBERS]),
    firstPurchase: fc.constant(true as const),
    channels: fc.constant([idOf<"Channel">("till"), idOf<"Channel">("web")]),
    days: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 3 }),
    hours: fc.record({ from: fc.nat(1_440), until: fc.nat(1_440) }),
    coupon: fc.constantFrom("SUMMER10", "FRIENDS").map((word) => ({ kind: "word" as const, word })),
  },
  { requiredKeys: [] },
);

const arbitraryPromotions: fc.Arbitrary<readonly Promotion[]> = fc
  .tuple(
    arbitraryPromotionsUpTo(5),
    fc.array(fc.option(arbitraryWhen, { nil: undefined, freq: 2 }), { minLength: 5, maxLength: 5 }),
    fc.array(fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }), { minLength: 5, maxLength: 5 }),
  )
  .map(([promotions, whens, caps]) =>
    promotions.map((promotion, index) => {
      const [when, perCustomer] = [whens[index], caps[index]];
      return promotionSchema.parse({
        ...promotion,
        validFrom: instant(0),
        ...(when === undefined ? {} : { when }),
        ...(perCustomer === undefined ? {} : { limits: { ...promotion.limits, perCustomer } }),
      });
    }),
  );

const arbitraryCustomer = fc.record(
  {
    groups: fc.constantFrom([MEMBERS], [idOf<"CustomerGroup">("others")]),
    taxExemption: fc.record({
      certificate: fc.constant("NATO 302/17"),
      validUntil: fc.constantFrom(
        null,
        ...["2026-11-23", "2026-11-24"].map((day) => idOf<"BusinessDay">(day)),
      ),
    }),
    promotionUses: fc
      .subarray(["p-0", "p-1", "p-2"])
      .map((ids) => ids.map((id) => ({ promotion: idOf<"Promotion">(id), times: 2 }))),
    hasBought: fc.constant(true as const),
  },
  { requiredKeys: [] },
);

/** What a cashier does, in this order; the basket in the end is what counts. */
const arbitraryActs = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        act: fc.constant("ring" as const),
        name: fc.constantFrom(...SOLD.map(({ name }) => name)),
        quantity: fc.integer({ min: 1, max: 4 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ act: fc.constantFrom("park", "attach", "detach", "restart", "undo") }),
    },
  ),
  { minLength: 1, maxLength: 9 },
);

const arbitraryTax = fc.record({
  mode: fc.constantFrom("inclusive" as const, "exclusive" as const),
  rounding: fc.constantFrom("line" as const, "ticket" as const),
});

const arbitraryCase = fc.record({
  tax: arbitraryTax,
  choice: fc.constantFrom("priority" as const, "bestForCustomer" as const),
  promotions: arbitraryPromotions,
  customer: fc.option(arbitraryCustomer),
  coupons: fc.subarray(["SUMMER10", "FRIENDS"]),
  acts: arbitraryActs,
});
type Case = typeof arbitraryCase extends fc.Arbitrary<infer T> ? T : never;

let server: ServerForTests;
let till: TillInMemory;
let quotes: Quotes;
let customers = 0;
beforeAll(async () => {
  server = await ServerForTests.open();
  till = await TillInMemory.open();
  quotes = createQuotes({ storage: server.storage, now: () => till.clock.now() });
  await server.deps.publisher.publish(async (publication) => {
    for (const each of PRODUCTS) await publication.putProduct(each);
    for (const each of PRICES) await publication.putPrice(each);
  });
  till.replica.put("products", ...PRODUCTS);
  till.replica.put("prices", ...PRICES.map((each) => ({ ...each, id: `${each.list}:${each.variant}` })));
  // With all of it read through.
  await till.restart();
  await till.signIn("johanna");
});
afterAll(() => server.close());

/** HQ decides it, and the till has heard of it. */
async function decide({ tax, choice, promotions, customer }: Case): Promise<CustomerId | null> {
  customers += 1;
  const decided = {
    tax: {
      ...tax,
      cashRounding: null,
      classes: [
        { id: idOf<"TaxClass">("standard"), name: "S", rates: [{ id: "s", name: "19 %", ppm: 190_000 }] },
        { id: idOf<"TaxClass">("reduced"), name: "R", rates: [{ id: "r", name: "7 %", ppm: 70_000 }] },
      ],
    },
    timeZone: "Europe/Berlin",
    customerGroups: [{ id: MEMBERS, name: "Members", priceLists: [CLUB] }],
    promotionChoice: choice,
  } satisfies Partial<StoreSettings>;
  const id = idOf<"Customer">(`customer-${customers}`);
  const known: Customer | null =
    customer === null ? null : { id, name: "Anna", email: null, phone: null, cardNumber: null, ...customer };
  const gone = [0, 1, 2, 3, 4].map((each) => idOf<"Promotion">(`p-${each}`));
  await server.deps.publisher.publish(async (publication) => {
    await publication.putStore({ ...BERLIN, ...decided });
    for (const each of gone) await publication.forgetPromotion(each);
    for (const each of promotions) await publication.putPromotion(each);
    if (known !== null) await publication.putCustomer(known);
  });
  till.replica.put("settings", { ...SETTINGS, ...decided });
  for (const each of gone) till.replica.remove("promotions", each);
  till.replica.put("promotions", ...promotions);
  if (known !== null) till.replica.put("customers", known);
  return known?.id ?? null;
}

/** A verb of the till, which a rule about React would take for a hook. */
const SHOW = "useCoupon";

async function atTill({ acts, coupons }: Case, customer: CustomerId | null): Promise<BasketView> {
  for (const each of acts) await act(each, customer);
  const attached = await till.verbs.setCustomer({ customer });
  if (!attached.ok) throw new Error(attached.reason);
  for (const code of coupons) await till.verbs[SHOW]({ code });
  return till.basket;
}

function piecesRung({ acts }: Case): number {
  return acts.reduce((sum, each) => sum + ("quantity" in each ? each.quantity : 0), 0);
}

async function act(each: Case["acts"][number], customer: CustomerId | null): Promise<void> {
  switch (each.act) {
    case "ring": {
      if (!("name" in each)) return;
      const rung = await till.verbs.addItem({ variant: variantOf(each.name), quantity: each.quantity });
      if (!rung.ok) throw new Error(rung.reason);
      return;
    }
    case "park": {
      const { id } = till.basket;
      if ((await till.verbs.parkBasket({ label: "later" })).ok) await till.verbs.recallBasket({ basket: id });
      return;
    }
    case "attach":
    case "detach":
      await till.verbs.setCustomer({ customer: each.act === "attach" ? customer : null });
      return;
    case "restart":
      await till.restart();
      await till.signIn("johanna");
      return;
    case "undo": {
      const line = till.basket.lines.findLast(({ linked }) => linked === undefined);
      if (line === undefined) return;
      await till.verbs.removeLine({ line: line.id });
      await till.verbs.undoRemove({});
      return;
    }
  }
}

/** The same basket in the web shop. */
async function quoted({ coupons }: Case, { lines }: BasketView, customer: CustomerId | null): Promise<Quote> {
  const answer = await quotes.quote({
    channel: idOf<"Channel">("web"),
    lines: lines.filter(({ linked }) => linked === undefined).map(({ sku, quantity }) => ({ sku, quantity })),
    coupons: [...coupons],
    ...(customer === null ? {} : { customer }),
  });
  if (!answer.ok) throw new Error(JSON.stringify(answer.reason));
  return answer.value;
}

interface Cents {
  readonly lines: readonly unknown[];
  readonly promotions: Readonly<Record<string, number>>;
  readonly totals: readonly number[];
  readonly used: readonly string[];
}

function centsOfTill({ lines, promotions, subtotal, discounted, tax, due, coupons }: BasketView): Cents {
  return {
    lines: lines.map((line) => ({
      sku: line.sku,
      each: line.unitPrice.minor,
      total: line.total.minor,
      off: Object.fromEntries(line.promotions.map(({ promotion, amount }) => [promotion, amount.minor])),
      less: line.discounted.minor,
    })),
    promotions: Object.fromEntries(promotions.map(({ promotion, amount }) => [promotion, amount.minor])),
    totals: [subtotal, discounted, tax, due].map(({ minor }) => minor),
    used: coupons.filter(({ used }) => used).map(({ code }) => code),
  };
}

function centsOfQuote({ lines, promotions, totals, coupons }: Quote): Cents {
  const some = <T extends { readonly amount: { readonly minor: number } }>(all: readonly T[]) =>
    all.filter(({ amount }) => amount.minor !== 0);
  return {
    lines: lines.map((line) => ({
      sku: line.sku,
      each: line.unitPrice.minor,
      total: line.total.minor,
      off: Object.fromEntries(
        some(line.discounts).flatMap(({ promotion, amount }) =>
          promotion === null ? [] : [[promotion, amount.minor]],
        ),
      ),
      less: line.discounts.reduce((sum, { amount }) => sum + amount.minor, 0),
    })),
    promotions: Object.fromEntries(some(promotions).map(({ id, amount }) => [id, amount.minor])),
    totals: [totals.gross, totals.discount, totals.tax, totals.goods].map(({ minor }) => minor),
    used: coupons.filter(({ state }) => state === "used").map(({ code }) => code),
  };
}

describe("one price", () => {
  test("whatever is bought by whomever with whatever promotions, exemption and coupons, the till and the web shop's quote say the same cents, line by line", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryCase, async (some) => {
        const customer = await decide(some);
        try {
          const basket = await atTill(some, customer);
          expect(till.troubles).toEqual([]);
          expect(basket.pieces).toBe(piecesRung(some));
          if (basket.lines.length === 0) return;
          expect(centsOfTill(basket)).toEqual(centsOfQuote(await quoted(some, basket, customer)));
        } finally {
          await till.verbs.discardBasket({ basket: till.basket.id });
        }
      }),
      { numRuns: 200 },
    );
  }, 120_000);
});
