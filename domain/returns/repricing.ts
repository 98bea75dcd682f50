import { allocateMoney } from "../money/allocate.ts";
import { sumMoney, zeroMoney } from "../money/arithmetic.ts";
import { divideRounding } from "../money/divide.ts";
import { type Money, money } from "../money/money.ts";
import { PPM } from "../money/share.ts";
import { computeTax } from "../tax/compute.ts";
import type { DependentDiscount, Purchase, PurchasedLine } from "./purchase.ts";
import { type LineRefund, piecesLeft } from "./refund.ts";
import { returnedOfLine, type Standing } from "./returned.ts";
import { withTax } from "./with-tax.ts";

/** Whether what a promotion had taken off stays off when the goods it was granted for come back, or the goods that are kept are priced without it. */
export const PROMOTIONS_ON_RETURN = ["keep", "recompute"] as const;
export type PromotionsOnReturn = (typeof PROMOTIONS_ON_RETURN)[number];

/**
 * What the goods that the customer keeps cost more, once these come back and a promotion no longer has what it needs. Never more than is given back: whoever
 * brings something back does not pay for it. What a return could not bring in, the next one of the same purchase does.
 */
export function repricedLines(standing: Standing, refunds: readonly LineRefund[]): readonly LineRefund[] {
  const { purchase } = standing;
  const { currency, taxMode } = purchase;
  const kept = keptPieces(standing, refunds);
  const charges = purchase.lines.map((line) => chargeOf({ standing, line, refunds, kept }));
  const wanted = sumMoney(charges, currency);
  if (wanted.minor === 0) return [];
  const given = sumMoney(
    refunds.map((refund) => withTax(refund, taxMode)),
    currency,
  );
  const capped =
    wanted.minor <= given.minor
      ? charges
      : allocateMoney({ total: given, weights: charges.map(({ minor }) => minor) });
  return purchase.lines.flatMap((line, index) => {
    const charge = capped[index] ?? zeroMoney(currency);
    return charge.minor === 0
      ? []
      : [{ ...chargedWithin(line, charge, purchase), pieces: kept.get(line.position) ?? 0 }];
  });
}

type Kept = ReadonlyMap<number, number>;

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

/** How much more the kept pieces of a line should have cost than what the shop has for them, tax in it. */
function chargeOf({
  standing,
  line,
  refunds,
  kept,
}: {
  readonly standing: Standing;
  readonly line: PurchasedLine;
  readonly refunds: readonly LineRefund[];
  readonly kept: Kept;
}): Money {
  const { purchase } = standing;
  const { currency, taxMode } = purchase;
  const pieces = kept.get(line.position) ?? 0;
  if (pieces === 0 || line.discounts.length === 0) return zeroMoney(currency);
  const before = returnedOfLine(standing, line.position);
  const own = refunds.filter((each) => each.line.position === line.position);
  const paid = withTax(line, taxMode);
  const now = sumMoney(
    own.map((refund) => withTax(refund, taxMode)),
    currency,
  );
  const has = paid.minor - before.total.minor - now.minor;
  const share = (minor: number) => Number((BigInt(minor) * BigInt(pieces)) / BigInt(line.quantity));
  const lost = line.discounts.reduce(
    (sum, discount) => sum + share(lostOf({ discount, line, purchase, kept })),
    0,
  );
  const owed =
    paid.minor - Number((BigInt(paid.minor) * BigInt(line.quantity - pieces)) / BigInt(line.quantity));
  return money(Math.max(0, owed + lost - has), currency);
}

/** What of a discount on a line is not deserved any more, for all pieces of the line, tax in it. */
function lostOf({
  discount,
  line,
  purchase,
  kept,
}: {
  readonly discount: DependentDiscount;
  readonly line: PurchasedLine;
  readonly purchase: Purchase;
  readonly kept: Kept;
}): number {
  const bought = new Map(purchase.lines.map(({ position, quantity }) => [position, quantity]));
  const before = timesGranted({ discount, purchase, pieces: bought });
  const after = Math.min(before, timesGranted({ discount, purchase, pieces: kept }));
  if (before === 0) return 0;
  const gone = divideRounding(BigInt(discount.amount.minor) * BigInt(before - after), BigInt(before));
  const onTop =
    purchase.taxMode === "exclusive" ? line.taxes.reduce((sum, { rate }) => sum + rate.ppm, 0) : 0;
  return Number(divideRounding(gone * BigInt(PPM + onTop), BigInt(PPM)));
}

/** How often a promotion has what it needs in so many pieces of each line. */
function timesGranted({
  discount: { promotion, needs },
  purchase: { lines },
  pieces,
}: {
  readonly discount: DependentDiscount;
  readonly purchase: Purchase;
  readonly pieces: Kept;
}): number {
  const members = lines.flatMap((line) => {
    const own = line.discounts.find((each) => each.promotion === promotion);
    return own === undefined ? [] : [{ line, own, pieces: pieces.get(line.position) ?? 0 }];
  });
  switch (needs.kind) {
    case "value": {
      const worth = members.reduce((sum, member) => sum + member.line.unitPrice.minor * member.pieces, 0);
      return worth >= needs.least.minor ? 1 : 0;
    }
    case "groups":
      return Math.floor(members.reduce((sum, member) => sum + member.pieces, 0) / needs.size);
    case "bundle": {
      const sets = Array.from({ length: needs.components }, (_, component) => {
        const ofIt = members.filter(
          ({ own }) => own.needs.kind === "bundle" && own.needs.component === component,
        );
        const each = ofIt.flatMap(({ own }) => (own.needs.kind === "bundle" ? [own.needs.each] : []))[0] ?? 1;
        return Math.floor(ofIt.reduce((sum, member) => sum + member.pieces, 0) / each);
      });
      return Math.min(...sets);
    }
  }
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
