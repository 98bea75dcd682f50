import { money } from "../money/money.ts";
import type { RefundShare, RefundTender, Ticket } from "../ticket/ticket.ts";
import { backInMoney, type ComingBack, comingBack, isInGoods, paymentsOf } from "./open-payments.ts";
import { backInGoods } from "./owed-in-goods.ts";
import { paymentOfRefund } from "./payment-name.ts";
import { isSamePurchase } from "./purchase.ts";
import { returnActsOf } from "./return-acts.ts";
import type { Returning } from "./returning.ts";

/** What of a purchase's money is still to be told where it went, minor units. */
interface Open {
  readonly of: ComingBack;
  /** All of it, what of that was paid in money, and what is owed in goods alone. */
  left: number;
  inMoney: number;
  inGoods: number;
}

/** To payments by name first, then what other goods were taken for, then in coins, and what is left as credit. */
const BY_NAME: readonly RefundTender["to"]["kind"][] = ["online", "card", "points"];
const BY_NO_NAME: readonly RefundTender["to"]["kind"][] = ["cash", "credit"];

/**
 * Which refunds of a ticket are for which of the purchases that come back with it: to a payment for the purchase that it paid, no more than that, in cash for what was paid in money. Else
 * what went to the one would be counted for the other, and could go there again. Also for which of them other goods were taken as owed in goods (`owedInGoods`). None where one purchase
 * comes back: all of it is its own.
 */
export function refundShares(
  ticket: Ticket,
  { standings, gifts }: Pick<Returning, "standings" | "gifts">,
): readonly RefundShare[] {
  const acts = returnActsOf(ticket);
  if (acts.length < 2) return [];
  const open = comingBack({ standings, ...ticket }).flatMap((of): Open[] => {
    const own = acts.find(({ purchase }) => isSamePurchase(purchase, of.standing.purchase.ref));
    const left = own?.act.settled.minor ?? 0;
    const inMoney = Math.min(left, backInMoney(of).minor);
    return left > 0 ? [{ of, left, inMoney, inGoods: backInGoods(of, gifts) }] : [];
  });
  const refunds = ticket.tenders.flatMap((tender) => (tender.kind === "refund" ? [tender] : []));
  const sharesBy = (kinds: typeof BY_NAME): readonly RefundShare[] =>
    kinds
      .flatMap((kind) => refunds.filter(({ to }) => to.kind === kind))
      .flatMap((tender) => sharesOf(tender, open));
  return [...sharesBy(BY_NAME), ...inGoodsOf(ticket, open), ...sharesBy(BY_NO_NAME)];
}

/** For what was not paid in money before what was: else money that went back would be counted for what cannot go back as money. */
function inGoodsOf({ returning }: Ticket, open: readonly Open[]): readonly RefundShare[] {
  const amount = returning?.owedInGoods;
  if (amount === undefined) return [];
  return dealt({ tender: null, amount }, open, {
    first: ({ left, inMoney, inGoods }) => Math.min(inGoods, left - Math.max(0, inMoney)),
    again: ({ inGoods }) => inGoods,
    take: (each, now) => {
      each.inGoods -= now;
    },
  });
}

function sharesOf({ id, amount, to }: RefundTender, open: readonly Open[]): readonly RefundShare[] {
  return dealt({ tender: id, amount }, open, {
    first: fitting(to),
    again: ({ left }) => left,
    take: (each, now) => {
      if (isInGoods(to.kind)) each.inGoods -= now;
      else each.inMoney -= now;
    },
  });
}

/** Deals an amount out to the purchases, to each as much as `first` says, and what is left as `again` says. */
function dealt(
  { tender, amount }: Pick<RefundShare, "tender" | "amount">,
  open: readonly Open[],
  {
    first,
    again,
    take,
  }: {
    readonly first: (open: Open) => number;
    readonly again: (open: Open) => number;
    readonly take: (open: Open, now: number) => void;
  },
): readonly RefundShare[] {
  let rest = amount.minor;
  const taken = new Map<Open, number>();
  for (const mostOf of [first, again]) {
    for (const each of open) {
      const now = Math.max(0, Math.min(rest, each.left, mostOf(each)));
      rest -= now;
      each.left -= now;
      take(each, now);
      taken.set(each, (taken.get(each) ?? 0) + now);
    }
  }
  return [...taken].flatMap(([{ of }, minor]) =>
    minor === 0
      ? []
      : [{ tender, purchase: of.standing.purchase.ref, amount: money(minor, amount.currency) }],
  );
}

/** How much of a refund is a purchase's own. */
function fitting(to: RefundTender["to"]): (open: Open) => number {
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
