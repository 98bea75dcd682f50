import { idOf } from "#domain/ids.ts";
import { isReduction } from "#domain/pricing/price-history.ts";
import type { PriceFix } from "#domain/pricing/price-place.ts";
import type { Price } from "#domain/product/product.ts";
import type { Promotion } from "#domain/promotions/promotion.ts";
import { promotionOf } from "../catalog/promotions.ts";
import type { Publication } from "../sync/publisher.ts";

/** Does what a finding offered. What the fix is about is there: it was looked at in the same transaction. */
export async function applyFix(publication: Publication, fix: PriceFix): Promise<void> {
  switch (fix.act) {
    case "setAmount":
      return setAmount(publication, fix);
    case "endPrice":
      return endPrice(publication, fix);
    case "setTaxClass": {
      const product = await publication.tx.product(fix.product);
      if (product !== null) await publication.putProduct({ ...product, taxClass: fix.taxClass });
      return;
    }
    case "makeDraft": {
      const product = await publication.tx.product(fix.product);
      if (product !== null) await publication.putProduct({ ...product, status: "draft" });
      return;
    }
    case "endPromotion":
    case "leaveOut":
    case "stopStacking":
      return changePromotion(publication, fix);
  }
}

type Of<A extends PriceFix["act"]> = Extract<PriceFix, { readonly act: A }>;

async function knownPrice(
  { tx }: Publication,
  { list, variant, validFrom }: Of<"setAmount"> | Of<"endPrice">,
): Promise<Price | null> {
  const prices = await tx.pricesOf(variant);
  return prices.find((price) => price.list === list && price.validFrom === validFrom) ?? null;
}

async function setAmount(publication: Publication, fix: Of<"setAmount">): Promise<void> {
  const { list, variant, amount, validFrom } = fix;
  const known = await knownPrice(publication, fix);
  const base: Price = known ?? { list, variant, amount, compareAt: null, validFrom, validTo: null };
  // Tiers were steps down from another price.
  const { tiers: _, ...price } = { ...base, amount };
  await publication.putPrice({ ...price, compareAt: isReduction(price) ? price.compareAt : null });
}

async function endPrice(publication: Publication, fix: Of<"endPrice">): Promise<void> {
  const known = await knownPrice(publication, fix);
  if (known !== null) await publication.putPrice({ ...known, validTo: fix.validTo });
}

async function changePromotion(
  publication: Publication,
  fix: Of<"endPromotion"> | Of<"leaveOut"> | Of<"stopStacking">,
): Promise<void> {
  const promotion = await promotionOf(publication.tx, idOf<"Promotion">(fix.promotion));
  if (promotion === null) return;
  if (fix.act === "endPromotion") return end(publication, promotion);
  if (fix.act === "stopStacking") {
    const { combines: _, ...plain } = promotion;
    return publication.putPromotion(plain);
  }
  const { rule } = promotion;
  if (rule.kind === "bundle" || rule.goods.kind !== "variants") return;
  const variants = rule.goods.variants.filter((variant) => variant !== fix.variant);
  return publication.putPromotion({
    ...promotion,
    rule: { ...rule, goods: { kind: "variants", variants } },
  });
}

/** One that has not begun never does. */
function end(publication: Publication, promotion: Promotion): Promise<void> {
  const { at } = publication;
  if (promotion.validFrom >= at) return publication.forgetPromotion(promotion.id);
  return publication.putPromotion({ ...promotion, validUntil: at });
}
