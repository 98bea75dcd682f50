import type { Instant, VariantId } from "../ids.ts";
import { type Money, money } from "../money/money.ts";
import { PPM, shareMoney } from "../money/share.ts";
import { TILL_CHANNEL } from "../orders/till-channel.ts";
import {
  byPriority,
  hasEnded,
  isPromoted,
  type PieceOff,
  type PromotedGoods,
  type Promotion,
  type PromotionChoice,
  type PromotionConditions,
  type PromotionRule,
} from "../promotions/promotion.ts";
import type { Contradiction } from "./contradictions.ts";
import type { PricePlace } from "./price-place.ts";

/** What one piece costs when the promotions named are granted on it. */
export interface PromisedPrice {
  readonly amount: Money;
  readonly by: readonly Promotion[];
}

interface PromotedPiece {
  readonly goods: { readonly variant: VariantId; readonly category: string };
  readonly place: PricePlace;
  readonly price: Money;
  readonly at: Instant;
}

/**
 * The least that a piece may come to in a place by the promotions that hold now or later: the best of those that share no goods, then those on top. What
 * depends on other goods in the basket (a bundle, a gift) is left aside; of "3 for 2" a piece counts at its share.
 */
export function cheapestBy(promotions: readonly Promotion[], piece: PromotedPiece): PromisedPrice {
  const fitting = promotions.filter((each) => fits(each, piece));
  const bases = fitting.filter(({ combines }) => combines !== "stacks");
  const best = bases.reduce<PromisedPrice>(
    (least, promotion) => {
      const amount = reduced(promotion, piece.price);
      return amount.minor < least.amount.minor ? { amount, by: [promotion] } : least;
    },
    { amount: piece.price, by: [] },
  );
  if (best.by[0]?.combines === "alone") return best;
  return fitting
    .filter(({ combines }) => combines === "stacks")
    .toSorted(byPriority)
    .reduce<PromisedPrice>((so, promotion) => {
      const amount = reduced(promotion, so.amount);
      return amount.minor < so.amount.minor ? { amount, by: [...so.by, promotion] } : so;
    }, best);
}

function fits({ validUntil, when = {}, rule }: Promotion, { goods, place, at }: PromotedPiece): boolean {
  if (hasEnded({ validUntil }, at)) return false;
  const { stores, channels } = when;
  if (stores !== undefined && !place.stores.some((store) => stores.includes(store))) return false;
  const own = place.stores.length > 0 ? [TILL_CHANNEL, ...place.channels] : place.channels;
  if (channels !== undefined && !own.some((channel) => channels.includes(channel))) return false;
  return rule.kind !== "bundle" && isPromoted(rule.goods, goods);
}

function reduced({ rule }: Promotion, price: Money): Money {
  const off = offOf(rule);
  switch (off?.kind) {
    case "percent":
      return less(price, shareMoney({ amount: price, ppm: off.ppm }));
    case "amount":
      return less(price, off.amount);
    case "fixedPrice":
      return off.price.currency === price.currency && off.price.minor < price.minor ? off.price : price;
    default:
      return price;
  }
}

/** An amount in other money takes nothing off. */
function less(price: Money, off: Money): Money {
  if (off.currency !== price.currency) return price;
  return money(Math.max(0, price.minor - off.minor), price.currency);
}

/** What is off each piece at best; null where that depends on more than the piece. */
function offOf(rule: PromotionRule): PieceOff | null {
  switch (rule.kind) {
    case "eachPiece":
      return rule.off;
    case "fromValue":
      return rule.off.kind === "percent" ? rule.off : null;
    case "tiers": {
      const best = rule.steps.of.at(-1)?.off ?? null;
      // An amount is off all the goods together.
      return best?.kind === "amount" ? null : best;
    }
    case "piecesFor": {
      const { size, pays, ppm = PPM } = rule;
      return { kind: "percent", ppm: Math.floor(((size - pays) * ppm) / size) };
    }
    case "bundle":
    case "gift":
    case "freeShipping":
      return null;
  }
}

function shareOf(rule: PromotionRule): number | null {
  const off = offOf(rule);
  return off?.kind === "percent" ? off.ppm : null;
}

interface ClashScene {
  readonly at: Instant;
  readonly choice: PromotionChoice;
  readonly categoryOf: (variant: VariantId) => string | null;
}

/** Promotions that are granted on top of each other on the same goods, and those of which one is never granted because of another. */
export function promotionClashes(
  promotions: readonly Promotion[],
  scene: ClashScene,
): readonly Contradiction[] {
  const live = promotions
    .filter((each) => each.rule.kind !== "freeShipping" && !hasEnded(each, scene.at))
    .toSorted(byPriority);
  return live.flatMap((first, index) =>
    live
      .slice(index + 1)
      .flatMap((second) => [...multiplied(first, second, scene), ...cancelled(first, second, scene)]),
  );
}

function multiplied(first: Promotion, second: Promotion, scene: ClashScene): readonly Contradiction[] {
  const stacking = [second, first].find(({ combines }) => combines === "stacks");
  if (stacking === undefined || first.combines === "alone" || second.combines === "alone") return [];
  if (!meet(first, second) || !shareGoods(first.rule, second.rule, scene)) return [];
  const [one, other] = [shareOf(first.rule), shareOf(second.rule)];
  const left = one === null || other === null ? null : ((PPM - one) * (PPM - other)) / PPM;
  return [
    {
      id: `promotionsMultiply:${first.id}:${second.id}`,
      kind: "promotionsMultiply",
      promotions: [first.id, second.id],
      ppm: left === null ? null : Math.round(PPM - left),
      fix: { act: "stopStacking", promotion: stacking.id },
    },
  ];
}

/** `first` comes before `second` by priority. */
function cancelled(first: Promotion, second: Promotion, scene: ClashScene): readonly Contradiction[] {
  const pairs =
    scene.choice === "priority"
      ? [[first, second]]
      : [
          [first, second],
          [second, first],
        ];
  for (const [winner, loser] of pairs) {
    if (winner === undefined || loser === undefined || !outdoes(winner, loser, scene)) continue;
    return [
      {
        id: `promotionCancelled:${loser.id}:${winner.id}`,
        kind: "promotionCancelled",
        promotions: [loser.id, winner.id],
        fix: { act: "endPromotion", promotion: loser.id },
      },
    ];
  }
  return [];
}

/** Whether the winner is granted wherever the loser would be, so that the loser never is. */
function outdoes(winner: Promotion, loser: Promotion, scene: ClashScene): boolean {
  if (winner.combines === "stacks" || loser.combines === "stacks") return false;
  if (!holdsWheneverDoes(winner, loser) || winner.limits !== undefined) return false;
  if (!coversGoods(winner.rule, loser.rule, scene)) return false;
  const asked = leastOf(winner.rule);
  if (asked === null || asked > (leastOf(loser.rule) ?? Number.MAX_SAFE_INTEGER)) return false;
  const [theirs, own] = [shareOf(winner.rule), shareOf(loser.rule)];
  return scene.choice === "priority" || (theirs !== null && own !== null && theirs > own);
}

/** What goods have to be worth before a rule grants anything, in minor units; null where it asks for more than a value. */
function leastOf(rule: PromotionRule): number | null {
  switch (rule.kind) {
    case "eachPiece":
      return 0;
    case "fromValue":
      return rule.least.minor;
    case "tiers":
      return rule.steps.by === "value" ? (rule.steps.of[0]?.least.minor ?? null) : null;
    default:
      return null;
  }
}

function holdsWheneverDoes(winner: Promotion, loser: Promotion): boolean {
  if (winner.validFrom > loser.validFrom) return false;
  const ends = winner.validUntil ?? Number.POSITIVE_INFINITY;
  if (ends < (loser.validUntil ?? Number.POSITIVE_INFINITY)) return false;
  return winner.when === undefined || JSON.stringify(winner.when) === JSON.stringify(loser.when);
}

/** Whether there is a time, a place and a customer for both. */
function meet(first: Promotion, second: Promotion): boolean {
  if (hasEnded(first, second.validFrom) || hasEnded(second, first.validFrom)) return false;
  const [one, other]: readonly PromotionConditions[] = [first.when ?? {}, second.when ?? {}];
  return (["channels", "stores", "groups", "days"] as const).every((what) => {
    const [mine, theirs]: readonly (readonly (string | number)[] | undefined)[] = [
      one?.[what],
      other?.[what],
    ];
    return mine === undefined || theirs === undefined || mine.some((each) => theirs.includes(each));
  });
}

function goodsOf(rule: PromotionRule): readonly PromotedGoods[] {
  return rule.kind === "bundle" ? rule.components.map(({ goods }) => goods) : [rule.goods];
}

function shareGoods(one: PromotionRule, other: PromotionRule, { categoryOf }: ClashScene): boolean {
  return goodsOf(one).some((mine) => goodsOf(other).some((theirs) => overlap(mine, theirs, categoryOf)));
}

function overlap(one: PromotedGoods, other: PromotedGoods, categoryOf: ClashScene["categoryOf"]): boolean {
  if (one.kind === "all" || other.kind === "all") return true;
  if (one.kind === "variants")
    return one.variants.some((variant) => isPromoted(other, { variant, category: categoryOf(variant) }));
  return other.kind === "variants"
    ? overlap(other, one, categoryOf)
    : one.categories.some((category) => other.categories.includes(category));
}

/** Whether all goods of the inner rule are goods of the outer one. */
function coversGoods(outer: PromotionRule, inner: PromotionRule, { categoryOf }: ClashScene): boolean {
  if (outer.kind === "bundle" || inner.kind === "bundle") return false;
  const [around, within] = [outer.goods, inner.goods];
  if (around.kind === "all") return true;
  if (within.kind === "all") return false;
  if (within.kind === "variants")
    return within.variants.every((variant) => isPromoted(around, { variant, category: categoryOf(variant) }));
  return (
    around.kind === "categories" &&
    within.categories.every((category) => around.categories.includes(category))
  );
}
