import { idOf, instant } from "#domain/ids.ts";
import { type Money, money } from "#domain/money/money.ts";
import type { PieceOff, PromotedGoods, Promotion, PromotionRule } from "#domain/promotions/promotion.ts";
import type { BasketLine } from "#domain/ticket/basket.ts";
import { type Random, seededRandom } from "../../sync-server/demo/random.ts";
import { CURRENCY } from "../../sync-server/demo/retailer.ts";
import { type Article, articleAt } from "./article.ts";

/**
 * How promotions want the same goods. `apart`: each is about one category or some articles, as a chain has them. `overlapping`: each is about a third of
 * everything, so that every line has a hundred to choose from. `stacking`: the same, and every tenth is granted on top of the others.
 */
export const PROMOTION_MIXES = ["apart", "overlapping", "stacking"] as const;
export type PromotionMix = (typeof PROMOTION_MIXES)[number];

const MANY_PIECES = 4;
const FEW_VARIANTS = 5;
const cents = (minor: number): Money => money(minor, CURRENCY);

/** A basket of so many lines of different articles. */
export function basketLines({
  lines,
  skus,
  seed,
}: {
  readonly lines: number;
  readonly skus: number;
  readonly seed: number;
}): readonly BasketLine[] {
  const random = seededRandom(seed);
  return Array.from({ length: lines }, (_, index) => {
    const { product, price, sku } = articleAt((seed * lines + index) % skus);
    const variant = product.variants[0];
    if (variant === undefined) throw new Error("an article without a variant");
    return {
      id: idOf<"Line">(`line-${index}`),
      variant: variant.id,
      sku: idOf<"Sku">(sku),
      name: product.title,
      options: variant.options,
      taxClass: product.taxClass,
      category: product.category ?? "",
      unitPrice: price.amount,
      quantity: random.between({ from: 1, to: MANY_PIECES }),
      discount: null,
    };
  });
}

/** So many promotions of all kinds about the articles of such baskets; the same for the same numbers. */
export function promotionsFor({
  count,
  skus,
  mix,
}: {
  readonly count: number;
  readonly skus: number;
  readonly mix: PromotionMix;
}): readonly Promotion[] {
  const random = seededRandom(count);
  const articles = Array.from({ length: skus }, (_, index) => articleAt(index));
  const categories = [...new Set(articles.map(({ product }) => product.category ?? ""))];
  return Array.from({ length: count }, (_, index): Promotion => {
    const goods = (): PromotedGoods =>
      mix === "apart" ? someGoods(random, articles, categories) : aThird(random, categories);
    return {
      id: idOf<"Promotion">(`promotion-${index}`),
      name: `Promotion ${index}`,
      validFrom: instant(0),
      validUntil: null,
      priority: random.between({ from: 0, to: 20 }),
      ...(mix === "stacking" && index % 10 === 0 ? { combines: "stacks" as const } : {}),
      ...(index % 7 === 0 ? { limits: { perTicket: 3 } } : {}),
      rule: ruleAt(index, random, goods),
    };
  });
}

function someGoods(
  random: Random,
  articles: readonly Article[],
  categories: readonly string[],
): PromotedGoods {
  if (random.between({ from: 0, to: 2 }) === 0)
    return { kind: "categories", categories: [random.pick(categories)] };
  const variants = Array.from({ length: FEW_VARIANTS }, () => random.pick(articles).product.variants[0]?.id);
  return { kind: "variants", variants: variants.filter((variant) => variant !== undefined) };
}

function aThird(random: Random, categories: readonly string[]): PromotedGoods {
  return {
    kind: "categories",
    categories: Array.from({ length: Math.ceil(categories.length / 3) }, () => random.pick(categories)),
  };
}

function ruleAt(index: number, random: Random, goods: () => PromotedGoods): PromotionRule {
  const ppm = 10_000 * random.between({ from: 5, to: 40 });
  const off: PieceOff = { kind: "percent", ppm };
  const amount: PieceOff = { kind: "amount", amount: cents(random.between({ from: 50, to: 900 })) };
  const least = cents(random.between({ from: 2_000, to: 30_000 }));
  switch (index % 8) {
    case 0:
      return { kind: "eachPiece", goods: goods(), off };
    case 1:
      return { kind: "eachPiece", goods: goods(), off: amount };
    case 2:
      return { kind: "fromValue", goods: goods(), least, off };
    case 3:
      return { kind: "fromValue", goods: goods(), least, off: { kind: "amount", amount: cents(2_000) } };
    case 4:
      return {
        kind: "tiers",
        goods: goods(),
        steps: {
          by: "pieces",
          of: [
            { from: 3, off },
            { from: 9, off: { kind: "percent", ppm: ppm + 50_000 } },
          ],
        },
      };
    case 5:
      return { kind: "piecesFor", goods: goods(), size: 3, pays: 2 };
    case 6:
      return {
        kind: "bundle",
        components: [
          { goods: goods(), each: 1 },
          { goods: goods(), each: 2 },
        ],
        price: least,
      };
    default:
      return {
        kind: "gift",
        goods: goods(),
        needs: { kind: "value", least },
        gift: goods(),
        free: 1,
        perEach: false,
      };
  }
}
