import type { OrderDetail } from "#protocol/hq/orders.ts";
import { amountText, dateTimeText } from "../format.ts";
import { t } from "../translate.ts";

type Returned = OrderDetail["returns"][number];

/** What of an order came back after the customer had it: where, by whom, and who gives the money back. */
export function OrderReturns({ order }: { readonly order: OrderDetail }) {
  if (order.returns.length === 0) return null;
  return (
    <ul className="mt-4 space-y-2 border-line border-t pt-3">
      {order.returns.map((returned) => (
        <li key={`${returned.number} ${returned.at}`} className="flex justify-between gap-4">
          <div>
            <p className="font-medium">{t("orders.returned", { pieces: piecesText(order, returned) })}</p>
            <p className="text-soft text-sm">{placeText(returned)}</p>
          </div>
          <div className="figures shrink-0 text-right">
            <p>{amountText(returned.amount)}</p>
            {returned.byShop.minor !== 0 && (
              <p className="text-soft text-sm">
                {t("orders.leftToShop", { amount: amountText(returned.byShop) })}
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function piecesText(order: OrderDetail, { lines }: Returned): string {
  return lines
    .map(({ line, quantity }) => `${quantity} × ${order.lines.find(({ id }) => id === line)?.name ?? line}`)
    .join(", ");
}

function placeText({ storeName, at, staff, number }: Returned): string {
  const time = dateTimeText(at);
  if (storeName === "") return t("orders.returnedByMail", { time });
  return t("orders.returnedIn", { store: storeName, time, staff, number });
}
