import type { Instant, TenderId } from "../ids.ts";
import {
  compareMoney,
  isZero,
  negateMoney,
  subtractMoney,
  sumMoney,
  zeroMoney,
} from "../money/arithmetic.ts";
import { type Currency, type Money, money } from "../money/money.ts";
import { type PricedBasket, priceBasket, settledInCash } from "../pricing/price-basket.ts";
import { ok, type Result, refused } from "../result.ts";
import type { TaxSetup } from "../tax/tax.ts";
import { payableWithValue } from "../value/payable-with-value.ts";
import { type Basket, MAX_AMOUNT_MINOR, MAX_TENDERS_PER_TICKET, type Tender } from "./basket.ts";
import type { RefundTender } from "./ticket.ts";
import { typedText } from "./typed-text.ts";

export type PaymentRefusal =
  | "emptyBasket"
  | "amountNotPositive"
  | "amountTooLarge"
  | "wrongCurrency"
  | "cardExceedsRemaining"
  | "creditExceedsRemaining"
  | "pointsExceedRemaining"
  | "giftCardNeedsMoney"
  | "approvalCodeMissing"
  | "tooManyTenders"
  | "alreadyPaid"
  | "refundExceedsDue"
  | "nothingToGiveBack"
  | "moneyIsGivenBack"
  | "terminalPending";

/** Where the payment of a basket stands. `remaining` is for a card, `remainingInCash` what cash can settle it with. */
export interface Payment {
  readonly priced: PricedBasket;
  readonly due: Money;
  readonly dueInCash: Money;
  readonly paid: Money;
  readonly remaining: Money;
  readonly remainingInCash: Money;
  readonly change: Money;
  /** What is still to be given back, by card or as credit; zero where the customer pays. */
  readonly giveBack: Money;
  /** What cash can settle of that. */
  readonly giveBackInCash: Money;
  readonly complete: boolean;
  /** Exact amount first, then what a customer is likely to hand over, ascending. */
  readonly quickCash: readonly Money[];
}

const MAX_QUICK_CASH = 4;

/**
 * Works out due, paid, remaining and change. Cash rounding applies to a basket paid wholly in cash; as soon as a card is part of it,
 * the exact total is due. What was paid online counts as paid and is no cash. Only cash gives change.
 */
export function paymentOf({
  basket,
  tax,
  currency,
}: {
  readonly basket: Basket;
  readonly tax: TaxSetup;
  readonly currency: Currency;
}): Payment {
  const paidOnline = basket.collecting?.paidOnline ?? zeroMoney(currency);
  const cash = isZero(paidOnline) && basket.tenders.every(isCash);
  const exact = priceBasket({ basket, tax, currency, cash: false });
  const inCash = cash ? settledInCash({ priced: exact, basket, tax, currency }) : exact;
  // Of an exchange that comes to less than the smallest coin there is nothing to hand over.
  const isNothing = basket.returning !== undefined && inCash.totals.due.minor === 0;
  const priced = basket.tenders.length > 0 || isNothing ? inCash : exact;
  const { due: settled } = priced.totals;
  const { due } = exact.totals;
  const { due: dueInCash } = inCash.totals;
  const paid = sumMoney([paidOnline, ...basket.tenders.map(tenderedOf)], currency);
  const zero = zeroMoney(currency);
  const remainingInCash = atLeastZero(subtractMoney(dueInCash, paid));
  // What is given back is given back to the cent; what is paid may be more, and gives change.
  const isSettled = settled.minor < 0 ? paid.minor === settled.minor : compareMoney(paid, settled) >= 0;
  const complete = !isEmptyBasket(basket) && isSettled;
  return {
    priced,
    due,
    dueInCash,
    paid,
    remaining: complete ? zero : atLeastZero(subtractMoney(due, paid)),
    remainingInCash: complete ? zero : remainingInCash,
    change: settled.minor < 0 ? zero : atLeastZero(subtractMoney(paid, settled)),
    // Who pays cash up to a coin that there is has paid more than the exact amount on the way there: nothing of that is given back.
    giveBack: complete || due.minor >= 0 ? zero : atLeastZero(subtractMoney(paid, due)),
    giveBackInCash: complete || dueInCash.minor >= 0 ? zero : atLeastZero(subtractMoney(paid, dueInCash)),
    complete,
    quickCash: complete || remainingInCash.minor === 0 ? [] : quickCash(remainingInCash),
  };
}

/** Nothing is sold and nothing comes back. */
export function isEmptyBasket({ lines, returning }: Pick<Basket, "lines" | "returning">): boolean {
  return lines.length === 0 && (returning === undefined || returning.lines.length === 0);
}

function isCash(tender: Tender): boolean {
  return tender.kind === "cash" || (tender.kind === "refund" && tender.to.kind === "cash");
}

/** What a tender adds to what is paid; money given back is below zero. */
function tenderedOf(tender: Tender): Money {
  if (tender.kind === "refund") return negateMoney(tender.amount);
  return tender.kind === "cash" ? tender.tendered : tender.amount;
}

function atLeastZero(amount: Money): Money {
  return amount.minor < 0 ? zeroMoney(amount.currency) : amount;
}

/** The exact amount, then the next multiples of common coins and notes (5, 10, 20, 50, 100 and 200 units of a hundred). */
function quickCash(amount: Money): readonly Money[] {
  const steps = [500, 1_000, 2_000, 5_000, 10_000, 20_000];
  const rounded = steps
    .map((step) => Math.ceil(amount.minor / step) * step)
    .filter((minor) => minor > amount.minor);
  const distinct = [...new Set([amount.minor, ...rounded.sort((a, b) => a - b)])];
  return distinct.slice(0, MAX_QUICK_CASH).map((minor) => money(minor, amount.currency));
}

/** Takes one tender. A card never exceeds what remains; cash may, and gives change. Money given back never exceeds what is to be given back. */
export function addTender({
  basket,
  tender,
  tax,
  currency,
  at,
}: {
  readonly basket: Basket;
  readonly tender: Tender;
  readonly tax: TaxSetup;
  readonly currency: Currency;
  readonly at: Instant;
}): Result<Basket, PaymentRefusal> {
  const amount = tender.kind === "cash" ? tender.tendered : tender.amount;
  if (isEmptyBasket(basket)) return refused("emptyBasket");
  if (basket.cardRequest !== undefined) return refused("terminalPending");
  if (amount.currency !== currency) return refused("wrongCurrency");
  if (amount.minor <= 0) return refused("amountNotPositive");
  if (amount.minor > MAX_AMOUNT_MINOR) return refused("amountTooLarge");
  if (basket.tenders.length >= MAX_TENDERS_PER_TICKET) return refused("tooManyTenders");
  const payment = paymentOf({ basket, tax, currency });
  if (payment.complete) return refused("alreadyPaid");
  const refusal = tender.kind === "refund" ? refundRefusal(tender, payment) : null;
  if (refusal !== null) return refused(refusal);
  if (tender.kind !== "refund" && payment.giveBack.minor > 0) return refused("moneyIsGivenBack");
  if (tender.kind === "card") {
    if (tender.approvalCode.trim() === "") return refused("approvalCodeMissing");
    if (compareMoney(amount, payment.remaining) > 0) return refused("cardExceedsRemaining");
  }
  if (tender.kind === "credit" || tender.kind === "points") {
    const payable = payableWithValue(basket, payment);
    const isTooMuch = compareMoney(amount, payable) > 0;
    if (isTooMuch && compareMoney(payable, payment.remaining) < 0) return refused("giftCardNeedsMoney");
    if (isTooMuch)
      return refused(tender.kind === "credit" ? "creditExceedsRemaining" : "pointsExceedRemaining");
  }
  return ok({ ...basket, tenders: [...basket.tenders, noted(tender)], updatedAt: at });
}

function refundRefusal(
  { amount, to }: RefundTender,
  { giveBack, giveBackInCash }: Payment,
): PaymentRefusal | null {
  if (giveBack.minor === 0 && giveBackInCash.minor === 0) return "nothingToGiveBack";
  if (to.kind === "card" && to.approvalCode.trim() === "") return "approvalCodeMissing";
  // All of it in coins may be a little more than the exact amount, a part of it never is.
  const most = to.kind === "cash" && amount.minor === giveBackInCash.minor ? giveBackInCash : giveBack;
  return compareMoney(amount, most) > 0 ? "refundExceedsDue" : null;
}

function noted(tender: Tender): Tender {
  if (tender.kind === "refund" && tender.to.kind === "card")
    return { ...tender, to: { ...tender.to, approvalCode: typedText(tender.to.approvalCode) } };
  return tender.kind === "card" ? { ...tender, approvalCode: typedText(tender.approvalCode) } : tender;
}

/** Which tender the change is given from: the last cash tenders, as far as each covers it. */
export function changeByTender(tenders: readonly Tender[], change: Money): ReadonlyMap<TenderId, Money> {
  let left = change.minor;
  const byTender = new Map<TenderId, Money>();
  for (const tender of [...tenders].reverse()) {
    if (tender.kind !== "cash") continue;
    const given = Math.min(left, tender.tendered.minor);
    byTender.set(tender.id, money(given, change.currency));
    left -= given;
  }
  return byTender;
}
