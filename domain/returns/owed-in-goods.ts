import { type Currency, type Money, money } from "../money/money.ts";
import { type RefundTender, sellsGoods } from "../ticket/ticket.ts";
import {
  type Bringing,
  backUnreceipted,
  type ComingBack,
  comingBack,
  isInGoods,
  leftInGoods,
} from "./open-payments.ts";
import { isSamePurchase } from "./purchase.ts";
import type { Returning } from "./returning.ts";

/**
 * What of an exchange the shop owes in goods alone, where other goods were taken for it: what was paid with store credit, gift cards or points, what was brought by a gift
 * receipt, and goods without a receipt where those bring credit only (`unreceiptedAsCredit`), less what was given back as credit or points. Who brings the other goods back
 * gets that much as credit: else an exchange would make money of it. Zero where no goods were sold that could come back.
 */
export function owedInGoods({
  returning: { standings, gifts = [] },
  refunds,
  unreceiptedAsCredit,
  currency,
  ...ticket
}: Pick<Bringing, "lines" | "taxMode"> & {
  readonly returning: Pick<Returning, "standings" | "gifts">;
  /** What was given back with the ticket. */
  readonly refunds: readonly RefundTender[];
  readonly unreceiptedAsCredit: boolean;
  readonly currency: Currency;
}): Money {
  if (!ticket.lines.some(sellsGoods)) return money(0, currency);
  let taken = backUnreceipted(ticket);
  let owed = unreceiptedAsCredit ? taken : 0;
  for (const each of comingBack({ standings, ...ticket })) {
    taken += each.back.minor;
    owed += backInGoods(each, gifts);
  }
  for (const { to, amount } of refunds) {
    taken -= amount.minor;
    owed -= isInGoods(to.kind) ? amount.minor : 0;
  }
  return money(Math.max(0, Math.min(owed, taken)), currency);
}

/** What is owed in goods alone of what comes back of a purchase, minor units: all of it by a gift receipt. */
export function backInGoods({ standing, back }: ComingBack, gifts: Returning["gifts"] = []): number {
  const isGift = gifts.some((gift) => isSamePurchase(gift, standing.purchase.ref));
  return isGift ? back.minor : Math.min(back.minor, leftInGoods(standing));
}
