import type { Money } from "#domain/money/money.ts";
import { amountText } from "../format.ts";
import { t } from "../translate.ts";
import { Cell } from "../ui/table.tsx";

/** The columns of what pieces cost and are worth, for those who may see it (`margins.read`). */
export function worthColumns() {
  return [
    { title: t("stock.cost"), align: "right" as const },
    { title: t("stock.worth"), align: "right" as const },
  ];
}

/** What one piece of a row costs, and all of them; where nobody knows the cost it says so. */
export function WorthCells({
  cost = null,
  value = null,
}: {
  readonly cost?: Money | null;
  readonly value?: Money | null;
}) {
  return (
    <>
      <Cell align="right" className="whitespace-nowrap text-soft">
        {cost === null ? t("stock.value.unknown") : amountText(cost)}
      </Cell>
      <Cell align="right" className="whitespace-nowrap">
        {value === null ? t("common.none") : amountText(value)}
      </Cell>
    </>
  );
}
