import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { idOf, instant } from "#domain/ids.ts";
import { money } from "#domain/money/money.ts";
import { PROMOTION_CHOICES } from "#domain/promotions/promotion.ts";
import type { TaxSetup } from "#domain/tax/tax.ts";
import { promotionSchema } from "#protocol/documents/promotion.ts";
import type { Quote } from "#protocol/shop/quote.ts";
import { ServerForTests } from "../server-for-tests.ts";
import { BERLIN, customer, EUR, price, product, RETAIL } from "../testing/shop.ts";
import { createQuotes } from "./quotes.ts";

const cents = z.number().int();
const outcomeSchema = z.object({
  total: cents,
  lines: z.array(z.object({ total: cents, off: z.record(z.string(), cents) })).optional(),
});
const basketSchema = z.object({
  name: z.string(),
  at: z.enum(["till", "web"]).default("web"),
  choice: z.enum(PROMOTION_CHOICES).optional(),
  customer: z
    .object({
      groups: z.array(z.string()),
      isFirstPurchase: z.boolean().default(false),
      uses: z.record(z.string(), z.number()).default({}),
    })
    .optional(),
  coupons: z.array(z.string()).default([]),
  basketPercent: z.number().optional(),
  promotions: z.array(promotionSchema),
  lines: z.array(
    z.object({
      article: z.string(),
      pieces: z.number(),
      grams: z.number().optional(),
      linkedTo: z.number().optional(),
      handPercent: z.number().optional(),
    }),
  ),
  expected: outcomeSchema,
});
type WorkedBasket = z.output<typeof basketSchema>;

/** The same table that the engine's and the till's tests read. */
const { articles: ARTICLES, baskets: BASKETS } = z
  .object({
    articles: z.record(
      z.string(),
      z.object({
        price: cents,
        category: z.string(),
        taxClass: z.string(),
        tiers: z.array(z.object({ from: z.number(), amount: cents })).optional(),
        trade: cents.optional(),
      }),
    ),
    baskets: z.array(basketSchema),
  })
  .parse(
    JSON.parse(readFileSync(new URL("../../domain/pricing/worked-baskets.json", import.meta.url), "utf8")),
  );

/** Noon of Thursday 26 November 2026 in Berlin, as the table says. */
const NOON = instant(Date.UTC(2026, 10, 26, 11));
const GERMANY: TaxSetup = {
  mode: "inclusive",
  rounding: "ticket",
  cashRounding: null,
  classes: [
    {
      id: idOf<"TaxClass">("standard"),
      name: "Standard",
      rates: [{ id: "de-19", name: "19 %", ppm: 190_000 }],
    },
    { id: idOf<"TaxClass">("reduced"), name: "Reduced", rates: [{ id: "de-7", name: "7 %", ppm: 70_000 }] },
  ],
};
const eur = (minor: number) => money(minor, EUR);
const TRADE = idOf<"PriceList">("trade");
const WEB = idOf<"Channel">("web");
const NOBODY = customer("worked");

/** What a web shop can ask for: nothing is weighed there, and no colleague takes anything off. */
const QUOTABLE = BASKETS.filter(
  ({ at, basketPercent, lines }) =>
    at === "web" &&
    basketPercent === undefined &&
    lines.every(({ grams, handPercent }) => grams === undefined && handPercent === undefined),
);

let server: ServerForTests;
beforeEach(async () => {
  server = await ServerForTests.open();
});
afterEach(() => server.close());

/** HQ has decided what the basket is about, and nothing else. */
async function decide(
  { promotions, choice, customer: shopper }: WorkedBasket,
  linked: ReadonlyMap<string, string>,
) {
  const groups = ["trade", ...(shopper?.groups ?? [])].map((id) => idOf<"CustomerGroup">(id));
  await server.deps.publisher.publish(async (publication) => {
    await publication.putStore({
      ...BERLIN,
      tax: GERMANY,
      timeZone: "Europe/Berlin",
      customerGroups: [...new Set(groups)].map((id) => ({
        id,
        name: id,
        priceLists: id === "trade" ? [TRADE] : [],
      })),
      ...(choice === undefined ? {} : { promotionChoice: choice }),
    });
    for (const [name, { price: minor, category, taxClass, tiers, trade }] of Object.entries(ARTICLES)) {
      const variant = idOf<"Variant">(`v-${name}`);
      const deposit = linked.get(name);
      await publication.putProduct(
        product(variant, {
          category,
          taxClass: idOf<"TaxClass">(taxClass),
          ...(deposit === undefined
            ? {}
            : { links: [{ variant: idOf<"Variant">(`v-${deposit}`), kind: "deposit" }] }),
        }),
      );
      const steps = tiers?.map(({ from, amount }) => ({ from, amount: eur(amount) }));
      await publication.putPrice(
        price(variant, {
          list: RETAIL,
          amount: eur(minor),
          ...(steps === undefined ? {} : { tiers: steps }),
        }),
      );
      if (trade !== undefined)
        await publication.putPrice(price(variant, { list: TRADE, amount: eur(trade) }));
    }
    for (const promotion of promotions) await publication.putPromotion(promotion);
    if (shopper === undefined) return;
    await publication.putCustomer({
      ...NOBODY,
      groups: shopper.groups.map((id) => idOf<"CustomerGroup">(id)),
      promotionUses: Object.entries(shopper.uses).map(([id, times]) => ({
        promotion: idOf<"Promotion">(id),
        times,
      })),
      ...(shopper.isFirstPurchase ? {} : { hasBought: true }),
    });
  });
}

async function quoted(worked: WorkedBasket): Promise<Quote> {
  const { lines, coupons } = worked;
  const linked = new Map(
    lines.flatMap(({ article, linkedTo }): [string, string][] => {
      const to = linkedTo === undefined ? undefined : lines[linkedTo]?.article;
      return to === undefined ? [] : [[to, article]];
    }),
  );
  await decide(worked, linked);
  const quotes = createQuotes({ storage: server.storage, now: () => NOON });
  const answer = await quotes.quote({
    channel: WEB,
    lines: lines
      .filter(({ linkedTo }) => linkedTo === undefined)
      .map(({ article, pieces }) => ({ sku: idOf<"Sku">(`SKU-v-${article}`), quantity: pieces })),
    coupons: [...coupons],
    ...(worked.customer === undefined ? {} : { customer: NOBODY.id }),
  });
  if (!answer.ok) throw new Error(JSON.stringify(answer.reason));
  return answer.value;
}

function outcomeOf({ expected }: WorkedBasket, { lines, totals }: Quote): WorkedBasket["expected"] {
  const total = totals.total.minor;
  if (expected.lines === undefined) return { total };
  return {
    total,
    lines: lines.map((line) => ({
      total: line.total.minor,
      off: Object.fromEntries(
        line.discounts.flatMap(({ promotion, amount }) =>
          promotion === null || amount.minor === 0 ? [] : [[promotion, amount.minor]],
        ),
      ),
    })),
  };
}

describe("a web shop's quote comes to what was worked by hand", () => {
  for (const worked of QUOTABLE)
    test(worked.name, async () => {
      expect(outcomeOf(worked, await quoted(worked))).toEqual(worked.expected);
    });
});
