import { allocateMoney } from "../money/allocate.ts";
import { lesserMoney, sumMoney, zeroMoney } from "../money/arithmetic.ts";
import { type Money, money } from "../money/money.ts";
import { computeTax } from "../tax/compute.ts";
import { type Kept, pricedAnew } from "./priced-anew.ts";
import type { Purchase, PurchasedLine } from "./purchase.ts";
import { type LineRefund, piecesLeft } from "./refund.ts";
import { returnedOfLine, type Standing } from "./returned.ts";
import { withTax } from "./with-tax.ts";

/** Whether what a promotion had taken off stays off when the goods it was granted for come back, or the goods that are kept are priced without it. */
export const PROMOTIONS_ON_RETURN = ["keep", "recompute"] as const;
export type PromotionsOnReturn = (typeof PROMOTIONS_ON_RETURN)[number];

/**
 * What the goods that the customer keeps cost more, once these come back and their promotions are granted again on what is kept. Never less than nothing, also
 * where they would be cheaper now, and never more than is given back: whoever brings something back does not pay for it. What a return could not bring in,
 * the next one of the same purchase does.
 */
export function repricedLines(standing: Standing, refunds: readonly LineRefund[]): readonly LineRefund[] {
  const { purchase } = standing;
  const { lines, currency, taxMode } = purchase;
  const kept = keptPieces(standing, refunds);
  const costs = pricedAnew(purchase, kept);
  const missing = lines.map((line) => {
    const cost = costs.get(line.position);
    return cost === undefined ? 0 : cost.minor - stillPaid(standing, line, refunds);
  });
  const wanted = missing.reduce((sum, minor) => sum + minor, 0);
  if (wanted <= 0) return [];
  const given = sumMoney(
    refunds.map((refund) => withTax(refund, taxMode)),
    currency,
  );
  const charges = allocateMoney({
    total: lesserMoney(money(wanted, currency), given),
    weights: missing.map((minor) => Math.max(0, minor)),
  });
  return lines.flatMap((line, index) => {
    const charge = charges[index] ?? zeroMoney(currency);
    return charge.minor === 0
      ? []
      : [{ ...chargedWithin(line, charge, purchase), pieces: kept.get(line.position) ?? 0 }];
  });
}

function keptPieces(standing: Standing, refunds: readonly LineRefund[]): Kept {
  const back = new Map<number, number>();
  for (const { line, pieces } of refunds) back.set(line.position, (back.get(line.position) ?? 0) + pieces);
  return new Map(
    standing.purchase.lines.map((line) => [
      line.position,
      piecesLeft(standing, line) - (back.get(line.position) ?? 0),
    ]),
  );
}

/** What the shop has for the kept pieces of a line in minor units, tax in it, after these refunds. */
function stillPaid(standing: Standing, line: PurchasedLine, refunds: readonly LineRefund[]): number {
  const { taxMode } = standing.purchase;
  const now = refunds
    .filter((each) => each.line.position === line.position)
    .reduce((sum, refund) => sum + withTax(refund, taxMode).minor, 0);
  return withTax(line, taxMode).minor - returnedOfLine(standing, line.position).total.minor - now;
}

/** An amount with the tax in it as a charge on the line: by the rates of the day of sale. */
function chargedWithin(
  line: PurchasedLine,
  charge: Money,
  { taxMode }: Purchase,
): Pick<LineRefund, "line" | "total" | "taxes"> {
  const rates = line.taxes.map(({ rate }) => rate);
  const { totals } = computeTax({
    taxables: [{ amount: charge, rates }],
    mode: "inclusive",
    rounding: "line",
  });
  const tax = sumMoney(
    totals.map((each) => each.tax),
    charge.currency,
  );
  const net = money(charge.minor - tax.minor, charge.currency);
  return { line, total: taxMode === "inclusive" ? charge : net, taxes: totals };
}
