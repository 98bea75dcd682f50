import type { PieceOff, Promotion, TierSteps } from "#domain/promotions/promotion.ts";
import { amountText } from "../format.ts";
import { t } from "../translate.ts";
import { percentOf } from "./routing-draft.ts";

/** What a promotion does, in a few words. */
export function ruleText({ rule }: Pick<Promotion, "rule">): string {
  switch (rule.kind) {
    case "eachPiece":
      return rule.off.kind === "fixedPrice"
        ? t("promotions.says.eachFor", { price: amountText(rule.off.price) })
        : t("promotions.says.each", { off: offText(rule.off) });
    case "fromValue": {
      const { least } = rule;
      const off = offText(rule.off);
      return least.minor === 0
        ? t("promotions.says.off", { off })
        : t("promotions.says.fromValue", { off, least: amountText(least) });
    }
    case "tiers":
      return stepTexts(rule.steps).join(", ");
    case "piecesFor":
      return rule.ppm === undefined
        ? t("promotions.says.piecesFor", { size: rule.size, pays: rule.pays })
        : t("promotions.says.piecesForShare", {
            size: rule.size,
            less: rule.size - rule.pays,
            off: `${percentOf(rule.ppm)} %`,
          });
    case "bundle":
      return t("promotions.says.bundle", { price: amountText(rule.price) });
    case "gift": {
      const { free, needs } = rule;
      return needs.kind === "pieces"
        ? t("promotions.says.giftWithPieces", { free, pieces: needs.pieces })
        : t("promotions.says.giftFrom", { free, least: amountText(needs.least) });
    }
    case "freeShipping":
      return t("promotions.says.freeShipping", { least: amountText(rule.least) });
  }
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
    ? t("promotions.says.eachFor", { price: amountText(off.price) })
    : t("promotions.says.off", { off: offText(off) });
}

function offText(off: Exclude<PieceOff, { readonly kind: "fixedPrice" }>): string {
  return off.kind === "percent" ? `${percentOf(off.ppm)} %` : amountText(off.amount);
}
