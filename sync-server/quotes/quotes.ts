import { grantedPromotions, usedCoupons } from "#domain/coupons/uses.ts";
import type { Customer, TaxExemption } from "#domain/customer/customer.ts";
import { exemptionOn } from "#domain/customer/exemption.ts";
import { priceListsFor } from "#domain/customer/group.ts";
import type { ChannelId, CustomerId, Instant } from "#domain/ids.ts";
import { addMoney, sumMoney, zeroMoney } from "#domain/money/arithmetic.ts";
import type { Currency } from "#domain/money/money.ts";
import { nextChange } from "#domain/pricing/next-change.ts";
import { freeShippingFor, type PricedBasket, priceBasket } from "#domain/pricing/price-basket.ts";
import { atQuantityPrices } from "#domain/pricing/quantity-price.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import { type PricingScene, promotionsFor, shopperOf } from "#domain/promotions/scene.ts";
import { receiptLanguage } from "#domain/receipt/receipt-rows.ts";
import { ok, type Result, refused } from "#domain/result.ts";
import { businessDayOf } from "#domain/store/business-day.ts";
import { nextTaxChange, taxAt } from "#domain/tax/tax-plan.ts";
import type { TicketLine, UsedCoupon } from "#domain/ticket/ticket.ts";
import type { Quote, QuoteRequest } from "#protocol/shop/quote.ts";
import { type JudgedCoupon, judgedCoupons } from "../coupons/judge.ts";
import type { ReadTransaction, Storage } from "../storage/port.ts";
import { type ChannelTerms, channelTerms } from "./channel-terms.ts";
import { PromotionShelf } from "./promotion-shelf.ts";
import { type LineTrouble, type QuotedLine, quotedLines } from "./quoted-lines.ts";

export type QuoteRefusal =
  | { readonly why: "noStores" | "noSuchCustomer" | "shippingCurrency" | "shippingAmount" }
  | { readonly why: "lines"; readonly troubles: readonly LineTrouble[] };

/** More than any parcel costs, in minor units of whatever currency: a slip. */
const MAX_SHIPPING_MINOR = 1_000_000_000_000;

export interface Quotes {
  /** `channels`: those that whoever asks is bound to, which bounds whom they may name; empty: to none. */
  quote(
    request: QuoteRequest,
    asker?: { readonly channels: readonly ChannelId[] },
  ): Promise<Result<Quote, QuoteRefusal>>;
}

export function createQuotes({
  storage,
  now,
}: {
  readonly storage: Storage;
  readonly now: () => Instant;
}): Quotes {
  const shelf = new PromotionShelf();
  return {
    quote: (request, { channels } = { channels: [] }) =>
      storage.read(async (tx): Promise<Result<Quote, QuoteRefusal>> => {
        const terms = await channelTerms(tx, request.channel);
        if (terms === null) return refused({ why: "noStores" });
        if (request.shipping !== undefined && request.shipping.currency !== terms.home.currency)
          return refused({ why: "shippingCurrency" });
        const { minor = 0 } = request.shipping ?? {};
        if (minor < 0 || minor > MAX_SHIPPING_MINOR) return refused({ why: "shippingAmount" });
        const named = await customerNamed(tx, request.customer, channels);
        if (!named.ok) return named;
        const customer = named.value;
        const at = now();
        const { home } = terms;
        const lists = priceListsFor({
          own: terms.priceLists,
          groups: home.customerGroups ?? [],
          of: customer?.groups ?? [],
        });
        const { currency } = home;
        const { channel } = request;
        const { lines, troubles } = await quotedLines(tx, {
          wanted: request.lines,
          channel,
          lists,
          currency,
          at,
        });
        if (troubles.length > 0) return refused({ why: "lines", troubles });
        const scene: PricingScene = {
          at,
          timeZone: home.timeZone,
          channel,
          store: null,
          shopper: customer === null ? null : shopperOf(customer),
          coupons: [],
        };
        const promotions = await shelf.all(tx);
        const coupons = await judgedCoupons(tx, { typed: request.coupons, promotions, scene });
        const day = businessDayOf({ at, timeZone: home.timeZone });
        const exemption = customer === null ? null : exemptionOn(customer, day);
        const { taxOff } = receiptLanguage(home, customer?.language ?? null).words;
        const exempt = exemption === null ? null : { exemption, taxOff };
        return ok(quoteOf({ request, terms, scene, exempt, lines, promotions, coupons }));
      }),
  };
}

async function customerNamed(
  tx: ReadTransaction,
  customer: CustomerId | undefined,
  channels: readonly ChannelId[],
): Promise<Result<Customer | null, QuoteRefusal>> {
  if (customer === undefined) return ok(null);
  const known = await tx.customer(customer);
  const isReached = channels.length === 0 || (await tx.isNamedThrough({ customer, channels }));
  return known === null || !isReached ? refused({ why: "noSuchCustomer" }) : ok(known);
}

/** The customer's exemption that holds today, and what tax that is taken off is called in their language. */
interface Exempt {
  readonly exemption: TaxExemption;
  readonly taxOff: string;
}

/** What a basket costs in a scene, and by which promotions. Those whose coupons are good come into the scene with them. */
export function quoteOf({
  request,
  terms: { home },
  scene,
  exempt = null,
  lines,
  promotions,
  coupons,
}: {
  readonly request: Pick<QuoteRequest, "shipping">;
  readonly terms: Pick<ChannelTerms, "home">;
  readonly scene: PricingScene;
  /** Absent: nobody who is exempt. */
  readonly exempt?: Exempt | null;
  readonly lines: readonly QuotedLine[];
  readonly promotions: readonly Promotion[];
  readonly coupons: readonly JudgedCoupon[];
}): Quote {
  const { currency, promotionChoice } = home;
  const tax = taxAt(home.tax, scene);
  const shown = coupons.flatMap(({ code, promotion, refusal }): UsedCoupon[] =>
    refusal === null && promotion !== null ? [{ code, promotion: promotion.id }] : [],
  );
  const withCoupons = {
    ...scene,
    coupons: [...scene.coupons, ...shown.map(({ promotion }) => promotion)],
  };
  const basket = {
    lines: atQuantityPrices(lines.map(({ line }) => line)),
    discount: null,
    promotions: promotionsFor(promotions, withCoupons),
    ...(promotionChoice === undefined ? {} : { promotionChoice }),
    ...(exempt === null ? {} : { taxExemption: exempt.exemption }),
  };
  const priced = priceBasket({ basket, tax, currency, cash: false });
  const free = request.shipping === undefined ? null : freeShippingFor(basket, priced);
  const shipping = free === null ? (request.shipping ?? zeroMoney(currency)) : zeroMoney(currency);
  const { gross, discount, net, tax: taxes, total } = priced.totals;
  return {
    at: scene.at,
    validUntil: nextChange({
      at: scene.at,
      timeZone: scene.timeZone,
      prices: lines.flatMap(({ prices }) => prices),
      promotions: promotions.filter((each) => mayConcern(each, withCoupons)),
      exemptUntil: exempt?.exemption.validUntil ?? null,
      taxFrom: nextTaxChange(home.tax, scene),
    }),
    currency,
    taxIncluded: tax.mode === "inclusive",
    lines: lines.flatMap((quoted, index) => {
      const line = priced.lines[index];
      return line === undefined ? [] : [toLine(line, quoted, exempt)];
    }),
    coupons: couponsOf(coupons, shown, [...priced.lines, ...shippingLine(free, currency)]),
    promotions: promotionTotals(priced, currency),
    freeShipping: free === null ? null : { id: free.id, name: free.name },
    totals: { gross, discount, net, tax: taxes, goods: total, shipping, total: addMoney(total, shipping) },
  };
}

/** Promotions that time alone may bring to hold for this basket, or keep from it. */
function mayConcern({ id, when = {} }: Promotion, { channel, coupons }: PricingScene): boolean {
  if (when.channels !== undefined && !when.channels.includes(channel)) return false;
  return when.stores === undefined && (when.coupon === undefined || coupons.includes(id));
}

function toLine(
  { sku, name, quantity, unitPrice, gross, discounts, total, taxes }: TicketLine,
  { place, line: { linked }, compareAt }: QuotedLine,
  exempt: Exempt | null,
): Quote["lines"][number] {
  return {
    line: place,
    charged: linked?.kind ?? null,
    sku,
    name,
    quantity,
    unitPrice,
    compareAt,
    gross,
    discounts: discounts.map((each) => ({
      promotion: each.source === "promotion" ? each.promotion : null,
      // The certificate itself is between the customer and the shops that have seen it.
      name: each.source === "taxExemption" && exempt !== null ? exempt.taxOff : each.reason,
      amount: each.amount,
    })),
    total,
    taxes: taxes.map(({ rate, net, tax }) => ({ name: rate.name, ppm: rate.ppm, net, tax })),
  };
}

/** What free shipping is granted on, as the lines say it of their promotions. */
function shippingLine(free: Promotion | null, currency: Currency): readonly Pick<TicketLine, "discounts">[] {
  if (free === null) return [];
  const { id: promotion, name: reason } = free;
  const amount = zeroMoney(currency);
  return [{ discounts: [{ source: "promotion", reason, amount, promotion, needs: null }] }];
}

function couponsOf(
  coupons: readonly JudgedCoupon[],
  shown: readonly UsedCoupon[],
  lines: readonly Pick<TicketLine, "discounts">[],
): Quote["coupons"] {
  const used = usedCoupons(shown, lines);
  return coupons.map(({ code, promotion, refusal }) => ({
    code,
    state: refusal !== null ? "refused" : used.some((each) => each.code === code) ? "used" : "notUsed",
    why: refusal,
    promotion: promotion === null ? null : { id: promotion.id, name: promotion.name },
  }));
}

function promotionTotals({ lines }: PricedBasket, currency: Currency): Quote["promotions"] {
  const all = lines.flatMap(({ discounts }) => discounts);
  return [...grantedPromotions(lines)].map((id) => {
    const own = all.flatMap((each) => (each.source === "promotion" && each.promotion === id ? [each] : []));
    return {
      id,
      name: own[0]?.reason ?? "",
      amount: sumMoney(
        own.map(({ amount }) => amount),
        currency,
      ),
    };
  });
}
