import type { TaxExemption } from "../customer/customer.ts";
import { idOf, instant, type PromotionId } from "../ids.ts";
import type { Currency } from "../money/money.ts";
import { TILL_CHANNEL } from "../orders/till-channel.ts";
import type { PricedBasket } from "../pricing/price-basket.ts";
import table from "../pricing/worked-baskets.json" with { type: "json" };
import type { Promotion, PromotionChoice } from "../promotions/promotion.ts";
import type { PricingScene } from "../promotions/scene.ts";

/** An article of the table, in cents, tax included: the price of one, from so many on, and on the trade list. */
export interface WorkedArticle {
  readonly price: number;
  readonly category: string;
  readonly taxClass: string;
  readonly tiers?: readonly { readonly from: number; readonly amount: number }[];
  readonly trade?: number;
}

export interface WorkedLine {
  readonly article: string;
  readonly pieces: number;
  /** What the package weighs. */
  readonly grams?: number;
  /** The line that it is charged with, by its place. */
  readonly linkedTo?: number;
  /** Taken off by a colleague. */
  readonly handPercent?: number;
}

/** A basket that was worked by hand from docs/promotions.md. */
export interface WorkedBasket {
  readonly name: string;
  /** Of the text, by number. */
  readonly rules: readonly number[];
  /** Where it is about one of them; absent: the same in both. */
  readonly at?: "till" | "web";
  readonly choice?: PromotionChoice;
  readonly customer?: {
    readonly groups: readonly string[];
    readonly isFirstPurchase?: boolean;
    readonly uses?: Readonly<Record<string, number>>;
    /** From tax. */
    readonly exempt?: boolean;
  };
  readonly coupons?: readonly string[];
  readonly basketPercent?: number;
  /** What sending it would cost, before anything is off. */
  readonly shipping?: number;
  readonly promotions: readonly Promotion[];
  readonly lines: readonly WorkedLine[];
  readonly expected: WorkedOutcome;
}

/** Cents: the sum of the goods, and where the text says it, what sending them costs, what each line does and what each promotion took off it. */
export interface WorkedOutcome {
  readonly total: number;
  readonly shipping?: number;
  readonly lines?: readonly { readonly total: number; readonly off: Readonly<Record<string, number>> }[];
}

export const WORKED_CURRENCY: Currency = idOf<"Currency">("EUR");
export const WORKED_TIME_ZONE = "Europe/Berlin";
/** Noon of Thursday 26 November 2026 in Berlin. */
export const WORKED_AT = instant(Date.UTC(2026, 10, 26, 11));
export const WORKED_STORE = idOf<"Store">("store-ber");
/** The articles that the baskets are made of, by name. */
export const WORKED_ARTICLES: Readonly<Record<string, WorkedArticle>> = table.articles;
/** All of them, in the order of the text. The file is read by tests alone, so its shape is taken at its word but for what TypeScript cannot see. */
export const WORKED_BASKETS: readonly WorkedBasket[] = table.baskets as unknown as readonly WorkedBasket[];

/** Where and for whom a basket of the table is bought. */
export function workedScene(basket: WorkedBasket, at: "till" | "web"): PricingScene {
  const { customer, promotions, coupons = [] } = basket;
  return {
    at: WORKED_AT,
    timeZone: WORKED_TIME_ZONE,
    channel: at === "till" ? TILL_CHANNEL : idOf<"Channel">("web"),
    store: at === "till" ? WORKED_STORE : null,
    shopper:
      customer === undefined
        ? null
        : {
            groups: customer.groups.map((group) => idOf<"CustomerGroup">(group)),
            isFirstPurchase: customer.isFirstPurchase === true,
            uses: new Map(
              Object.entries(customer.uses ?? {}).map(([id, times]): [PromotionId, number] => [
                idOf<"Promotion">(id),
                times,
              ]),
            ),
          },
    coupons: promotions
      .filter(({ when }) => when?.coupon?.kind === "word" && coupons.includes(when.coupon.word))
      .map(({ id }) => id),
  };
}

/** The certificate of a customer of the table who is exempt from tax. */
export function workedExemption({ customer }: WorkedBasket): TaxExemption | null {
  return customer?.exempt === true ? { certificate: "NATO 302/17", validUntil: null } : null;
}

/** What came out, as far as the table says what should. `free`: sending it is. */
export function workedOutcome(
  { expected, shipping }: WorkedBasket,
  { lines, totals }: PricedBasket,
  free: boolean,
): WorkedOutcome {
  const total = totals.total.minor;
  const sent = shipping === undefined ? {} : { shipping: free ? 0 : shipping };
  if (expected.lines === undefined) return { total, ...sent };
  return {
    total,
    ...sent,
    lines: lines.map((line) => ({
      total: line.total.minor,
      off: Object.fromEntries(
        line.discounts.flatMap((each) =>
          each.source === "promotion" && each.amount.minor > 0 ? [[each.promotion, each.amount.minor]] : [],
        ),
      ),
    })),
  };
}
