import type { OrderId } from "../ids.ts";
import { subtractMoney, sumMoney } from "../money/arithmetic.ts";
import { type Currency, type Money, money } from "../money/money.ts";
import { orderLineOf, type Ticket } from "../ticket/ticket.ts";
import { sparedBy } from "./cash-back.ts";
import { withTax } from "./with-tax.ts";

/** What a ticket's cash rounding added to, or took off, its own sale lines: never more than they are worth is taken off. */
export function roundingOfOwnLines(ticket: Ticket): Money {
  return money(sharesOf(ticket).get(null) ?? 0, ticket.currency);
}

/** What the cash roundings of tickets added to, or took off, what was paid with them for an order. */
export function roundingOfOrder(
  { id, currency }: { readonly id: OrderId; readonly currency: Currency },
  tickets: readonly Ticket[],
): Money {
  return sumMoney(
    tickets
      .filter((ticket) => ticket.currency === currency)
      .map((ticket) => money(sharesOf(ticket).get(id) ?? 0, currency)),
    currency,
  );
}

/**
 * The rounding in coins is the goods' that were sold: the ticket's own first, as far as they carry it, then each order's. Where goods came back and the ticket sold
 * none of its own, it is theirs; and so is what a rounding of before spared the customer.
 */
function sharesOf(ticket: Ticket): ReadonlyMap<OrderId | null, number> {
  const { lines, totals, currency, taxMode } = ticket;
  const worths = new Map<OrderId | null, number>();
  for (const line of lines) {
    if (line.kind !== "sale") continue;
    const whose = orderLineOf(line)?.order ?? null;
    worths.set(whose, (worths.get(whose) ?? 0) + withTax(line, taxMode).minor);
  }
  const isOfReturn = lines.some(({ kind }) => kind !== "sale") && !worths.has(null);
  if (isOfReturn) return new Map();
  const ownFirst = [...worths].toSorted(([a], [b]) => Number(a !== null) - Number(b !== null));
  let left = subtractMoney(totals.cashRounding, sparedBy(lines, currency)).minor;
  const shares = new Map<OrderId | null, number>();
  for (const [whose, worth] of ownFirst) {
    const carried = left < 0 ? Math.max(left, -Math.max(0, worth)) : worth > 0 ? left : 0;
    shares.set(whose, carried);
    left -= carried;
  }
  // More than goods that cost nothing were worth was paid: for whatever there is.
  const [first] = ownFirst;
  if (left > 0 && first !== undefined) shares.set(first[0], left);
  return shares;
}
