import { readFileSync } from "node:fs";
import { z } from "zod";
import { idOf, instant } from "#domain/ids.ts";
import { type Money, money } from "#domain/money/money.ts";
import { PROMOTION_CHOICES } from "#domain/promotions/promotion.ts";
import type { TaxSetup } from "#domain/tax/tax.ts";
import { promotionSchema } from "#protocol/documents/promotion.ts";
import type { Quote } from "#protocol/shop/quote.ts";
import type { Publisher } from "../sync/publisher.ts";
import { BERLIN, customer, EUR, price, product, RETAIL } from "./shop.ts";

const cents = z.number().int();
const outcomeSchema = z.object({
  total: cents,
  shipping: cents.optional(),
  lines: z.array(z.object({ total: cents, off: z.record(z.string(), cents) })).optional(),
});
const basketSchema = z.object({
  name: z.string(),
  at: z.enum(["till", "web"]).exactOptional(),
  choice: z.enum(PROMOTION_CHOICES).optional(),
  customer: z
    .object({
      groups: z.array(z.string()),
      isFirstPurchase: z.boolean().default(false),
      uses: z.record(z.string(), z.number()).default({}),
      exempt: z.boolean().default(false),
    })
    .optional(),
  coupons: z.array(z.string()).default([]),
  basketPercent: z.number().optional(),
  shipping: cents.optional(),
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
export type WorkedBasket = z.output<typeof basketSchema>;

/** The same table that the engine's and the till's tests read. */
const TABLE = z
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

/** All of them, in the order of the text. */
export const WORKED_BASKETS = TABLE.baskets;
/** Noon of Thursday 26 November 2026 in Berlin, as the table says. */
export const WORKED_NOON = instant(Date.UTC(2026, 10, 26, 11));
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
export const WORKED_CUSTOMER = customer("worked");

/** HQ has decided what the basket is about, and nothing else. */
export async function decideWorked(
  publisher: Publisher,
  { promotions, choice, customer: shopper, lines }: WorkedBasket,
): Promise<void> {
  const linked = linkedIn(lines);
  const groups = ["trade", ...(shopper?.groups ?? [])].map((id) => idOf<"CustomerGroup">(id));
  await publisher.publish(async (publication) => {
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
    for (const [name, { price: minor, category, taxClass, tiers, trade }] of Object.entries(TABLE.articles)) {
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
      ...WORKED_CUSTOMER,
      groups: shopper.groups.map((id) => idOf<"CustomerGroup">(id)),
      promotionUses: Object.entries(shopper.uses).map(([id, times]) => ({
        promotion: idOf<"Promotion">(id),
        times,
      })),
      ...(shopper.isFirstPurchase ? {} : { hasBought: true }),
      ...(shopper.exempt ? { taxExemption: { certificate: "NATO 302/17", validUntil: null } } : {}),
    });
  });
}

/** Which article each is charged with, by name. */
function linkedIn(lines: WorkedBasket["lines"]): ReadonlyMap<string, string> {
  return new Map(
    lines.flatMap(({ article, linkedTo }): [string, string][] => {
      const to = linkedTo === undefined ? undefined : lines[linkedTo]?.article;
      return to === undefined ? [] : [[to, article]];
    }),
  );
}

/** What sending it would cost, where that is asked. */
export function askedShipping({ shipping }: WorkedBasket): { readonly shipping?: Money } {
  return shipping === undefined ? {} : { shipping: eur(shipping) };
}

/** The lines that are asked for: what is charged with them comes by itself. */
export function askedLines({ lines }: WorkedBasket) {
  return lines
    .filter(({ linkedTo }) => linkedTo === undefined)
    .map(({ article, pieces }) => ({ sku: idOf<"Sku">(`SKU-v-${article}`), quantity: pieces }));
}

/** Whether it can be asked for without a till: nothing is weighed, and no colleague takes anything off. */
export function isAskable({ basketPercent, lines }: WorkedBasket): boolean {
  return (
    basketPercent === undefined &&
    lines.every(({ grams, handPercent }) => grams === undefined && handPercent === undefined)
  );
}

/** What was quoted, as far as the table says what should be. */
export function workedOutcome(
  { expected, shipping }: WorkedBasket,
  { lines, totals }: Quote,
): WorkedBasket["expected"] {
  const total = totals.goods.minor;
  const sent = shipping === undefined ? {} : { shipping: totals.shipping.minor };
  if (expected.lines === undefined) return { total, ...sent };
  return {
    total,
    ...sent,
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
