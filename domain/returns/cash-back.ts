import { addMoney, subtractMoney, sumMoney, zeroMoney } from "../money/arithmetic.ts";
import { type Currency, type Money, money } from "../money/money.ts";
import { roundCash } from "../tax/cash-rounding.ts";
import type { CashRounding, TaxMode } from "../tax/tax.ts";
import type { RepricedLine, ReturnLine, TicketLine } from "../ticket/ticket.ts";
import { purchaseKey } from "./purchase.ts";
import { settledLeft } from "./returned.ts";
import type { Returning } from "./returning.ts";
import { withTax } from "./with-tax.ts";

/** What cash roundings at the sales had spared the customer and that therefore is not given back. */
export function sparedBy(lines: readonly TicketLine[], currency: Currency): Money {
  return sumMoney(
    lines.flatMap((line) => (line.kind === "return" && line.spared !== undefined ? [line.spared] : [])),
    currency,
  );
}

/**
 * By how much cash that is given back may be rounded up: in an exchange to what the goods sold cost, whose own price it lessens; else to what the first purchase
 * was settled with beyond what is given back for it, and not at all where another till may be taking the same purchase back. Else the rounding of many small
 * returns would add up to more than was paid.
 */
export function roundingSlack({
  returning: { standings, roundsDown = false },
  lines,
  mode,
  currency,
}: {
  readonly returning: Returning;
  readonly lines: readonly TicketLine[];
  /** The ticket's. */
  readonly mode: TaxMode;
  readonly currency: Currency;
}): Money {
  // What pays an order is the order's: no rounding lessens its price.
  const sold = lines.filter((line) => line.kind === "sale" && line.order === undefined);
  const back = lines.filter((line) => line.kind !== "sale");
  if (sold.length > 0)
    return sumMoney(
      sold.map((line) => withTax(line, mode)),
      currency,
    );
  if (roundsDown) return zeroMoney(currency);
  const [first] = standings.filter(({ purchase }) => back.some((line) => isOf(line, purchase.ref)));
  if (first === undefined) return zeroMoney(currency);
  const { ref } = first.purchase;
  const own = back.filter((line) => isOf(line, ref));
  const given = own.reduce((sum, line) => subtractMoney(sum, withTax(line, mode)), zeroMoney(currency));
  const after = subtractMoney(addMoney(settledLeft(first), sparedBy(own, currency)), given);
  return after.minor > 0 ? after : zeroMoney(currency);
}

function isOf({ of }: ReturnLine | RepricedLine, ref: Parameters<typeof purchaseKey>[0]): boolean {
  return of !== null && purchaseKey(of.purchase) === purchaseKey(ref);
}

/** What is due in coins. Money that is given back is rounded as any other, but up by no more than `slack`: then it is rounded down. */
export function roundDue({
  exact,
  rounding,
  slack,
}: {
  readonly exact: Money;
  readonly rounding: CashRounding | null;
  readonly slack: Money | null;
}): Money {
  const rounded = roundCash({ amount: exact, rounding });
  if (rounding === null || slack === null || exact.minor - rounded.minor <= slack.minor) return rounded;
  const step = rounding.incrementMinor;
  return money(Math.ceil(exact.minor / step) * step, exact.currency);
}
