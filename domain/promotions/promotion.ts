import type { ChannelId, CustomerGroupId, Instant, PromotionId, StoreId, VariantId } from "../ids.ts";
import type { Money } from "../money/money.ts";

/** Which goods a promotion is about. */
export type PromotedGoods =
  | { readonly kind: "all" }
  | { readonly kind: "categories"; readonly categories: readonly string[] }
  | { readonly kind: "variants"; readonly variants: readonly VariantId[] };

/** A share in parts per million, or an amount. */
export type MoneyOff =
  | { readonly kind: "percent"; readonly ppm: number }
  | { readonly kind: "amount"; readonly amount: Money };

/** How much less pieces cost: by a share, by an amount, or to a fixed price each where it is lower. */
export type PieceOff = MoneyOff | { readonly kind: "fixedPrice"; readonly price: Money };

/** Steps by how many pieces or how much of the goods are bought, ascending. */
export type TierSteps =
  | { readonly by: "pieces"; readonly of: readonly { readonly from: number; readonly off: PieceOff }[] }
  | { readonly by: "value"; readonly of: readonly { readonly least: Money; readonly off: PieceOff }[] };

/** What a gift asks of the goods. */
export type GiftNeeds =
  | { readonly kind: "pieces"; readonly pieces: number }
  | { readonly kind: "value"; readonly least: Money };

export type PromotionRule =
  /** Each piece of the goods costs less: an amount is off each of them. */
  | { readonly kind: "eachPiece"; readonly goods: PromotedGoods; readonly off: PieceOff }
  /** Goods worth at least so much at their prices: a share (parts per million) or an amount off. */
  | {
      readonly kind: "fromValue";
      readonly goods: PromotedGoods;
      readonly least: Money;
      readonly off: MoneyOff;
    }
  /** The highest step that is reached: a share or an amount off all of the goods, or a fixed price each. */
  | { readonly kind: "tiers"; readonly goods: PromotedGoods; readonly steps: TierSteps }
  /** Of every `size` pieces only `pays` are paid, the dearest of them ("3 for 2"). */
  | {
      readonly kind: "piecesFor";
      readonly goods: PromotedGoods;
      readonly size: number;
      readonly pays: number;
      /** How much is off the pieces that are not paid; absent: all of it. */
      readonly ppm?: number;
    }
  /** A set of all components at one price. */
  | {
      readonly kind: "bundle";
      readonly components: readonly { readonly goods: PromotedGoods; readonly each: number }[];
      readonly price: Money;
    }
  /** With so much of the goods, `free` pieces of the gift goods are free; `perEach`: each time that the goods are there in full. */
  | {
      readonly kind: "gift";
      readonly goods: PromotedGoods;
      readonly needs: GiftNeeds;
      readonly gift: PromotedGoods;
      readonly free: number;
      readonly perEach: boolean;
    }
  /** Goods worth at least so much: no shipping is charged. Nothing is off the goods. */
  | { readonly kind: "freeShipping"; readonly goods: PromotedGoods; readonly least: Money };

/** Which of several promotions that fit are granted: the first by priority, or those that come to the least for the customer. */
export const PROMOTION_CHOICES = ["priority", "bestForCustomer"] as const;
export type PromotionChoice = (typeof PROMOTION_CHOICES)[number];

/** How it goes with others; absent in a promotion: `goods`. */
export const PROMOTION_COMBINATIONS = ["goods", "stacks", "alone"] as const;
export type PromotionCombination = (typeof PROMOTION_COMBINATIONS)[number];

/** All that are there have to hold. */
export interface PromotionConditions {
  readonly channels?: readonly ChannelId[];
  /** In these stores' tills; no web shop is in a store. */
  readonly stores?: readonly StoreId[];
  /** For customers of one of these groups. */
  readonly groups?: readonly CustomerGroupId[];
  /** For known customers who never bought before, in whatever channel. */
  readonly firstPurchase?: true;
  /** On these days of the week, 1 Monday to 7 Sunday (ISO 8601), by the store's clocks. */
  readonly days?: readonly number[];
  /** Minutes since midnight by the store's clocks, `until` excluded; past midnight where `until` is not later than `from`. */
  readonly hours?: { readonly from: number; readonly until: number };
  /** With a coupon: a word that anybody may say, or codes that were given out one by one and hold once each. */
  readonly coupon?: { readonly kind: "word"; readonly word: string } | { readonly kind: "codes" };
}

export interface PromotionLimits {
  /** Times per ticket: pieces, groups, sets or gifts; the dearest first. */
  readonly perTicket?: number;
  /** Tickets of one customer: it is for known customers only then. */
  readonly perCustomer?: number;
}

/** Money off by rule, decided at HQ. Replica collection `promotions`. */
export interface Promotion {
  readonly id: PromotionId;
  /** As the customer reads it on the receipt. */
  readonly name: string;
  readonly validFrom: Instant;
  /** Null: until further notice. */
  readonly validUntil: Instant | null;
  /** When, where and for whom it holds. Absent: always, everywhere, for everybody. */
  readonly when?: PromotionConditions;
  /** `goods`: of the goods that it takes part in nothing else is off, save by those that stack. `stacks`: on top of whatever else is off. `alone`: nothing else is off on the whole ticket. */
  readonly combines?: PromotionCombination;
  readonly limits?: PromotionLimits;
  /** The higher one comes first; among equals the lower id. */
  readonly priority: number;
  readonly rule: PromotionRule;
}

const NAMED = new WeakMap<PromotedGoods, ReadonlySet<string>>();

/** Looked up for each line at each touch: a list of a thousand variants is turned into a set once. */
function namedIn(goods: PromotedGoods, names: readonly string[]): ReadonlySet<string> {
  const known = NAMED.get(goods);
  if (known !== undefined) return known;
  const named = new Set(names);
  NAMED.set(goods, named);
  return named;
}

export function isPromoted(
  goods: PromotedGoods,
  { variant, category }: { readonly variant: VariantId; readonly category: string | null },
): boolean {
  switch (goods.kind) {
    case "all":
      return true;
    case "categories":
      return category !== null && namedIn(goods, goods.categories).has(category);
    case "variants":
      return namedIn(goods, goods.variants).has(variant);
  }
}

/** All goods that a rule names, whatever for. */
export function goodsOf(rule: PromotionRule): readonly PromotedGoods[] {
  switch (rule.kind) {
    case "bundle":
      return rule.components.map(({ goods }) => goods);
    case "gift":
      return [rule.goods, rule.gift];
    default:
      return [rule.goods];
  }
}

/** Whether it takes notice of any of these lines: of those that do not, a basket need not know. */
export function isAbout(
  { rule }: Promotion,
  lines: readonly { readonly variant: VariantId; readonly category?: string }[],
): boolean {
  const goods = goodsOf(rule);
  return lines.some(({ variant, category = null }) =>
    goods.some((each) => isPromoted(each, { variant, category })),
  );
}

/** Whether it is over for good at a moment. */
export function hasEnded({ validUntil }: Pick<Promotion, "validUntil">, at: Instant): boolean {
  return validUntil !== null && validUntil <= at;
}

/** In the order in which promotions are granted. */
export function byPriority(a: Promotion, b: Promotion): number {
  return b.priority - a.priority || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
