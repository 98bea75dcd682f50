import type { StaffId, StoreId } from "../ids.ts";
import { addMoney } from "../money/arithmetic.ts";
import { type Currency, type Money, money } from "../money/money.ts";
import type { PurchaseLineRef } from "../returns/purchase.ts";
import type { Ticket, TicketLine } from "../ticket/ticket.ts";

/** To whom a line counts: a colleague, or whoever sold the line that it takes back; null where nobody knows. */
export type CommissionSeller =
  | { readonly kind: "staff"; readonly staff: StaffId }
  | { readonly kind: "soldAt"; readonly line: PurchaseLineRef }
  | null;

/** What one line of a ticket does for somebody's commission. Below zero: goods that came back. */
export interface CommissionLine {
  /** Place of the line in its ticket, from 0. */
  readonly position: number;
  readonly kind: "sold" | "returned";
  readonly seller: CommissionSeller;
  /** Pieces that changed hands, above zero also where they came back; none of what is kept and costs more since. */
  readonly pieces: number;
  /** What the customer paid for it, tax in it. */
  readonly total: Money;
  /** Without tax. */
  readonly net: Money;
}

/**
 * What a ticket does for commission, line by line: goods count for whoever sold them, else for whoever rang them up; what comes back is taken off
 * whoever sold it. Value sold onto gift cards is no turnover yet and counts for nobody.
 */
export function commissionLinesOf(ticket: Ticket): readonly CommissionLine[] {
  return ticket.lines.flatMap((line, position) => {
    if (line.kind === "sale" && line.giftCard !== undefined) return [];
    const tax = line.taxes.reduce((sum, each) => sum + each.tax.minor, 0);
    const isInclusive = ticket.taxMode === "inclusive";
    const { minor } = line.total;
    return [
      {
        position,
        kind: line.kind === "return" ? "returned" : "sold",
        seller: sellerOf(line, ticket.staff),
        pieces: line.kind === "repriced" ? 0 : line.quantity,
        total: money(isInclusive ? minor : minor + tax, ticket.currency),
        net: money(isInclusive ? minor - tax : minor, ticket.currency),
      },
    ];
  });
}

function sellerOf(line: TicketLine, rungUpBy: StaffId): CommissionSeller {
  if (line.kind === "sale") return { kind: "staff", staff: line.soldBy ?? rungUpBy };
  return line.of === null ? null : { kind: "soldAt", line: line.of };
}

/** Lines of one kind, of one colleague and in one store, put together. `staff` null: nobody knows who sold them. */
export interface CommissionAmount {
  readonly staff: StaffId | null;
  readonly store: StoreId;
  readonly kind: "sold" | "returned";
  readonly lines: number;
  readonly pieces: number;
  readonly total: Money;
  readonly net: Money;
}

/** What one colleague sold in a period and one currency; `returned` is zero or below. */
export interface Commission {
  readonly staff: StaffId | null;
  readonly lines: number;
  readonly pieces: number;
  readonly returnedPieces: number;
  readonly sold: Money;
  readonly returned: Money;
  /** sold + returned. */
  readonly total: Money;
  /** `total` without tax. */
  readonly net: Money;
}

/** Sums per colleague and currency, the most first, those of nobody last. They add up to all of the lines. */
export function commissionOf(amounts: readonly CommissionAmount[]): readonly Commission[] {
  const sums = new Map<string, Commission>();
  for (const amount of amounts) {
    const { currency } = amount.total;
    const key = `${currency} ${amount.staff ?? ""}`;
    sums.set(key, withAmount(sums.get(key) ?? nothing(amount.staff, currency), amount));
  }
  return [...sums.values()].sort(byMost);
}

function nothing(staff: StaffId | null, currency: Currency): Commission {
  const zero = money(0, currency);
  return {
    staff,
    lines: 0,
    pieces: 0,
    returnedPieces: 0,
    sold: zero,
    returned: zero,
    total: zero,
    net: zero,
  };
}

function withAmount(sum: Commission, amount: CommissionAmount): Commission {
  const isBack = amount.kind === "returned";
  return {
    staff: sum.staff,
    lines: sum.lines + amount.lines,
    pieces: sum.pieces + (isBack ? 0 : amount.pieces),
    returnedPieces: sum.returnedPieces + (isBack ? amount.pieces : 0),
    sold: isBack ? sum.sold : addMoney(sum.sold, amount.total),
    returned: isBack ? addMoney(sum.returned, amount.total) : sum.returned,
    total: addMoney(sum.total, amount.total),
    net: addMoney(sum.net, amount.net),
  };
}

function byMost(a: Commission, b: Commission): number {
  if ((a.staff === null) !== (b.staff === null)) return a.staff === null ? 1 : -1;
  return b.total.minor - a.total.minor || ((a.staff ?? "") < (b.staff ?? "") ? -1 : 1);
}
