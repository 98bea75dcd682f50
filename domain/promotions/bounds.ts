import { PPM } from "../money/share.ts";
import type { OpenLine } from "./granted.ts";
import { isPromoted, type MoneyOff, type PieceOff, type Promotion, type PromotionRule } from "./promotion.ts";
import type { Offer } from "./way.ts";

/**
 * The most that a line can add to what a promotion takes off, whatever other lines it is given: no sum of such shares is below what the promotion grants on the
 * lines, but for the rounding of one cent (`roundingOf`). Not whole minor units.
 */
export function mostOff({ promotion: { rule, limits }, lines }: Offer): readonly number[] {
  switch (rule.kind) {
    case "eachPiece": {
      const most = limits?.perTicket ?? Number.POSITIVE_INFINITY;
      return lines.map((line) => eachOff(rule.off, line) * Math.min(1, most / line.pieces));
    }
    case "fromValue":
      return lines.map((line) => valueOff(rule.off, rule.least.minor, line));
    case "tiers":
      return lines.map((line) => tierOff(rule, line));
    case "piecesFor": {
      const share = ((rule.size - rule.pays) / rule.size) * ((rule.ppm ?? PPM) / PPM);
      return lines.map(({ worth }) => worth * Math.max(0, share));
    }
    case "bundle": {
      const share = setShare(rule, lines);
      return lines.map(({ worth }) => worth * share);
    }
    case "gift":
      return lines.map(({ line, worth }) => (isPromoted(rule.gift, line) ? worth : 0));
    case "freeShipping":
      return lines.map(() => 0);
  }
}

/** Whether there is anything that it could take off. */
export function mayGrant({ promotion, lines }: Offer): boolean {
  return lines.length > 0 && promotion.rule.kind !== "freeShipping";
}

/** By how much rounding may bring what it takes off above the exact sum. */
export function roundingOf({ rule }: Promotion): number {
  const isShare = (off: PieceOff): boolean => off.kind === "percent";
  switch (rule.kind) {
    case "eachPiece":
    case "fromValue":
      return isShare(rule.off) ? 0.5 : 0;
    case "tiers":
      return rule.steps.of.some(({ off }) => isShare(off)) ? 0.5 : 0;
    case "piecesFor":
      return rule.ppm === undefined ? 0 : 0.5;
    default:
      return 0;
  }
}

/** Each line has what it has by itself, but for the rounding of a share: a line more or less changes nothing for the others. */
export function isPlain({ rule, limits }: Promotion): boolean {
  return rule.kind === "eachPiece" && limits?.perTicket === undefined;
}

/** No line more ever makes it take less off. */
export function neverLess({ rule }: Promotion): boolean {
  return rule.kind === "eachPiece" || rule.kind === "fromValue";
}

function eachOff(off: PieceOff, { worth, pieces }: OpenLine): number {
  switch (off.kind) {
    case "percent":
      return (worth * off.ppm) / PPM;
    case "amount":
      return Math.max(0, Math.min(off.amount.minor * pieces, worth));
    case "fixedPrice":
      return Math.max(0, worth - off.price.minor * pieces);
  }
}

function valueOff(off: MoneyOff, least: number, { worth }: OpenLine): number {
  if (off.kind === "percent") return (worth * off.ppm) / PPM;
  const { minor } = off.amount;
  return Math.max(0, Math.min(worth, minor, least > 0 ? (minor * worth) / least : minor));
}

function tierOff({ steps }: Extract<PromotionRule, { readonly kind: "tiers" }>, line: OpenLine): number {
  const offs =
    steps.by === "value"
      ? steps.of.map(({ off, least }) =>
          off.kind === "fixedPrice" ? eachOff(off, line) : valueOff(off, least.minor, line),
        )
      : steps.of.map(({ off, from }) =>
          // Not capped by the line's worth: a line of many cheap pieces reaches the step for a dear one.
          off.kind === "amount"
            ? Math.max(0, off.amount.minor * Math.min(1, line.pieces / from))
            : eachOff(off, line),
        );
  return Math.max(0, ...offs);
}

/** The share of its price that the dearest set which the lines make is cheaper by. */
function setShare(
  { components, price }: Extract<PromotionRule, { readonly kind: "bundle" }>,
  lines: readonly OpenLine[],
): number {
  const dearest = components.reduce((sum, { goods, each }) => {
    const prices = lines
      .filter(({ line }) => isPromoted(goods, line))
      .map(({ worth, pieces }) => worth / pieces);
    return sum + each * Math.max(0, ...prices);
  }, 0);
  return dearest <= 0 ? 0 : Math.max(0, 1 - price.minor / dearest);
}
