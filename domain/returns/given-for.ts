import { money } from "../money/money.ts";
import type { RefundTender, Ticket } from "../ticket/ticket.ts";
import { paymentOfRefund } from "./payment-name.ts";
import { isSamePurchase, type PurchaseRef } from "./purchase.ts";
import type { GivenBack, ReturnAct } from "./returned.ts";

/** What a ticket gave for goods that came back. */
interface Given extends Pick<GivenBack, "kind" | "payment"> {
  /** Null: no refund, but other goods for what is owed in goods alone. */
  readonly tender: RefundTender["id"] | null;
  /** The only purchase that it can be for; null: any. */
  readonly order: string | null;
  /** What nobody got of it yet, minor units. */
  left: number;
}

/**
 * How the money of a ticket went back for each of its purchases: as the ticket says; where it does not, to an order what went online to it, the rest to one purchase after the other, as far as
 * it is owed. What of an exchange was taken as owed in goods counts as credit that went back: so tills of before read it too. The rest of an exchange goes nowhere.
 */
export function givenFor(
  ticket: Ticket,
  acts: readonly { readonly purchase: PurchaseRef; readonly act: ReturnAct }[],
): readonly (readonly GivenBack[])[] {
  const given = givenWith(ticket);
  const open = acts.map(({ act }) => Math.max(0, act.settled.minor));
  const parts: GivenBack[][] = acts.map(() => []);
  const give = (from: Given, index: number, most: number): void => {
    const now = Math.min(most, from.left, open[index] ?? 0);
    if (now <= 0) return;
    open[index] = (open[index] ?? 0) - now;
    from.left -= now;
    const { kind, payment } = from;
    parts[index]?.push({ kind, amount: money(now, ticket.currency), payment });
  };
  for (const share of ticket.returning?.shares ?? []) {
    const from = given.find(({ tender }) => tender === share.tender);
    const index = acts.findIndex(({ purchase }) => isSamePurchase(purchase, share.purchase));
    if (from !== undefined) give(from, index, share.amount.minor);
  }
  for (const from of given.toSorted((a, b) => Number(a.order === null) - Number(b.order === null)))
    for (const [index, { purchase }] of acts.entries())
      if (from.order === null || from.order === purchase.id) give(from, index, from.left);
  return parts;
}

function givenWith({ tenders, returning }: Ticket): readonly Given[] {
  const refunds = tenders.flatMap((tender): Given[] => {
    if (tender.kind !== "refund") return [];
    const { id, to, amount } = tender;
    const order = to.kind === "online" ? to.order : null;
    return [{ tender: id, kind: to.kind, payment: paymentOfRefund(to), order, left: amount.minor }];
  });
  const inGoods = returning?.owedInGoods?.minor ?? 0;
  return [...refunds, { tender: null, kind: "credit", payment: null, order: null, left: inGoods }];
}
