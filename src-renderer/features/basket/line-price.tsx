import type { BasketLineView } from "#protocol/till/basket.ts";
import { moneyText, weightText } from "../../app/format.ts";
import { t } from "../../i18n/translate.ts";
import { Reduction } from "../../ui/reduction.tsx";

/** How a line comes to what it costs: pieces, weight, a typed price, what is charged with what. */
function priceWords(line: BasketLineView): readonly string[] {
  const { quantity, unitPrice, weighed, openPrice, override, linked } = line;
  return [
    ...(linked === undefined ? [] : [t(`price.linked.${linked.kind}`)]),
    ...(weighed === undefined
      ? []
      : [
          t("price.weighed", {
            weight: t("price.kilograms", { weight: weightText(weighed.grams) }),
            price: moneyText(weighed.perKilo),
          }),
        ]),
    ...(openPrice === undefined ? [] : [t("price.open")]),
    ...(override === undefined
      ? []
      : [t("override.line", { list: moneyText(override.listPrice), reason: override.reason })]),
    ...(quantity > 1 ? [`${quantity} × ${moneyText(unitPrice)}`] : []),
  ];
}

/** The same in one line of the basket, with what the next few pieces would make of it. */
export function lineWords(line: BasketLineView): readonly string[] {
  return [...priceWords(line), ...furtherTiers(line).slice(0, 1).map(tierWords)];
}

/** How one piece comes to its price, with what any number of them would cost each. */
export function pieceWords(line: BasketLineView): readonly string[] {
  const each = line.weighed === undefined ? [t("line.each", { price: moneyText(line.unitPrice) })] : [];
  return [...each, ...priceWords({ ...line, quantity: 1 }), ...(line.tiers ?? []).map(tierWords)];
}

function furtherTiers({ quantity, tiers = [] }: BasketLineView) {
  return tiers.filter(({ from }) => from > quantity);
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
  if (compareAt === undefined || lowest30 === undefined) return null;
  return (
    <Reduction
      before={t("price.before", { price: moneyText(compareAt) })}
      lowest={t("price.lowest30", { price: moneyText(lowest30) })}
    />
  );
}
