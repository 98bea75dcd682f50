import fc from "fast-check";
import { expect, test } from "vitest";
import { idOf } from "../ids.ts";
import { canonicalJson } from "../journal/canonical-json.ts";
import { basketOf, NOON } from "../testing/arbitrary-baskets.ts";
import { EUR, eur, GERMANY, lineOf } from "../testing/shop.ts";
import { discountBasket, discountLine } from "./basket-acts.ts";
import { addTender } from "./payment.ts";
import { typedText } from "./typed-text.ts";

test("whole emoji stay, half ones are marked, and whatever is typed can be journaled", () => {
  expect(typedText("Möwe 🫖")).toBe("Möwe 🫖");
  expect(typedText("Möwe \ud83e")).toBe("Möwe \ufffd");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.constantFrom("", "\ud83e", "\udd56"), (text, half) => {
      const typed = typedText(text + half);
      expect(JSON.parse(canonicalJson(typed))).toBe(typed);
    }),
  );
});

test("a reason or an approval code cut off within an emoji does not stop the sale", () => {
  const line = lineOf({ name: "mug", price: eur(1_190) });
  const discount = { kind: "percent", ppm: 100_000, reason: "\ud83e" } as const;
  const approvalCode = "A1\ud83e";
  const basket = basketOf([line]);
  const acts = [
    discountLine({ basket, line: line.id, discount, at: NOON }),
    discountBasket({ basket, discount, at: NOON }),
    addTender({
      basket,
      tender: { id: idOf<"Tender">("visa"), kind: "card", amount: eur(1_190), approvalCode },
      tax: GERMANY,
      currency: EUR,
      at: NOON,
    }),
  ];
  for (const act of acts) {
    if (!act.ok) throw new Error(act.reason);
    expect(() => canonicalJson(act.value)).not.toThrow();
  }
});
