import type { ChannelId, CustomerGroupId, StoreId, VariantId } from "#domain/ids.ts";
import { TILL_CHANNEL } from "#domain/orders/till-channel.ts";
import type {
  PieceOff,
  PromotedGoods,
  Promotion,
  PromotionConditions,
  PromotionRule,
  TierSteps,
} from "#domain/promotions/promotion.ts";
import type { PromotionsAnswer } from "#protocol/hq/promotions.ts";
import { amountText } from "../format.ts";
import { isKey, t, tCount } from "../translate.ts";
import { clockText } from "./promotion-terms-draft.ts";
import { percentOf } from "./routing-draft.ts";

/** What people call what a promotion names. */
export interface PromotionNames {
  readonly articles: ReadonlyMap<VariantId, string>;
  readonly stores: ReadonlyMap<StoreId, string>;
  readonly groups: ReadonlyMap<CustomerGroupId, string>;
}

const MOST_NAMED = 3;
const either = new Intl.ListFormat("en", { type: "disjunction" });
const both = new Intl.ListFormat("en", { type: "conjunction" });

export function namesOf({ articles, stores, groups }: PromotionsAnswer): PromotionNames {
  return {
    articles: new Map(articles.map(({ variant, name }) => [variant, name])),
    stores: new Map(stores.map(({ id, name }) => [id, name])),
    groups: new Map(groups.map(({ id, name }) => [id, name])),
  };
}

/** What a promotion does, when, where and for whom, in a sentence. */
export function promotionText(promotion: Promotion, names: PromotionNames): string {
  const { rule, when = {}, limits = {}, combines } = promotion;
  return [
    ruleText(rule, names),
    ...(rule.kind === "gift" && rule.perEach ? [t("promotions.says.perEach")] : []),
    ...conditionTexts(when, names),
    ...(limits.perTicket === undefined ? [] : [tCount("promotions.says.perTicket", limits.perTicket)]),
    ...(limits.perCustomer === undefined ? [] : [tCount("promotions.says.perCustomer", limits.perCustomer)]),
    ...(combines === "stacks" || combines === "alone" ? [t(`promotions.says.${combines}`)] : []),
  ].join(", ");
}

export function channelText(channel: ChannelId): string {
  return channel === TILL_CHANNEL ? t("promotions.says.atTills") : channel;
}

export function dayText(day: number): string {
  const key = `day.${day}`;
  return isKey(key) ? t(key) : String(day);
}

function ruleText(rule: PromotionRule, names: PromotionNames): string {
  switch (rule.kind) {
    case "eachPiece": {
      const of = ofText(rule.goods, names);
      return rule.off.kind === "fixedPrice"
        ? t("promotions.says.eachFor", { of, price: amountText(rule.off.price) })
        : t("promotions.says.each", { of, off: offText(rule.off) });
    }
    case "fromValue": {
      const { least } = rule;
      const said = { off: offText(rule.off), goods: goodsText(rule.goods, names), least: amountText(least) };
      return t(least.minor === 0 ? "promotions.says.off" : "promotions.says.fromValue", said);
    }
    case "tiers": {
      const steps = both.format(stepTexts(rule.steps));
      return t("promotions.says.tiers", { goods: goodsText(rule.goods, names), steps });
    }
    case "piecesFor":
      return piecesForText(rule, names);
    case "bundle": {
      const parts = rule.components.map(({ goods, each }) => partText(goods, each, names));
      return t("promotions.says.bundle", { parts: both.format(parts), price: amountText(rule.price) });
    }
    case "gift":
      return giftText(rule, names);
    case "freeShipping": {
      const said = { goods: goodsText(rule.goods, names), least: amountText(rule.least) };
      return t("promotions.says.freeShipping", said);
    }
  }
}

function piecesForText(
  { goods, size, pays, ppm }: Extract<PromotionRule, { readonly kind: "piecesFor" }>,
  names: PromotionNames,
): string {
  const less = size - pays;
  const said = { size, less, of: ofText(goods, names), off: ppm === undefined ? "" : percentText(ppm) };
  if (ppm === undefined) return t(less === 1 ? "promotions.says.oneFree" : "promotions.says.someFree", said);
  return t(less === 1 ? "promotions.says.oneLess" : "promotions.says.someLess", said);
}

function giftText(
  { goods, needs, gift, free }: Extract<PromotionRule, { readonly kind: "gift" }>,
  names: PromotionNames,
): string {
  const said = { gift: partText(gift, free, names) };
  return needs.kind === "pieces"
    ? t("promotions.says.giftWithPieces", { ...said, parts: partText(goods, needs.pieces, names) })
    : t("promotions.says.giftFrom", {
        ...said,
        goods: goodsText(goods, names),
        least: amountText(needs.least),
      });
}

function partText(goods: PromotedGoods, pieces: number, names: PromotionNames): string {
  return tCount("promotions.says.part", pieces).replace("{of}", () => ofText(goods, names));
}

function stepTexts(steps: TierSteps): readonly string[] {
  return steps.by === "pieces"
    ? steps.of.map(({ from, off }) => t("promotions.says.fromPieces", { pieces: from, off: stepText(off) }))
    : steps.of.map(({ least, off }) =>
        t("promotions.says.fromWorth", { least: amountText(least), off: stepText(off) }),
      );
}

function stepText(off: PieceOff): string {
  return off.kind === "fixedPrice"
    ? t("promotions.says.step.fixedPrice", { price: amountText(off.price) })
    : t("promotions.says.step.off", { off: offText(off) });
}

function offText(off: Exclude<PieceOff, { readonly kind: "fixedPrice" }>): string {
  return off.kind === "percent" ? percentText(off.ppm) : amountText(off.amount);
}

function percentText(ppm: number): string {
  return `${percentOf(ppm)} %`;
}

function goodsText(goods: PromotedGoods, { articles }: PromotionNames): string {
  switch (goods.kind) {
    case "all":
      return t("promotions.says.everything");
    case "categories":
      return either.format(goods.categories);
    case "variants": {
      const { variants } = goods;
      if (variants.length > MOST_NAMED) return t("promotions.says.articles", { count: variants.length });
      return either.format(variants.map((id) => articles.get(id)?.split(" · ")[0] ?? id));
    }
  }
}

/** " of Tea", and nothing where it is about whatever there is. */
function ofText(goods: PromotedGoods, names: PromotionNames): string {
  return goods.kind === "all" ? "" : t("promotions.says.of", { goods: goodsText(goods, names) });
}

function conditionTexts(when: PromotionConditions, names: PromotionNames): readonly string[] {
  const { channels, stores, groups, coupon, firstPurchase } = when;
  const places = stores?.map((id) => names.stores.get(id) ?? id);
  const people = groups?.map((id) => names.groups.get(id) ?? id);
  return [
    timesText(when),
    places === undefined ? "" : t("promotions.says.in", { places: either.format(places) }),
    channels === undefined
      ? ""
      : t("promotions.says.by", { channels: either.format(channels.map(channelText)) }),
    people === undefined ? "" : t("promotions.says.for", { groups: either.format(people) }),
    firstPurchase === undefined ? "" : t("promotions.says.firstPurchase"),
    coupon?.kind === "word" ? t("promotions.says.word", { word: coupon.word }) : "",
    coupon?.kind === "codes" ? t("promotions.says.code") : "",
  ].filter((text) => text !== "");
}

/** "Mondays and Tuesdays 10:00 to 12:00" */
function timesText({ days, hours }: PromotionConditions): string {
  const daysText = days === undefined ? "" : both.format(days.toSorted((a, b) => a - b).map(dayText));
  const hoursText =
    hours === undefined
      ? ""
      : t("promotions.says.hours", { from: clockText(hours.from), until: clockText(hours.until) });
  return [daysText, hoursText].filter((text) => text !== "").join(" ");
}
