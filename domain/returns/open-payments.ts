import { pointsGivenBack } from "../loyalty/taken-back.ts";
import { addMoney, subtractMoney, zeroMoney } from "../money/arithmetic.ts";
import { type Money, money } from "../money/money.ts";
import type { TaxMode } from "../tax/tax.ts";
import type { TicketLine } from "../ticket/ticket.ts";
import { paymentOfPaid } from "./payment-name.ts";
import { isSamePurchase, type PaidWith } from "./purchase.ts";
import { type Standing, settledLeft } from "./returned.ts";
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

/** A payment of a purchase, by name, and what of it did not go back in returns of before. Below zero where more went back that way than came in. */
export interface OpenPayment {
  readonly kind: PaidWith["kind"];
  readonly payment: string | null;
  readonly left: Money;
  /** Of points: how many were paid, and for how much of the money. */
  readonly points: number;
  readonly paid: Money;
}

/** How a purchase was paid, payment by payment. */
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
  for (const { kind, payment, amount } of returned.acts.flatMap(({ to = [] }) => to)) {
    const named = open.get(`${kind} ${payment}`) ?? [...open.values()].find((each) => each.kind === kind);
    if (named !== undefined)
      open.set(`${kind} ${named.payment}`, { ...named, left: subtractMoney(named.left, amount) });
  }
  return [...open.values()];
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

/**
 * What of a purchase is still owed in goods, since store credit, gift cards or points paid it, over all its returns. Where other goods were taken for what came back, they were taken for that
 * first (`owedInGoods`).
 */
export function leftInGoods(standing: Standing): number {
  const inValue = paymentsOf(standing).reduce(
    (value, { kind, left }) =>
      kind === "credit" || kind === "points" ? value + Math.max(0, left.minor) : value,
    0,
  );
  const exchanged = standing.returned.acts.reduce((sum, { settled, to }) => {
    if (to === undefined) return sum;
    const given = to.reduce((all, { amount }) => all + amount.minor, 0);
    return sum + Math.max(0, settled.minor - given);
  }, 0);
  return Math.max(0, inValue - exchanged);
}

/** What of it was paid in money: what the shop owes in goods never comes out as money by way of goods that are brought back. */
export function backInMoney({ standing, back }: ComingBack): Money {
  const inValue = leftInGoods(standing);
  if (inValue === 0) return back;
  const inMoney = Math.min(back.minor, settledLeft(standing).minor - inValue);
  return money(Math.max(0, inMoney), back.currency);
}
