import { grantedPromotions } from "../coupons/uses.ts";
import { allocateMoney } from "../money/allocate.ts";
import {
  addMoney,
  compareMoney,
  isZero,
  lesserMoney,
  subtractMoney,
  sumMoney,
  timesMoney,
  zeroMoney,
} from "../money/arithmetic.ts";
import type { Currency, Money } from "../money/money.ts";
import { shareMoney } from "../money/share.ts";
import { freeShippingOf, grantsOf, type Promoting } from "../promotions/grants.ts";
import type { Promotion } from "../promotions/promotion.ts";
import { roundDue, roundingSlack, sparedBy } from "../returns/cash-back.ts";
import { returnLines } from "../returns/return-lines.ts";
import { computeTax, taxTotalsOf } from "../tax/compute.ts";
import type { TaxAmount, TaxRate, TaxSetup } from "../tax/tax.ts";
import type { Basket, BasketLine, Discount } from "../ticket/basket.ts";
import type { GrantedDiscount, SaleLine, TicketLine, TicketTotals } from "../ticket/ticket.ts";
import { taxFreeLines } from "./tax-exemption.ts";

/** A basket with every cent worked out: what its ticket would say if it were paid now. */
export interface PricedBasket {
  readonly lines: readonly TicketLine[];
  readonly taxes: readonly TaxAmount[];
  readonly totals: TicketTotals;
}

/** What pricing needs of a basket: the lines, the promotions, the discount over all of them, and what comes back. */
export type Priceable = Pick<
  Basket,
  "lines" | "discount" | "promotions" | "promotionChoice" | "taxExemption" | "returning"
>;

/**
 * Prices a basket: line discounts first, promotions on lines without one, then the basket's discount shared over the lines by value, then tax. No line and no
 * total ever falls below zero. `cash` says that it is paid wholly in cash, so that the store's cash rounding applies.
 * A line whose tax class the store does not know is taxed at no rate. What comes back follows the lines that are sold, with amounts below zero. Throws on a
 * currency other than `currency`.
 */
export function priceBasket({
  basket,
  tax,
  currency,
  cash,
}: {
  readonly basket: Priceable;
  readonly tax: TaxSetup;
  readonly currency: Currency;
  readonly cash: boolean;
}): PricedBasket {
  const drafts = shareBasketDiscount(promoted(basket, currency), basket.discount, currency);
  const rates = ratesByClass(tax);
  const computed = computeTax({
    taxables: drafts.map((draft) => ({ amount: draft.total, rates: ratesOf(draft.line, rates) })),
    mode: tax.mode,
    rounding: tax.rounding,
  });
  const taxed = drafts.map((draft, index) => toTicketLine(draft, computed.lines[index] ?? []));
  const { taxExemption } = basket;
  const sold = taxExemption === undefined ? taxed : taxFreeLines(taxed, { ...taxExemption, mode: tax.mode });
  const back = basket.returning === undefined ? [] : returnLines({ returning: basket.returning, tax });
  const lines = [...sold, ...back];
  const taxes =
    back.length === 0 && sold === taxed ? computed.totals : taxTotalsOf(lines.map((line) => line.taxes));
  const exact = { lines, taxes, totals: totalsOf({ lines, tax, currency }) };
  return cash ? settledInCash({ priced: exact, basket, tax, currency }) : exact;
}

/** A priced basket as it is when it is paid, or money given back, wholly in cash: in coins that there are. */
export function settledInCash({
  priced,
  basket: { returning },
  tax,
  currency,
}: {
  readonly priced: PricedBasket;
  readonly basket: Pick<Basket, "returning">;
  readonly tax: TaxSetup;
  readonly currency: Currency;
}): PricedBasket {
  const { lines, totals } = priced;
  const slack =
    returning === undefined ? null : roundingSlack({ returning, lines, mode: tax.mode, currency });
  const due = roundDue({ exact: totals.due, rounding: tax.cashRounding, slack });
  const cashRounding = subtractMoney(due, totals.total);
  return { ...priced, totals: { ...totals, cashRounding, due } };
}

interface DraftLine {
  readonly line: BasketLine;
  readonly gross: Money;
  readonly discounts: readonly GrantedDiscount[];
  readonly total: Money;
}

function ratesByClass(tax: TaxSetup): ReadonlyMap<string, readonly TaxRate[]> {
  return new Map(tax.classes.map((taxClass) => [taxClass.id, taxClass.rates]));
}

/**
 * Value on a gift card is bought without tax: it can be spent on goods of any rate, so that it is a voucher for several purposes, and what is bought with it is
 * taxed when it is spent (Directive 2006/112/EC, article 30b).
 */
function ratesOf(line: BasketLine, rates: ReadonlyMap<string, readonly TaxRate[]>): readonly TaxRate[] {
  return line.giftCard === undefined ? (rates.get(line.taxClass) ?? []) : [];
}

/** What a discount takes off a value: never more than the value itself. */
function discountOn(value: Money, discount: Discount): Money {
  const wanted =
    discount.kind === "percent" ? shareMoney({ amount: value, ppm: discount.ppm }) : discount.amount;
  return lesserMoney(wanted, value);
}

function discountOwn(line: BasketLine): DraftLine {
  const gross = timesMoney(line.unitPrice, line.quantity);
  const plain = { line, gross, discounts: [], total: gross };
  return line.discount === null
    ? plain
    : grant(plain, {
        source: "line",
        reason: line.discount.reason,
        amount: discountOn(gross, line.discount),
      });
}

/** Lines with their own discount, or else what promotions grant on them. */
function promoted(
  basket: Pick<Priceable, "lines" | "promotions" | "promotionChoice">,
  currency: Currency,
): readonly DraftLine[] {
  const drafts = basket.lines.map(discountOwn);
  if (basket.promotions === undefined || basket.promotions.length === 0) return drafts;
  const grants = grantsOf(promotingOf(basket, currency));
  return drafts.map((draft) => (grants.get(draft.line.id) ?? []).reduce(grantPromotion, draft));
}

/** The promotion by which no shipping is charged for a basket that is sent, with what is off its lines as they were priced; null: none. */
export function freeShippingFor(
  basket: Pick<Priceable, "lines" | "promotions" | "promotionChoice">,
  { lines, totals }: Pick<PricedBasket, "lines" | "totals">,
): Promotion | null {
  return freeShippingOf(promotingOf(basket, totals.total.currency), grantedPromotions(lines));
}

/** What was ordered keeps the price that was promised, and what a colleague reduced theirs; value on a gift card is no goods, and a deposit comes back as it is. */
function promotingOf(
  {
    lines,
    promotions = [],
    promotionChoice: choice = "priority",
  }: Pick<Priceable, "lines" | "promotions" | "promotionChoice">,
  currency: Currency,
): Promoting {
  const open = lines
    .filter(
      ({ order, discount, giftCard, linked, override }) =>
        discount === null && [order, giftCard, linked, override].every((each) => each === undefined),
    )
    .map((line) => ({ ...line, category: line.category ?? null }));
  return { lines: open, promotions, choice, currency };
}

/** Also where none of its cents fall on the line: it is one of the goods that the promotion needs. */
function grantPromotion(draft: DraftLine, granted: GrantedDiscount): DraftLine {
  return isZero(granted.amount)
    ? { ...draft, discounts: [...draft.discounts, granted] }
    : grant(draft, granted);
}

function grant(draft: DraftLine, discount: GrantedDiscount): DraftLine {
  if (isZero(discount.amount)) return draft;
  return {
    ...draft,
    discounts: [...draft.discounts, discount],
    total: subtractMoney(draft.total, discount.amount),
  };
}

function shareBasketDiscount(
  drafts: readonly DraftLine[],
  discount: Discount | null,
  currency: Currency,
): readonly DraftLine[] {
  const open = drafts.filter(takesHandDiscount);
  if (discount === null || open.length === 0) return drafts;
  const value = sumMoney(
    open.map((draft) => draft.total),
    currency,
  );
  const ranked = open.toSorted(byRankForOddCents);
  const shares = allocateMoney({
    total: discountOn(value, discount),
    weights: ranked.map((draft) => draft.total.minor),
  });
  const shareOf = new Map(ranked.map((draft, index) => [draft, shares[index] ?? zeroMoney(currency)]));
  return drafts.map((draft) =>
    grant(draft, {
      source: "basket",
      reason: discount.reason,
      amount: shareOf.get(draft) ?? zeroMoney(currency),
    }),
  );
}

/** Deposits, levies, bags and gift cards cost what they cost, whatever a colleague gives off the goods. */
function takesHandDiscount({ line: { linked, giftCard } }: DraftLine): boolean {
  return linked === undefined && giftCard === undefined;
}

/**
 * Odd cents of a discount go to the dearer line, then by tax class. By the order of scanning they would move between tax rates, and the
 * same goods would cost different tax in another order.
 */
function byRankForOddCents(a: DraftLine, b: DraftLine): number {
  const dearerFirst = compareMoney(b.total, a.total);
  if (dearerFirst !== 0) return dearerFirst;
  if (a.line.taxClass === b.line.taxClass) return 0;
  return a.line.taxClass < b.line.taxClass ? -1 : 1;
}

function toTicketLine({ line, gross, discounts, total }: DraftLine, taxes: readonly TaxAmount[]): SaleLine {
  return {
    id: line.id,
    kind: "sale",
    variant: line.variant,
    sku: line.sku,
    name: line.name,
    options: line.options,
    taxClass: line.taxClass,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    gross,
    discounts,
    total,
    taxes,
    ...(line.order === undefined ? {} : { order: line.order }),
    ...(line.returnDays === undefined ? {} : { returnDays: line.returnDays }),
    ...(line.weighed === undefined ? {} : { weighed: line.weighed }),
    ...(line.openPrice === undefined ? {} : { openPrice: line.openPrice }),
    ...(line.override === undefined ? {} : { override: line.override }),
    ...(line.linked === undefined ? {} : { linked: line.linked }),
    ...(line.giftCard === undefined ? {} : { giftCard: line.giftCard }),
    ...(line.soldBy === undefined ? {} : { soldBy: line.soldBy }),
    ...(line.marks === undefined ? {} : { marks: line.marks }),
  };
}

function totalsOf({
  lines,
  tax,
  currency,
}: {
  readonly lines: readonly TicketLine[];
  readonly tax: TaxSetup;
  readonly currency: Currency;
}): TicketTotals {
  const shown = sumMoney(
    lines.map((line) => line.total),
    currency,
  );
  const taxSum = sumMoney(
    lines.flatMap((line) => line.taxes.map((taxAmount) => taxAmount.tax)),
    currency,
  );
  const net = tax.mode === "inclusive" ? subtractMoney(shown, taxSum) : shown;
  const total = addMoney(net, taxSum);
  const spared = sparedBy(lines, currency);
  return {
    gross: sumMoney(
      lines.map((line) => line.gross),
      currency,
    ),
    discount: sumMoney(
      lines.flatMap((line) => line.discounts.map((discount) => discount.amount)),
      currency,
    ),
    net,
    tax: taxSum,
    total,
    cashRounding: spared,
    due: addMoney(total, spared),
  };
}
