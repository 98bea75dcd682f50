import type { Money } from "#domain/money/money.ts";
import { amountText } from "../format.ts";
import { t } from "../translate.ts";
import { Cell } from "../ui/table.tsx";

/** The column of what pieces are worth, for those who may see what goods cost (`margins.read`). */
export function worthColumn() {
  return { title: t("stock.worth"), align: "right" as const };
}

/** What the pieces of a row are worth, and below it what one of them costs; where nobody knows the cost it says so. */
export function WorthCell({
  cost = null,
  value = null,
}: {
  readonly cost?: Money | null;
  readonly value?: Money | null;
}) {
  return (
    <Cell align="right" className="whitespace-nowrap">
      {value !== null && <span className="block">{amountText(value)}</span>}
      <span className="block text-soft text-sm">
        {cost === null ? t("stock.value.unknown") : t("stock.costEach", { amount: amountText(cost) })}
      </span>
    </Cell>
  );
}
