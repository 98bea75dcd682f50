import type { OrderCard } from "#protocol/till/orders.ts";
import { t } from "../../i18n/translate.ts";
import { LineRow } from "./line-row.tsx";

/** What the order is made of, where there is nothing to count. */
export function OrderLines({ card }: { readonly card: OrderCard }) {
  return (
    <ul aria-label={t("orders.lines")} className="flex flex-col gap-2">
      {card.lines.map((line) => (
        <LineRow key={line.line} line={line} large={false}>
          <span className="figures pe-2 font-extrabold text-3xl">{line.quantity}×</span>
        </LineRow>
      ))}
    </ul>
  );
}
