import type { BasketLineView } from "#protocol/till/basket.ts";
import { kilogramsText, moneyText } from "../../app/format.ts";
import { t } from "../../i18n/translate.ts";
import { Reduction } from "../../ui/reduction.tsx";

/** How a line comes to what it costs: pieces, weight, a typed price, what is charged with what, and what more pieces would cost. */
export function priceWords(line: BasketLineView): readonly string[] {
  const { quantity, unitPrice, weighed, openPrice, linked, tiers = [] } = line;
  const price = moneyText(unitPrice);
  return [
    ...(linked === undefined ? [] : [t(`price.linked.${linked.kind}`)]),
    ...(weighed === undefined
      ? []
      : [
          t("price.weighed", {
            weight: t("price.kilograms", { weight: kilogramsText(weighed.grams) }),
            price: moneyText(weighed.perKilo),
          }),
        ]),
    ...(openPrice === undefined ? [] : [t("price.open")]),
    ...(quantity > 1 ? [`${quantity} × ${price}`] : []),
    ...tiers.filter(({ from }) => from > quantity).map(tierWords),
  ];
}

function tierWords({
  from,
  amount,
}: {
  readonly from: number;
  readonly amount: BasketLineView["unitPrice"];
}) {
  return t("price.tier", { from: String(from), price: moneyText(amount) });
}

/** What the goods cost before they were reduced; nothing where they were not. */
export function LineReduction({
  line: { compareAt, lowest30 },
}: {
  readonly line: Pick<BasketLineView, "compareAt" | "lowest30">;
}) {
  if (compareAt === undefined) return null;
  return (
    <Reduction
      before={t("price.before", { price: moneyText(compareAt) })}
      lowest={lowest30 === undefined ? null : t("price.lowest30", { price: moneyText(lowest30) })}
    />
  );
}
