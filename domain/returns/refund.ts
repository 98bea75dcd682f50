import { subtractMoney, sumMoney, zeroMoney } from "../money/arithmetic.ts";
import { type Money, money } from "../money/money.ts";
import type { TaxAmount, TaxMode } from "../tax/tax.ts";
import type { PurchasedLine } from "./purchase.ts";
import { type ReturnedLine, returnedOfLine, type Standing } from "./returned.ts";

/** Pieces of a purchased line that come back. */
export interface WantedReturn {
  readonly position: number;
  readonly pieces: number;
}

/** What is given back for pieces of a line (or charged anew for pieces that are kept): above zero, `total` as the purchase shows prices. */
export interface LineRefund {
  readonly line: PurchasedLine;
  readonly pieces: number;
  readonly total: Money;
  readonly taxes: readonly TaxAmount[];
}

/** The pieces of a line that were bought and have not come back yet; 0 where too many did. */
export function piecesLeft(standing: Standing, line: PurchasedLine): number {
  return Math.max(0, line.quantity - returnedOfLine(standing, line.position).pieces);
}

/**
 * What is given back for pieces of a line: their share of what was paid for it and is still the shop's, rounded down, the last piece takes what is left. However
 * a line comes back, in whatever steps and at however many tills that do not know of each other, all pieces together bring no more than was paid
 * for them. More pieces than are left bring what is left.
 */
export function refundOfLine(standing: Standing, line: PurchasedLine, pieces: number): LineRefund {
  const before = returnedOfLine(standing, line.position);
  const left = piecesLeft(standing, line);
  const taken = Math.min(pieces, left);
  const share = (paid: Money, back: Money | undefined): Money => {
    const open = Math.max(0, paid.minor - (back?.minor ?? 0));
    if (taken === 0) return zeroMoney(paid.currency);
    return money(
      taken === left ? open : Number((BigInt(open) * BigInt(taken)) / BigInt(left)),
      paid.currency,
    );
  };
  const { taxMode } = standing.purchase;
  const total = share(line.total, taxMode === "inclusive" ? before.total : withoutTax(before));
  const taxes = line.taxes.map(({ tax }, index) => share(tax, before.taxes[index]));
  return { line, pieces: taken, total, taxes: withNet(line, total, taxes, taxMode) };
}

function withoutTax({ total, taxes }: ReturnedLine): Money {
  return subtractMoney(total, sumMoney(taxes, total.currency));
}

function withNet(
  { taxes }: PurchasedLine,
  total: Money,
  amounts: readonly Money[],
  mode: TaxMode,
): readonly TaxAmount[] {
  const net = mode === "inclusive" ? subtractMoney(total, sumMoney(amounts, total.currency)) : total;
  return taxes.map(({ rate }, index) => ({ rate, net, tax: amounts[index] ?? zeroMoney(total.currency) }));
}
