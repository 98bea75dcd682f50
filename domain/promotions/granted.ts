import type { LineId, VariantId } from "../ids.ts";
import type { Currency, Money } from "../money/money.ts";
import type { GiftRole, PromotionNeeds } from "../ticket/ticket.ts";
import { offGift } from "./gift.ts";
import { offGroups } from "./groups.ts";
import { type Off, offPieces, offTogether, whole } from "./off.ts";
import { dearest, type Pieces, worthOf } from "./pieces.ts";
import { goodsOf, isPromoted, type Promotion, type PromotionRule } from "./promotion.ts";
import { offSets, sortedIntoParts } from "./sets.ts";
import type { Shelf } from "./shelf.ts";
import { offSteps, stepsReached } from "./steps.ts";

/** What a promotion looks at of a basket line. */
export interface PromotableLine {
  readonly id: LineId;
  readonly variant: VariantId;
  readonly category: string | null;
  readonly unitPrice: Money;
  readonly quantity: number;
}

/** A line as promotions find it. `place` is that among the basket's lines that take part, the dearest piece first. */
export interface OpenLine extends Pieces {
  readonly place: number;
  readonly line: PromotableLine;
}

/** What of a promotion's cents falls on a line, also where none do: it is one of the goods that the promotion needs. */
export interface GrantedShare {
  readonly of: OpenLine;
  readonly minor: number;
  readonly needs: PromotionNeeds;
}

/** Money off that a promotion grants on lines, in minor units. */
export interface Granted {
  readonly minor: number;
  readonly shares: () => readonly GrantedShare[];
}

/** The lines of which a promotion takes notice, in the order of their places. */
export function linesOf({ rule }: Promotion, shelf: Shelf): readonly OpenLine[] {
  return shelf.of(goodsOf(rule));
}

/** Whether every amount that it speaks of is in the basket's currency: else it is as if it were not there. */
export function isIn(currency: Currency, { rule }: Promotion): boolean {
  return amountsOf(rule).every((amount) => amount.currency === currency);
}

/** What it grants on lines, all of its goods, in the order of their places. Null: nothing. */
export function grantedBy({ rule, limits }: Promotion, lines: readonly OpenLine[]): Granted | null {
  if (lines.length === 0) return null;
  const granted = byRule(rule, lines, limits?.perTicket);
  return granted === null || granted.minor <= 0 ? null : granted;
}

type Lines = readonly OpenLine[];
type RuleOf<K extends PromotionRule["kind"]> = Extract<PromotionRule, { readonly kind: K }>;

function byRule(rule: PromotionRule, lines: Lines, most: number | undefined): Granted | null {
  const capped = most === undefined ? {} : { most };
  switch (rule.kind) {
    case "eachPiece":
      return onEachPiece(rule, lines, most);
    case "fromValue": {
      const { least, off } = rule;
      if (worthOf(lines) < least.minor) return null;
      return onAll(offPieces(off, whole(lines), { once: true }), lines, { kind: "value", least });
    }
    case "tiers": {
      const steps = stepsReached(lines, rule.steps);
      return onAll(offSteps(lines, steps), lines, { kind: "steps", steps });
    }
    case "piecesFor": {
      const { kind: _, goods: _goods, ...group } = rule;
      const terms = { ...group, ...capped };
      return onAll(offGroups(lines, terms), lines, { kind: "groups", ...terms });
    }
    case "bundle":
      return onSets(rule, lines, most);
    case "gift":
      return onGift(rule, lines, capped);
    case "freeShipping":
      return null;
  }
}

function onAll(off: Off | null, lines: Lines, needs: PromotionNeeds): Granted | null {
  return off === null ? null : withNeeds(off, lines, () => needs);
}

function withNeeds(off: Off, lines: Lines, needsOf: (line: OpenLine) => PromotionNeeds): Granted {
  return {
    minor: off.minor,
    shares: () => {
      const shares = off.shares();
      return lines.map((of, index) => ({ of, minor: shares[index] ?? 0, needs: needsOf(of) }));
    },
  };
}

/** Lines of which no piece is reduced take no part. */
function onEachPiece(
  { off }: RuleOf<"eachPiece">,
  lines: Lines,
  most = Number.POSITIVE_INFINITY,
): Granted | null {
  const taken = most === Number.POSITIVE_INFINITY ? whole(lines) : inPlaces(dearest(lines, most));
  const { minor, shares } = offPieces(off, taken, { once: false });
  const needs = { kind: "pieces", off: off.kind === "percent" ? "share" : "amount" } as const;
  return {
    minor,
    shares: () => {
      const amounts = shares();
      return taken.flatMap(({ of }, index) => {
        const share = amounts[index] ?? 0;
        return share === 0 && off.kind !== "percent" ? [] : [{ of, minor: share, needs }];
      });
    },
  };
}

function inPlaces<T extends { readonly of: OpenLine }>(taken: readonly T[]): readonly T[] {
  return taken.toSorted((a, b) => a.of.place - b.of.place);
}

function onSets({ components, price }: RuleOf<"bundle">, lines: Lines, most?: number): Granted | null {
  const parts = sortedIntoParts(components, lines, ({ goods }, { line }) => isPromoted(goods, line));
  const minor = offSets(parts, { price: price.minor, ...(most === undefined ? {} : { most }) });
  if (minor === null) return null;
  const needsOf = (line: OpenLine): PromotionNeeds => {
    const component = parts.findIndex(({ of }) => of.includes(line));
    return {
      kind: "bundle",
      component,
      components: components.length,
      each: components[component]?.each ?? 1,
      price,
      ...(most === undefined ? {} : { most }),
    };
  };
  return withNeeds(offTogether(minor, lines), lines, needsOf);
}

function onGift(
  { goods, gift, needs: asks, free, perEach }: RuleOf<"gift">,
  lines: Lines,
  capped: { readonly most?: number },
): Granted | null {
  const roleOf = ({ line }: OpenLine): GiftRole =>
    isPromoted(goods, line) ? (isPromoted(gift, line) ? "both" : "goods") : "gift";
  const off = offGift(lines, roleOf, { asks, free, perEach, ...capped });
  return off === null
    ? null
    : withNeeds(off, lines, (line) => ({ kind: "gift", role: roleOf(line), asks, free, perEach, ...capped }));
}

function amountsOf(rule: PromotionRule): readonly Money[] {
  switch (rule.kind) {
    case "eachPiece":
      return offAmounts(rule.off);
    case "fromValue":
      return [rule.least, ...offAmounts(rule.off)];
    case "tiers":
      return rule.steps.by === "pieces"
        ? rule.steps.of.flatMap(({ off }) => offAmounts(off))
        : rule.steps.of.flatMap(({ least, off }) => [least, ...offAmounts(off)]);
    case "piecesFor":
      return [];
    case "bundle":
      return [rule.price];
    case "gift":
      return rule.needs.kind === "value" ? [rule.needs.least] : [];
    case "freeShipping":
      return [rule.least];
  }
}

function offAmounts(off: RuleOf<"eachPiece">["off"]): readonly Money[] {
  switch (off.kind) {
    case "percent":
      return [];
    case "amount":
      return [off.amount];
    case "fixedPrice":
      return [off.price];
  }
}
