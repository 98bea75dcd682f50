import type { OrderCard } from "#protocol/till/orders.ts";
import { useTill } from "../../app/till.ts";
import { t } from "../../i18n/translate.ts";
import { Board, Found } from "./board.tsx";
import { OrderView } from "./order-view.tsx";
import { currentCard, useOrders } from "./orders-store.ts";

const NONE: readonly OrderCard[] = [];

/** Everything about orders: the queue, what a search found, or the order in front. */
export function OrdersScreen() {
  const orders = useTill((till) => till.orders?.orders ?? NONE);
  const { found, text, opened } = useOrders();
  const card = opened === null ? null : currentCard(opened, orders);
  const list = found === null ? <Board orders={orders} /> : <Found text={text} cards={found} />;
  return (
    <main aria-label={t("orders.title")} className="min-h-0">
      {card === null ? list : <OrderView key={card.id} card={card} code={opened?.code ?? ""} />}
    </main>
  );
}
