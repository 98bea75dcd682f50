import { type Money, money } from "../money/money.ts";
import type { RefundShare, RefundTender, Ticket } from "../ticket/ticket.ts";
import { backInMoney, type ComingBack, comingBack, paymentsOf } from "./open-payments.ts";
import { paymentOfRefund } from "./payment-name.ts";
import { isSamePurchase } from "./purchase.ts";
import { returnActsOf } from "./return-acts.ts";
import type { Standing } from "./returned.ts";

/** What of a purchase's money is still to be told where it went, minor units. */
interface Open {
  readonly of: ComingBack;
  /** All of it, and what of that was paid in money. */
  left: number;
  inMoney: number;
}

/** To payments by name first, then in coins, and what is left as credit. */
const FIRST: readonly RefundTender["to"]["kind"][] = ["online", "card", "points", "cash", "credit"];

/**
 * Which refunds of a ticket are for which of the purchases that come back with it: to a payment for the purchase that it paid, no more than that, in cash for what was paid in money. Else
 * what went to the one would be counted for the other, and could go there again. None where one purchase comes back: all of it is its own.
 */
export function refundShares(ticket: Ticket, standings: readonly Standing[]): readonly RefundShare[] {
  const acts = returnActsOf(ticket);
  if (acts.length < 2) return [];
  const open = comingBack({ standings, ...ticket }).flatMap((of): Open[] => {
    const own = acts.find(({ purchase }) => isSamePurchase(purchase, of.standing.purchase.ref));
    const left = own?.act.settled.minor ?? 0;
    return left > 0 ? [{ of, left, inMoney: Math.min(left, backInMoney(of).minor) }] : [];
  });
  return ticket.tenders
    .flatMap((tender) => (tender.kind === "refund" ? [tender] : []))
    .toSorted((a, b) => FIRST.indexOf(a.to.kind) - FIRST.indexOf(b.to.kind))
    .flatMap((tender) => sharesOf(tender, open));
}

function sharesOf(tender: RefundTender, open: readonly Open[]): readonly RefundShare[] {
  let rest = tender.amount.minor;
  const taken = new Map<Open, number>();
  for (const mostOf of [fitting(tender), anyOf]) {
    for (const each of open) {
      const now = Math.min(rest, each.left, Math.max(0, mostOf(each)));
      rest -= now;
      each.left -= now;
      if (tender.to.kind !== "credit" && tender.to.kind !== "points") each.inMoney -= now;
      taken.set(each, (taken.get(each) ?? 0) + now);
    }
  }
  return [...taken].flatMap(([{ of }, minor]) => {
    const amount: Money = money(minor, tender.amount.currency);
    return minor === 0 ? [] : [{ tender: tender.id, purchase: of.standing.purchase.ref, amount }];
  });
}

/** How much of a refund is a purchase's own. */
function fitting({ to }: RefundTender): (open: Open) => number {
  switch (to.kind) {
    case "cash":
      return ({ inMoney }) => inMoney;
    case "credit":
      return ({ left, inMoney }) => left - Math.max(0, inMoney);
    case "online":
    case "card":
    case "points":
      return ({ of: { standing } }) =>
        paymentsOf(standing)
          .filter(({ kind, payment }) => kind === to.kind && payment === (paymentOfRefund(to) ?? payment))
          .reduce((sum, { left }) => sum + left.minor, 0);
  }
}

function anyOf({ left }: Open): number {
  return left;
}
