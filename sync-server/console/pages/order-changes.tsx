import type { OrderDetail } from "#protocol/hq/orders.ts";
import { amountText, dateTimeText } from "../format.ts";
import { t } from "../translate.ts";

/** What HQ changed of an order and gave back, with who and why. */
export function OrderChanges({ order: { changes } }: { readonly order: OrderDetail }) {
  if (changes.length === 0) return null;
  return (
    <section className="mb-4 rounded-2xl border border-line p-4">
      <h3 className="font-semibold">{t("orders.changes")}</h3>
      <ol className="mt-2 space-y-1.5 text-sm">
        {changes.map(({ at, by, reason, fields, amount }) => (
          <li key={`${at} ${reason}`} className="flex flex-wrap gap-x-2">
            <span className="figures w-28 shrink-0 text-soft">{dateTimeText(at)}</span>
            <span className="font-medium">
              {amount === null
                ? fields.map((field) => t(`orders.field.${field}`)).join(", ")
                : t("orders.changes.refunded", { amount: amountText(amount) })}
            </span>
            <span className="text-soft">{[by, reason].filter((text) => text !== "").join(" · ")}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
