import { pointsGivenBack } from "../loyalty/taken-back.ts";
import { addMoney, subtractMoney, zeroMoney } from "../money/arithmetic.ts";
import { type Money, money } from "../money/money.ts";
import type { TaxMode } from "../tax/tax.ts";
import type { TicketLine } from "../ticket/ticket.ts";
import { paymentOfPaid } from "./payment-name.ts";
import { isSamePurchase, type PaidWith } from "./purchase.ts";
import { type GivenBack, type Standing, settledLeft } from "./returned.ts";
import { withTax } from "./with-tax.ts";

/** What a ticket takes back. */
export interface Bringing {
  readonly standings: readonly Standing[];
  /** The priced ones of the ticket. */
  readonly lines: readonly TicketLine[];
  /** The ticket's. */
  readonly taxMode: TaxMode;
}

/** A purchase of which something comes back with a ticket, and how much that brings. */
export interface ComingBack {
  readonly standing: Standing;
  readonly back: Money;
}

/** The purchases of which something comes back. */
export function comingBack({ standings, lines, taxMode }: Bringing): readonly ComingBack[] {
  return standings.flatMap((standing) => {
    const { ref, currency } = standing.purchase;
    const back = lines.reduce((sum, line) => {
      if (line.kind === "sale" || line.of === null || !isSamePurchase(line.of.purchase, ref)) return sum;
      const spared = line.kind === "return" ? (line.spared ?? zeroMoney(currency)) : zeroMoney(currency);
      return subtractMoney(sum, addMoney(withTax(line, taxMode), spared));
    }, zeroMoney(currency));
    return back.minor > 0 ? [{ standing, back }] : [];
  });
}

/** What goods without a receipt bring, minor units: they are of no purchase. */
export function backUnreceipted({ lines, taxMode }: Pick<Bringing, "lines" | "taxMode">): number {
  return lines.reduce(
    (sum, line) => (line.kind === "return" && line.of === null ? sum - withTax(line, taxMode).minor : sum),
    0,
  );
}

/** A payment of a purchase, by name, and what of it did not go back in returns of before. Below zero where more went back that way than came in. */
export interface OpenPayment {
  readonly kind: PaidWith["kind"];
  readonly payment: string | null;
  readonly left: Money;
  /** Of points: how many were paid, and for how much of the money. */
  readonly points: number;
  readonly paid: Money;
}

/**
 * How a purchase was paid, payment by payment. What went back as credit beyond what credit had paid went back for points: the shop owes no more of them, in whatever way it gave their worth.
 * What was given back in another currency cannot be set against it.
 */
export function paymentsOf({ purchase, returned }: Standing): readonly OpenPayment[] {
  const open = new Map<string, OpenPayment>();
  for (const paid of purchase.paidWith) {
    const payment = paymentOfPaid(paid);
    const before = open.get(`${paid.kind} ${payment}`);
    const left = addMoney(before?.left ?? zeroMoney(purchase.currency), paid.amount);
    const points = (before?.points ?? 0) + (paid.kind === "points" ? paid.points : 0);
    const all = addMoney(before?.paid ?? zeroMoney(purchase.currency), paid.amount);
    open.set(`${paid.kind} ${payment}`, { kind: paid.kind, payment, left, points, paid: all });
  }
  const given = returned.acts
    .flatMap(({ to = [] }) => to)
    .filter(({ amount }) => amount.currency === purchase.currency);
  for (const { kind, payment, amount } of given) {
    const named = open.get(`${kind} ${payment}`) ?? [...open.values()].find((each) => each.kind === kind);
    if (named !== undefined)
      open.set(`${kind} ${named.payment}`, { ...named, left: subtractMoney(named.left, amount) });
  }
  return lessCreditBeyond([...open.values()], given);
}

function lessCreditBeyond(
  payments: readonly OpenPayment[],
  given: readonly GivenBack[],
): readonly OpenPayment[] {
  const asCredit = given.reduce((sum, { kind, amount }) => (kind === "credit" ? sum + amount.minor : sum), 0);
  const byCredit = payments.reduce((sum, { kind, paid }) => (kind === "credit" ? sum + paid.minor : sum), 0);
  let beyond = Math.max(0, asCredit - byCredit);
  return payments.map((each) => {
    if (each.kind !== "points") return each;
    const { currency } = each.left;
    const now = Math.min(beyond, Math.max(0, each.left.minor));
    beyond -= now;
    return { ...each, left: subtractMoney(each.left, money(now, currency)) };
  });
}

/** How many points go back for so much of what they had paid, on top of what went back before: of all of it together all that were paid. */
export function pointsFor(
  { points, paid, left }: Pick<OpenPayment, "points" | "paid" | "left">,
  back: Money,
): number {
  const before = Math.max(0, paid.minor - left.minor);
  const share = (minor: number): number => pointsGivenBack({ points, amountMinor: paid.minor }, minor);
  return share(before + back.minor) - share(before);
}

/** Whether it is what the shop owes in goods, store credit, a gift card or points, and no money. */
export function isInGoods(kind: PaidWith["kind"]): boolean {
  return kind === "credit" || kind === "points";
}

/** What of a purchase is still owed in goods, since store credit, gift cards or points paid it, over all its returns. */
export function leftInGoods(standing: Standing): number {
  return leftOf(paymentsOf(standing), isInGoods);
}

function leftOf(payments: readonly OpenPayment[], isAsked: (kind: PaidWith["kind"]) => boolean): number {
  return payments.reduce((sum, { kind, left }) => (isAsked(kind) ? sum + Math.max(0, left.minor) : sum), 0);
}

/** What of it was paid in money: what the shop owes in goods never comes out as money by way of goods that are brought back, and what points had paid comes back before money does. */
export function backInMoney({ standing, back }: ComingBack): Money {
  const payments = paymentsOf(standing);
  const inValue = leftOf(payments, isInGoods);
  if (inValue === 0) return back;
  const byPoints = leftOf(payments, (kind) => kind === "points");
  const inMoney = Math.min(back.minor - byPoints, settledLeft(standing).minor - inValue);
  return money(Math.max(0, inMoney), back.currency);
}
