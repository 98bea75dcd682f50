import { expect, it } from "vitest";
import { promotionSchema } from "./promotion.ts";

it("a name that ends in half an emoji is none: nothing that the promotion takes money off could be sold", () => {
  const promotion = (name: string) => ({
    id: "p",
    name,
    validFrom: 0,
    validUntil: null,
    priority: 0,
    rule: { kind: "eachPiece", goods: { kind: "all" }, off: { kind: "percent", ppm: 1 } },
  });
  expect(promotionSchema.safeParse(promotion("Summer \u{1F31E}")).success).toBe(true);
  expect(promotionSchema.safeParse(promotion("Summer \ud83c")).success).toBe(false);
});
