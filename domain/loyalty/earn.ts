import type { LineId } from "../ids.ts";
import { sumMoney } from "../money/arithmetic.ts";
import type { Money } from "../money/money.ts";
import { withTax } from "../returns/with-tax.ts";
import { sellsGoods, type Ticket, type TicketLine } from "../ticket/ticket.ts";
import { isIn, type LoyaltyProgramme, type LoyaltyTier, MAX_POINTS, PLAIN_PPM } from "./programme.ts";

/** What one line of a purchase earned: `pieces` of it together. */
export interface EarnedShare {
  readonly position: number;
  readonly pieces: number;
  readonly points: number;
}

/** Goods that may earn, at their place in the purchase. */
export interface EarningGoods {
  readonly position: number;
  readonly pieces: number;
  readonly category: string | null;
  /** What the customer pays for them, tax in it. */
  readonly paid: Money;
}

/**
 * What a purchase earns: so many points for what is paid, less what of it is paid with points, rounded down once over all of it; then shared over the lines, odd
 * points to those that are nearest to one more. Nothing in another currency than the programme's.
 */
export function earnedOn({
  goods,
  programme,
  tier,
  withPoints,
}: {
  readonly goods: readonly EarningGoods[];
  readonly programme: Pick<LoyaltyProgramme, "earn">;
  readonly tier: LoyaltyTier | null;
  /** What of it is paid with points. */
  readonly withPoints: Money;
}): { readonly points: number; readonly shares: readonly EarnedShare[] } {
  const { earn } = programme;
  const own = goods.filter(({ paid }) => paid.minor > 0 && isIn(programme, paid.currency));
  const all = own.reduce((sum, { paid }) => sum + paid.minor, 0);
  const inMoney = all - Math.min(all, Math.max(0, withPoints.minor));
  if (inMoney === 0 || earn.per.minor <= 0) return { points: 0, shares: [] };
  // In whole numbers to the end: weight x (money / all) x points / per, of which only the sum is rounded.
  const factor = BigInt(inMoney) * BigInt(earn.points) * BigInt(tier?.ppm ?? PLAIN_PPM);
  const divisor = BigInt(all) * BigInt(earn.per.minor) * BigInt(PLAIN_PPM) ** 2n;
  const weighted = own.map(({ position, pieces, category, paid }) => {
    const exact = BigInt(paid.minor) * BigInt(ppmOf(category, earn)) * factor;
    return { position, pieces, exact, points: Number(exact / divisor) };
  });
  const exactSum = weighted.reduce((sum, { exact }) => sum + exact, 0n);
  const points = Math.min(MAX_POINTS, Number(exactSum / divisor));
  return { points, shares: sharedOut(weighted, points, divisor) };
}

function ppmOf(category: string | null, { categories }: LoyaltyProgramme["earn"]): number {
  return categories.find((each) => each.category === category)?.ppm ?? PLAIN_PPM;
}

function sharedOut(
  weighted: readonly (EarnedShare & { readonly exact: bigint })[],
  points: number,
  divisor: bigint,
): readonly EarnedShare[] {
  const odd = points - weighted.reduce((sum, each) => sum + each.points, 0);
  const nearest = weighted
    .toSorted((a, b) => Number(b.exact % divisor) - Number(a.exact % divisor) || a.position - b.position)
    .slice(0, Math.max(0, odd))
    .map(({ position }) => position);
  return weighted.flatMap(({ position, pieces, points: whole }): EarnedShare[] => {
    const share = whole + (nearest.includes(position) ? 1 : 0);
    return share === 0 ? [] : [{ position, pieces, points: share }];
  });
}

/** Of a ticket's lines those that may earn: sold here and now, and no deposit and no gift card. Lines of an order earn with the order. */
export function earningGoods(
  { lines, taxMode }: Pick<Ticket, "lines" | "taxMode">,
  categoryOf: (line: LineId) => string | null,
): readonly EarningGoods[] {
  return lines.flatMap((line, position): EarningGoods[] =>
    mayEarn(line)
      ? [{ position, pieces: line.quantity, category: categoryOf(line.id), paid: withTax(line, taxMode) }]
      : [],
  );
}

function mayEarn(line: TicketLine): boolean {
  return sellsGoods(line) && line.linked?.kind !== "deposit";
}

/** What of a ticket is paid with points. */
export function paidWithPoints({ tenders, currency }: Pick<Ticket, "tenders" | "currency">): Money {
  return sumMoney(
    tenders.flatMap((tender) => (tender.kind === "points" ? [tender.amount] : [])),
    currency,
  );
}
